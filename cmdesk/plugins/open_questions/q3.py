"""Q3: closeness or competence? Answers to questions of W, by what their asker and answerer were to each other before the question was asked.

Four kinds of pairs: relational trust R high or low (split at .2) × competence trust C(asker → answerer) high or low (at .4), both from facts earlier than
the question. An answer (a person's first reply to the question) helped if the asker accepted it or reacted to it positively. And the author's claim:
Spearman's correlation of R with recognition g over asker–answerer pairs; R there is without the answers and recognitions themselves, which would
tie the two together by arithmetic alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import msgspec
import numpy as np

from cmdesk.api import Bools, Figure, Finding, Floats, Index, Ints, Progress, Snapshot, _, answers, before, rates, trust, visibility

from .telling import CANNOT, DRAWS, EDGES, SEED, cannot, number, percent, too_few_people

LEAST_QUESTIONS = 20
LEAST_DYADS = 30
CLOSE, ABLE = 0.2, 0.4
SLIGHT = 0.2
"""A correlation nearer to 0 than this is none, however sure it is."""

CELLS = ("low_low", "low_high", "high_low", "high_high")
"""R, then C."""


@dataclass(frozen=True)
class Cell:
    """Answers of one kind of pair: of how many questions, by how many people on either side, and how many helped."""

    answers: int
    questions: int
    people: int
    helped: int

    @property
    def enough(self) -> bool:
        """Whether its rate may be told."""
        return self.questions >= LEAST_QUESTIONS and self.people >= visibility.HIDDEN_BELOW


def analyse(snapshot: Snapshot, progress: Progress) -> Finding:
    """See the module."""
    if small := too_few_people(snapshot):
        return small
    cells = split(snapshot, progress)
    effects = _effects(cells)
    rho = _correlation(snapshot)
    figures = (*_rates(cells), *effects, rho)
    answer = verdict(effects)
    table = _table(cells)
    if answer == CANNOT:
        answer = {"association": "association", "none": "no_association", "opposite": "opposite"}.get(_kind(rho), CANNOT)
    words = {
        "competence": _("competence"), "relation": _("closeness"), "both": _("both"), "neither": _("neither"), "association": _("association"),
        "no_association": _("no association"), "opposite": _("the opposite"),
    }  # fmt: skip
    if answer == CANNOT:
        finding = cannot(_lacking(snapshot, cells, rho), figures, table)
    else:
        finding = Finding(answer=answer, word=words[answer], sentence=_sentence(answer, cells, rho), figures=figures, table=table)
    from .q3_picture import draw

    return draw(finding)


def split(snapshot: Snapshot, progress: Progress) -> dict[str, Cell]:
    """The answers to the questions of W by kind of pair before the question."""
    given, posts = snapshot.competence.answers, snapshot.posts
    given = given.only(posts.at[given.question] > snapshot.since)
    at = posts.at[given.question]
    progress.step(_("Looking at trust before each question"))
    close = before.Ties(snapshot).close(given.asker, given.answerer, at, CLOSE, progress)
    able = before.Skill(snapshot).able(given.asker, given.answerer, at, ABLE, progress)
    marks = answers.marks_of(snapshot, given)
    helped = (marks.accepted < answers.NOT_YET) | (marks.thanked < answers.NOT_YET)
    found = {}
    for name in CELLS:
        high_r, high_c = (part == "high" for part in name.split("_"))
        found[name] = _cell((close == high_r) & (able == high_c), given.question, given.asker, given.answerer, helped)
    return found


def _cell(rows: Bools, question: Index, asker: Index, answerer: Index, helped: Bools) -> Cell:
    people = np.unique(np.concatenate([asker[rows], answerer[rows]]))
    return Cell(int(rows.sum()), len(np.unique(question[rows])), len(people), int(helped[rows].sum()))


def verdict(effects: tuple[Figure, ...]) -> str:
    """competence, relation, both, neither or cannot_tell, from the two effects and their difference."""
    by = {figure.name: figure for figure in effects}
    column, row, difference = by["effect_competence"], by["effect_relation"], by["effect_difference"]
    if column.low is None or row.low is None or difference.low is None or difference.high is None:
        return CANNOT
    if column.low <= 0 and row.low <= 0:
        return "neither"
    if column.low > 0 and row.low > 0 and difference.low <= 0 <= difference.high:
        return "both"
    return "competence" if (column.value or 0.0) > (row.value or 0.0) else "relation"


def _titles() -> dict[str, str]:
    return {
        "low_low": _("Not close, competence not seen"), "low_high": _("Not close, competence seen"),
        "high_low": _("Close, competence not seen"), "high_high": _("Close, competence seen"),
    }  # fmt: skip


def _rates(cells: dict[str, Cell]) -> tuple[Figure, ...]:
    """Helped ÷ answers of each cell. All four are told or none, so that none follows from the others."""
    told = all(cell.enough for cell in cells.values())
    figures = []
    for name, title in _titles().items():
        cell = cells[name]
        if not told:
            why = _("It takes {least} questions and five people or more in each of the four.").format(least=LEAST_QUESTIONS)
            figures.append(Figure(name=name, title=title, value=None, unit="share", n=cell.questions, least=LEAST_QUESTIONS, missing=why))
            continue
        low, high = rates.own_interval(cell.helped, cell.answers)
        rate = cell.helped / cell.answers
        figures.append(Figure(name=name, title=title, value=rate, unit="share", n=cell.questions, least=LEAST_QUESTIONS, low=low, high=high))
    return tuple(figures)


def _effects(cells: dict[str, Cell]) -> tuple[Figure, ...]:
    """What competence adds (the mean over both rows), what closeness adds (over both columns), and the difference, from draws of the four rates."""
    titles = (
        ("effect_competence", _("What seen competence adds")), ("effect_relation", _("What closeness adds")),
        ("effect_difference", _("Competence − closeness")),
    )  # fmt: skip
    n = min(cell.questions for cell in cells.values())
    if not all(cell.enough for cell in cells.values()):
        why = _("Too few questions in one of the four kinds of pairs.")
        return tuple(Figure(name=name, title=title, value=None, unit="share", n=n, least=LEAST_QUESTIONS, missing=why) for name, title in titles)
    rng = np.random.default_rng(SEED)
    point = {name: cell.helped / cell.answers for name, cell in cells.items()}
    drawn = {name: rng.beta(cell.helped + 0.5, cell.answers - cell.helped + 0.5, DRAWS) for name, cell in cells.items()}
    figures = []
    for name, title in titles:
        low, high = np.quantile(_effect(name, drawn), EDGES).tolist()
        value = float(_effect(name, point))
        figures.append(Figure(name=name, title=title, value=value, unit="share", n=n, least=LEAST_QUESTIONS, low=low, high=high))
    return tuple(figures)


def _effect(name: str, rate: dict[str, float] | dict[str, Floats]) -> float | Floats:
    column = ((rate["low_high"] - rate["low_low"]) + (rate["high_high"] - rate["high_low"])) / 2
    row = ((rate["high_low"] - rate["low_low"]) + (rate["high_high"] - rate["low_high"])) / 2
    return {"effect_competence": column, "effect_relation": row, "effect_difference": column - row}[name]


def _correlation(snapshot: Snapshot) -> Figure:
    """Spearman(R, g) over the ordered pairs asker → answerer, with the interval of Bonett and Wright (2000)."""
    title = _("Closeness and recognition (rank correlation)")
    r, g = dyads(snapshot)
    n = len(r)
    if n < LEAST_DYADS:
        why = _("Only {n} pairs of an asker and an answerer, and {least} are needed.").format(n=n, least=LEAST_DYADS)
        return Figure(name="rho", title=title, value=None, unit="correlation", n=n, least=LEAST_DYADS, missing=why)
    rho = spearman(r, g)
    if rho is None:
        why = _("Trust or recognition is the same for all pairs.")
        return Figure(name="rho", title=title, value=None, unit="correlation", n=n, least=LEAST_DYADS, missing=why)
    z, inside = float(np.arctanh(np.clip(rho, -0.999999, 0.999999))), NormalDist().inv_cdf(EDGES[1])
    half = inside * float(np.sqrt((1 + rho**2 / 2) / (n - 3)))
    low, high = float(np.tanh(z - half)), float(np.tanh(z + half))
    figure = Figure(name="rho", title=title, value=rho, unit="correlation", n=n, least=LEAST_DYADS, low=low, high=high)
    words = {"association": _("closer pairs recognise each other more"), "none": _("no association"), "opposite": _("closer pairs recognise each other less")}
    return msgspec.structs.replace(figure, word=words[_kind(figure)])


def _kind(rho: Figure) -> str:
    if rho.value is None or rho.low is None or rho.high is None:
        return ""
    if rho.low > 0 and rho.value >= SLIGHT:
        return "association"
    return "opposite" if rho.high < 0 and rho.value <= -SLIGHT else "none"


def dyads(snapshot: Snapshot) -> tuple[Floats, Floats]:
    """(R without answers and recognitions, g) of each ordered pair asker → answerer with an answer in W; pairs of long ago would be alike in that
    both numbers have faded."""
    known, events = snapshot.competence, snapshot.events
    width, recent = len(snapshot.people), known.answers.recent
    pairs = np.unique(known.answers.asker[recent].astype(np.int64) * width + known.answers.answerer[recent])
    answer = np.zeros(len(snapshot.posts), np.bool_)
    answer[known.answers.post] = True
    answer = np.append(answer, False)  # an event without a post
    part = (events.kind == trust.Kind.ACCEPTED) | ((events.kind == trust.Kind.REACTION) & answer[events.post])
    part |= (events.kind == trust.Kind.MENTION) & np.append(snapshot.posts.question, False)[events.post]
    part |= (events.kind == trust.Kind.REPLY) & answer[events.post]
    rest = replace(snapshot, kept={}, _measures={})
    rest.__dict__["events"] = events.only(~part)
    found = trust.relational(rest)
    low, high = np.minimum(pairs // max(width, 1), pairs % max(width, 1)), np.maximum(pairs // max(width, 1), pairs % max(width, 1))
    return (
        _looked_up(found.i.astype(np.int64) * width + found.j, found.r, low * width + high),
        _looked_up(known.giver.astype(np.int64) * width + known.receiver, known.g, pairs),
    )


def _looked_up(keys: Ints, values: Floats, wanted: Ints) -> Floats:
    """The value at each wanted key; 0 where it is not among the sorted `keys`."""
    if not len(keys):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(np.where(keys[at] == wanted, values[at], 0.0), np.float64)


def spearman(x: Floats, y: Floats) -> float | None:
    """The rank correlation, equal values sharing their rank; None where one of both never varies."""
    one, other = _ranks(x), _ranks(y)
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum() / size) if size > 0 else None


def _ranks(values: Floats) -> Floats:
    _distinct, place, count = np.unique(np.round(values, 12), return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], np.float64)


def _table(cells: dict[str, Cell]) -> tuple[tuple[str | float | None, ...], ...]:
    told = all(cell.enough for cell in cells.values())
    heads = (_("pair before the question"), _("questions"), _("answers"), _("helped"))
    rows = [
        (title, float(cells[name].questions), float(cells[name].answers), float(cells[name].helped) if told else None)
        for name, title in _titles().items()
    ]
    return (heads, *rows)


def _sentence(answer: str, cells: dict[str, Cell], rho: Figure) -> str:
    claim = _claim(rho)
    if answer in ("association", "no_association", "opposite"):
        return claim
    rate = {name: percent(cell.helped / cell.answers) for name, cell in cells.items()}
    texts = {
        "competence": _("Competence: answers by people whose competence was seen help more ({able} against {close} for close ones without it)."),
        "relation": _("Closeness: answers by close people help more ({close} against {able} for able ones who are not close)."),
        "both": _("Both, about alike: close people's answers help ({close}), and so do able people's ({able})."),
        "neither": _("Neither: answers help about as often whoever gives them ({close} from close people, {able} from able ones)."),
    }
    text = texts[answer].format(able=rate["low_high"], close=rate["high_low"])
    return f"{text} {claim}".strip()


def _claim(rho: Figure) -> str:
    """What the correlation says, or nothing."""
    said = {"value": number(rho.value or 0.0), "n": rho.n}
    texts = {
        "association": _("Closeness is associated with recognition: closer pairs recognise each other's answers more (rank correlation {value}, {n} pairs)."),
        "none": _("No association between closeness and recognition of answers (rank correlation {value}, {n} pairs)."),
        "opposite": _("Closer pairs recognise each other's answers less (rank correlation {value}, {n} pairs)."),
    }
    return texts[_kind(rho)].format(**said) if _kind(rho) else ""


def _lacking(snapshot: Snapshot, cells: dict[str, Cell], rho: Figure) -> str:
    if "question" not in snapshot.states:
        return _("questions: no message is recognised as one")
    if not snapshot.states & {"accepted", "reaction"}:
        return _("accepted answers or reactions, which tell whether an answer helped")
    if rho.n >= LEAST_DYADS:
        text = _("at least {least} answered questions in each of four kinds of pairs ({have} are there); trust or recognition is the same for all pairs")
        return text.format(least=LEAST_QUESTIONS, have=", ".join(str(cells[name].questions) for name in CELLS))
    text = _("at least {least} answered questions in each of four kinds of pairs ({have} are there), or {dyads} pairs of an asker and an answerer ({n} are there)")
    have = ", ".join(str(cells[name].questions) for name in CELLS)
    return text.format(least=LEAST_QUESTIONS, have=have, dyads=LEAST_DYADS, n=rho.n)
