"""Q2: does sharing across departments work? Answers from another unit against answers from one's own, and how ties cross borders.

Over the questions of W that are older than 72 hours and whose asker's unit is known. An answer is a reply by another person in the question's thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cmdesk.api import DAY, HOUR, Bools, Figure, Finding, Floats, Ints, Progress, Snapshot, _, calendar, earlier, rates

from .telling import CANNOT, DRAWS, EDGES, SEED, cannot, number, percent, too_few_people

WITHIN = 72 * HOUR
QUARTER = 90 * DAY
LEAST = 10
"""Questions, times or ties under which a rate or a median is not told."""
WORKS_RATIO, WORKS_MIX = 0.8, 0.6
CHALLENGE_RATIO, CHALLENGE_MIX = 0.5, 0.3
TIE = 0.20

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Waits:
    """For each question how long it took until somebody of another unit, and of the own unit, replied; _NEVER where nobody did."""

    cross: Ints
    own: Ints


def analyse(snapshot: Snapshot, progress: Progress) -> Finding:
    """See the module."""
    if small := too_few_people(snapshot):
        return small
    if len(np.unique(snapshot.people.unit[snapshot.people.counted & (snapshot.people.unit >= 0)])) < 2:
        return cannot(_("people of at least two departments; import a list of people with their units"))
    waits = waiting(snapshot)
    cross, own, ratio = answered(waits)
    quarters = _quarters(snapshot, progress)
    mix = quarters[-1].mix
    figures = (cross, own, ratio, *_times(waits), mix, _trend(quarters), *_structure(snapshot, progress), _survival(quarters))
    answer = verdict(ratio.value, mix.value)
    table = _table(quarters)
    if answer == CANNOT:
        finding = cannot(_lacking(waits, own, ratio, mix), figures, table)
    else:
        words = {"works": _("works"), "mixed": _("mixed"), "big_challenge": _("a big challenge")}
        finding = Finding(answer=answer, word=words[answer], sentence=_sentence(answer, cross, own, mix), figures=figures, table=table)
    from .q2_picture import draw

    return draw(finding)


def verdict(ratio: float | None, mix: float | None) -> str:
    """works, mixed, big_challenge or cannot_tell, from the ratio of the two answer rates and from mixing; None: not known."""
    if ratio is None or mix is None:
        return CANNOT
    if ratio < CHALLENGE_RATIO or mix < CHALLENGE_MIX:
        return "big_challenge"
    return "works" if ratio >= WORKS_RATIO and mix >= WORKS_MIX else "mixed"


def waiting(snapshot: Snapshot) -> Waits:
    """The waits of every question that counts."""
    posts, unit = snapshot.posts, np.append(snapshot.people.unit, -1)
    counted = np.append(snapshot.people.counted, False)
    human = counted[posts.author] & (unit[posts.author] >= 0)
    asked = np.flatnonzero(posts.question & human & (posts.at > snapshot.since) & (posts.at < snapshot.until - WITHIN))
    question = np.full(posts.threads, -1, np.int64)
    question[posts.thread[asked]] = np.arange(len(asked))
    rows = np.flatnonzero(posts.is_reply & human)
    rows = rows[question[posts.thread[rows]] >= 0]
    place = question[posts.thread[rows]]
    rows, place = _of_others(posts.author[asked][place] != posts.author[rows], rows, place)
    same = unit[posts.author[rows]] == unit[posts.author[asked[place]]]
    found = []
    for side in (~same, same):
        wait = np.full(len(asked), _NEVER)
        np.minimum.at(wait, place[side], posts.at[rows[side]] - posts.at[asked[place[side]]])
        found.append(wait)
    return Waits(*found)


def _of_others(keep: Bools, rows: Ints, place: Ints) -> tuple[Ints, Ints]:
    return rows[keep], place[keep]


def answered(waits: Waits) -> tuple[Figure, Figure, Figure]:
    """The two answer rates and their ratio, with intervals that know that both rates are of the same questions."""
    n = len(waits.cross)
    cross, own = waits.cross <= WITHIN, waits.own <= WITHIN
    rows = []
    for name, title, hit in (("cross", _("Answered from another department"), cross), ("within", _("Answered from the own department"), own)):
        if n < LEAST:
            why = _("Only {n} questions, and {least} are needed.").format(n=n, least=LEAST)
            rows.append(Figure(name=name, title=title, value=None, unit="share", n=n, least=LEAST, missing=why))
        else:
            low, high = rates.own_interval(int(hit.sum()), n)
            rows.append(Figure(name=name, title=title, value=float(hit.mean()), unit="share", n=n, least=LEAST, low=low, high=high))
    return rows[0], rows[1], _ratio(cross, own)


def _ratio(cross: Bools, own: Bools) -> Figure:
    title, n = _("Across ÷ within"), len(cross)
    if n < LEAST or not own.any():
        why = _("No question was answered from the own department, so there is nothing to compare with.")
        return Figure(name="ratio", title=title, value=None, unit="ratio", n=n, least=LEAST, missing=why if n >= LEAST else _("Too few questions."))
    counts = np.array([(cross & own).sum(), (cross & ~own).sum(), (~cross & own).sum(), (~cross & ~own).sum()])
    drawn = np.random.default_rng(SEED).dirichlet(counts + 0.5, DRAWS)
    low, high = np.quantile((drawn[:, 0] + drawn[:, 1]) / (drawn[:, 0] + drawn[:, 2]), EDGES).tolist()
    value = float(cross.sum() / own.sum())
    return Figure(name="ratio", title=title, value=value, unit="ratio", n=n, least=LEAST, low=min(low, value), high=max(high, value))


def _times(waits: Waits) -> tuple[Figure, ...]:
    """Median hours to the replies within 72 hours, and their difference."""
    sides = [side[side <= WITHIN] / HOUR for side in (waits.cross, waits.own)]
    rng = np.random.default_rng(SEED)
    titles = (("hours_cross", _("Hours to an answer from another department")), ("hours_within", _("Hours to an answer from the own department")))
    figures, drawn = [], []
    for (name, title), hours in zip(titles, sides, strict=True):
        if len(hours) < LEAST:
            why = _("Only {n} such answers, and {least} are needed.").format(n=len(hours), least=LEAST)
            figures.append(Figure(name=name, title=title, value=None, unit="h", n=len(hours), least=LEAST, missing=why))
            continue
        drawn.append(_medians(hours, rng))
        low, high = np.quantile(drawn[-1], EDGES).tolist()
        figures.append(Figure(name=name, title=title, value=float(np.median(hours)), unit="h", n=len(hours), least=LEAST, low=low, high=high))
    title, n = _("Difference in hours"), min(len(side) for side in sides)
    if len(drawn) < 2:
        lack = Figure(name="hours_difference", title=title, value=None, unit="h", n=n, least=LEAST, missing=_("Too few answers on one side."))
        return (*figures, lack)
    low, high = np.quantile(drawn[0] - drawn[1], EDGES).tolist()
    value = float(np.median(sides[0]) - np.median(sides[1]))
    return (*figures, Figure(name="hours_difference", title=title, value=value, unit="h", n=n, least=LEAST, low=low, high=high))


def _medians(hours: Floats, rng: np.random.Generator) -> Floats:
    """Medians of resampled hours; of very many, an order statistic drawn from its own distribution."""
    ordered = np.sort(hours)
    share = rng.beta((len(hours) + 1) / 2, (len(hours) + 1) / 2, DRAWS)  # where the median of a resample lies in the sample
    return np.asarray(np.interp(share, (np.arange(len(ordered)) + 0.5) / len(ordered), ordered), np.float64)


@dataclass(frozen=True)
class Quarter:
    """The end of a quarter: `day` as ISO date; ties across units then, and how many of them still stood a quarter later (None: not known)."""

    day: str
    mix: Figure
    bridges: int
    survived: int | None


def _quarters(snapshot: Snapshot, progress: Progress) -> list[Quarter]:
    """The last four quarters, the oldest first; mixing at the end of each, and the survival of bridges from each to the next."""
    days = calendar.Calendar(snapshot.zone)
    moments = [snapshot.until - k * QUARTER for k in (4, 3, 2, 1, 0)]
    seen: list[tuple[Snapshot, Ints] | None] = []
    for moment in moments:
        progress.check()
        if moment != snapshot.until and moment - QUARTER < snapshot.first:
            seen.append(None)
            continue
        past = snapshot if moment == snapshot.until else earlier.earlier(snapshot, moment)
        seen.append((past, _bridges(past)))
    found = []
    for moment, before, now in zip(moments[1:], seen, seen[1:], strict=False):
        day = days.date(moment).isoformat()
        if now is None:
            lack = _("The data do not reach back a quarter before {day}.").format(day=day)
            found.append(Quarter(day, _mixing(None, lack), 0, None))
            continue
        survived = None if before is None else int(np.isin(before[1], now[1]).sum())
        found.append(Quarter(day, _mixing(now[0], ""), 0 if before is None else len(before[1]), survived))
    return found


def _bridges(snapshot: Snapshot) -> Ints:
    """The ties between people of two units, each as one number."""
    ties, unit = snapshot.trust.ties(), snapshot.people.unit
    across = (unit[ties.i] >= 0) & (unit[ties.j] >= 0) & (unit[ties.i] != unit[ties.j])
    return np.asarray(ties.i[across].astype(np.int64) * len(snapshot.people) + ties.j[across], np.int64)


def _mixing(snapshot: Snapshot | None, lack: str) -> Figure:
    """The metric mix of the whole community. Its interval is that of the share of ties that cross, where the metric brings none itself."""
    title = _("Mixing of ties (1 = as chance would)")
    if snapshot is None:
        return Figure(name="mix", title=title, value=None, unit="ratio", missing=lack)
    if "mix" not in snapshot.metrics:
        return Figure(name="mix", title=title, value=None, unit="ratio", missing=_("The plugin goal_fit, which measures it, is switched off."))
    measure = snapshot.measure("mix", [0])[0]
    if measure.value is None:
        return Figure(name="mix", title=title, value=None, unit="ratio", n=measure.n, missing=measure.missing)
    low, high = measure.low, measure.high
    balance = snapshot.measure("EI", [0])[0].value if "EI" in snapshot.metrics else None
    if (low is None or high is None) and measure.n and balance is not None and measure.value > 0:
        share = (balance + 1) / 2  # of the ties, those that cross
        low, high = (measure.value * edge / share for edge in rates.own_interval(round(share * measure.n), measure.n))
    return Figure(name="mix", title=title, value=measure.value, unit="ratio", n=measure.n, low=low, high=high)


def _trend(quarters: list[Quarter]) -> Figure:
    """How much mixing changed over the quarters that are known."""
    title = _("Change of mixing over four quarters")
    known = [quarter.mix for quarter in quarters if quarter.mix.value is not None]
    if len(known) < 2 or known[-1] is not quarters[-1].mix:
        return Figure(name="mix_trend", title=title, value=None, unit="ratio", n=len(known), least=2, missing=_("It takes two quarters at least."))
    first, last = known[0], known[-1]
    value = (last.value or 0.0) - (first.value or 0.0)
    half = math.hypot(*(((one.high or 0.0) - (one.low or 0.0)) / 2 for one in (first, last)))
    word = _("steady") if abs(value) <= half else _("rising") if value > 0 else _("falling")
    return Figure(name="mix_trend", title=title, value=value, unit="ratio", n=len(known), least=2, low=value - half, high=value + half, word=word)


def _structure(snapshot: Snapshot, progress: Progress) -> tuple[Figure, ...]:
    """The metrics wide and sim of the whole community."""
    titles = {"wide": _("Departments held by two bridges"), "sim": _("Bridges with a shared contact")}
    figures = []
    for name, title in titles.items():
        if name not in snapshot.metrics:
            figures.append(Figure(name=name, title=title, value=None, unit="share", missing=_("The plugin that measures it is switched off.")))
            continue
        measure = snapshot.measure(name, [0], progress)[0]
        low, high = measure.low, measure.high
        if measure.value is not None and measure.n and low is None:
            low, high = rates.own_interval(round(measure.value * measure.n), measure.n)
        figures.append(Figure(name=name, title=title, value=measure.value, unit="share", n=measure.n, low=low, high=high, missing=measure.missing))
    return tuple(figures)


def _survival(quarters: list[Quarter]) -> Figure:
    """Bridges that still stood a quarter later, over all quarters."""
    title = _("Bridges that last a quarter")
    known = [quarter for quarter in quarters if quarter.survived is not None]
    bridges, survived = sum(quarter.bridges for quarter in known), sum(quarter.survived or 0 for quarter in known)
    if bridges < LEAST:
        why = _("Only {n} bridges stood a quarter earlier, and {least} are needed.").format(n=bridges, least=LEAST)
        return Figure(name="survival", title=title, value=None, unit="share", n=bridges, least=LEAST, missing=why)
    low, high = rates.own_interval(survived, bridges)
    return Figure(name="survival", title=title, value=survived / bridges, unit="share", n=bridges, least=LEAST, low=low, high=high)


def _table(quarters: list[Quarter]) -> tuple[tuple[str | float | None, ...], ...]:
    heads = (_("quarter up to"), _("mixing"), _("from"), _("to"), _("ties"), _("bridges a quarter earlier"), _("of these still there"))
    rows = [
        (one.day, one.mix.value, one.mix.low, one.mix.high, float(one.mix.n), float(one.bridges) if one.survived is not None else None,
         float(one.survived) if one.survived is not None else None)
        for one in quarters
    ]  # fmt: skip
    return (heads, *rows)


def _sentence(answer: str, cross: Figure, own: Figure, mix: Figure) -> str:
    said = {"cross": percent(cross.value or 0.0), "own": percent(own.value or 0.0), "mix": number(mix.value or 0.0)}
    if answer == "works":
        text = _("It works: {cross} of questions get an answer from another department and {own} from the own; ties mix at {mix} of chance.")
    elif answer == "big_challenge":
        text = _("It is a big challenge: {cross} of questions get an answer from another department and {own} from the own; ties mix at {mix} of chance.")
    else:
        text = _("It is mixed: {cross} of questions get an answer from another department and {own} from the own; ties mix at {mix} of chance.")
    return text.format(**said)


def _lacking(waits: Waits, own: Figure, ratio: Figure, mix: Figure) -> str:
    n = len(waits.cross)
    if n < LEAST:
        return _("at least {least} questions older than 72 hours by people whose department is known, and {n} are there").format(least=LEAST, n=n)
    if ratio.value is None:
        return _("answers within departments to compare with; none of {n} questions got one within 72 hours").format(n=n)
    return _("how ties mix ({why})").format(why=mix.missing.rstrip(". "))
