"""Q1: do small expertise groups carry the work? Circles (core.circles) against the threads of ideas and collaboration.

A thread is a circle's if a member of the circle started it. Threads of ideas and collaboration: marked or recognised as an idea, or in a group whose
chosen goal is to collaborate, solve or innovate. Lift = the circles' share of those ÷ their share of all threads of W.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cmdesk.api import Bools, Figure, Finding, Index, Ints, Progress, Snapshot, _, circles, ngettext, rates, visibility

from .telling import CANNOT, SEED, cannot, number, percent, too_few_people

SHUFFLES = 1_000
LEAST_THREADS = 30
CHANCE = 0.9
"""The percentile of the shuffles that the lift must be above."""

_WORK = frozenset({"collaborate", "solve", "innovate"})


@dataclass(frozen=True)
class Counts:
    """Threads of W: all, by circles, of ideas and collaboration, and both."""

    threads: int
    by_circles: int
    work: int
    work_by_circles: int

    @property
    def lift(self) -> float | None:
        """None where one of the shares cannot be had."""
        if not self.work or not self.by_circles:
            return None
        return (self.work_by_circles / self.work) / (self.by_circles / self.threads)


def analyse(snapshot: Snapshot, progress: Progress) -> Finding:
    """See the module."""
    if small := too_few_people(snapshot):
        return small
    found = circles.circles(snapshot, progress=progress)
    progress.check()
    label = np.full(len(snapshot.people), -1, np.int32)
    for k, members in enumerate(found):
        label[members] = k
    starts = _starts(snapshot)
    counts = _counts(snapshot, starts, label)
    chance = _chance(counts)
    table, shown = _table(snapshot, found, starts, label)
    from .q1_picture import draw

    if lacking := _too_few_on_a_side(snapshot, label):
        return draw(cannot(lacking, (*_sizes(found, shown), *_untold()), table))
    figures = (*_sizes(found, shown), *_shares(counts), _lift(counts, chance))
    answer = verdict(counts, chance)
    if answer == CANNOT:
        lacking = _lacking(snapshot, found, counts)
        finding = cannot(lacking, figures, table)
    else:
        word = _("yes") if answer == "yes" else _("no")
        finding = Finding(answer=answer, word=word, sentence=_sentence(answer, found, counts), figures=figures, table=table)
    return draw(finding)


def verdict(counts: Counts, chance: float | None) -> str:
    """yes, no or cannot_tell; `chance` is the lift below which nine of ten shuffles stay."""
    lift = counts.lift
    if lift is None or counts.work < LEAST_THREADS:
        return CANNOT
    if lift > 1 and chance is not None and lift > chance:
        return "yes"
    return "no" if lift < 1 else CANNOT


def _starts(snapshot: Snapshot) -> Ints:
    """Rows of the posts with which a person who counts began a thread in W."""
    posts = snapshot.posts
    counted = np.append(snapshot.people.counted, False)
    return np.flatnonzero(posts.starts & counted[posts.author] & (posts.at > snapshot.since))


def _work(snapshot: Snapshot, starts: Ints) -> Bools:
    """Which threads are of ideas or collaboration."""
    meant = np.array([bool(goals & _WORK) and k > 0 for k, goals in enumerate(snapshot.groups.goals)], np.bool_)
    meant = np.append(meant, False)  # a post whose group is not told
    return np.asarray(snapshot.posts.idea[starts] | meant[snapshot.posts.group[starts]])


def _counts(snapshot: Snapshot, starts: Ints, label: Index) -> Counts:
    mine, work = label[snapshot.posts.author[starts]] >= 0, _work(snapshot, starts)
    return Counts(len(starts), int(mine.sum()), int(work.sum()), int((mine & work).sum()))


def _chance(counts: Counts) -> float | None:
    """The 90th percentile of the lift when the label "of ideas or collaboration" is dealt to the threads anew, 1,000 times."""
    if counts.lift is None:
        return None
    rng = np.random.default_rng(SEED)
    dealt = rng.hypergeometric(counts.by_circles, counts.threads - counts.by_circles, counts.work, SHUFFLES)
    return float(np.quantile(dealt / counts.work / (counts.by_circles / counts.threads), CHANCE))


def _too_few_on_a_side(snapshot: Snapshot, label: Index) -> str:
    """What is needed where the shares would tell of fewer than five people in the circles, or, what is left of all, outside them; "": nothing."""
    posts = snapshot.posts
    rows = np.flatnonzero((posts.at > snapshot.since) & (posts.author >= 0))
    writers = np.unique(posts.author[rows])
    writers = writers[snapshot.people.counted[writers]]
    inside = int((label[writers] >= 0).sum())
    if all(people == 0 or people >= visibility.HIDDEN_BELOW for people in (inside, len(writers) - inside)):
        return ""
    return _("five people or more who write in the circles, and as many outside them")


def _untold() -> tuple[Figure, ...]:
    """The shares and the lift without a value."""
    why = _("It would tell of fewer than five people.")
    titles = (
        ("share_work", _("Circles' share of ideas and collaboration"), "share"), ("share_all", _("Circles' share of all threads"), "share"),
        ("lift", _("Lift"), "ratio"),
    )  # fmt: skip
    return tuple(Figure(name=name, title=title, value=None, unit=unit, least=LEAST_THREADS, missing=why) for name, title, unit in titles)


def _sizes(found: list[Index], shown: list[int]) -> tuple[Figure, ...]:
    people = Figure(name="circles", title=_("Circles found"), value=float(len(found)), unit="circles", n=len(found))
    if not shown:
        why = _("No circle of five people or more was found.")
        return (people, Figure(name="size", title=_("People in a circle (median)"), value=None, unit="persons", missing=why))
    middle = float(np.median([len(found[k]) for k in shown]))
    return (people, Figure(name="size", title=_("People in a circle (median)"), value=middle, unit="persons", n=len(shown)))


def _shares(counts: Counts) -> tuple[Figure, ...]:
    figures = []
    for name, title, hits, items in (
        ("share_work", _("Circles' share of ideas and collaboration"), counts.work_by_circles, counts.work),
        ("share_all", _("Circles' share of all threads"), counts.by_circles, counts.threads),
    ):
        if not items:
            figures.append(Figure(name=name, title=title, value=None, unit="share", least=LEAST_THREADS, missing=_("There is no such thread.")))
            continue
        low, high = rates.own_interval(hits, items)
        figures.append(Figure(name=name, title=title, value=hits / items, unit="share", n=items, least=LEAST_THREADS, low=low, high=high))
    return tuple(figures)


def _lift(counts: Counts, chance: float | None) -> Figure:
    title = _("Lift")
    if counts.lift is None or chance is None:
        why = _("Without circles, or without threads of ideas and collaboration, there is nothing to compare.")
        return Figure(name="lift", title=title, value=None, unit="ratio", n=counts.work, least=LEAST_THREADS, missing=why)
    low, high = (edge / (counts.by_circles / counts.threads) for edge in rates.own_interval(counts.work_by_circles, counts.work))
    word = _("nine of ten shuffles stay below {chance}").format(chance=number(chance))
    return Figure(name="lift", title=title, value=counts.lift, unit="ratio", n=counts.work, least=LEAST_THREADS, low=low, high=high, word=word)


Row = tuple[str | float | None, ...]


def _table(snapshot: Snapshot, found: list[Index], starts: Ints, label: Index) -> tuple[tuple[Row, ...], list[int]]:
    """A row for each circle of five people or more: size, trust, competence, its top topic and how much more of it than expected; and which these are.
    No count of threads stands here: the hidden circles' could be had by subtraction."""
    shown = [k for k, members in enumerate(found) if len(members) >= visibility.HIDDEN_BELOW]
    heads: Row = (_("circle"), _("people"), _("trust"), _("competence"), _("top topic"), _("share of its tags"), _("expected"))
    topics = _Topics(snapshot, starts, label)
    rows: list[Row] = [heads]
    for k in shown:
        members = found[k]
        within = snapshot.trust.within(members)
        density = float(within.r.sum()) / (len(members) * (len(members) - 1) / 2)
        able = snapshot.competence.mean_c(members)
        rows.append((float(k + 1), float(len(members)), density, None if np.isnan(able) else able, *topics.of(k)))
    return tuple(rows), shown


class _Topics:
    """The tags on the threads of W, all and those of each circle."""

    def __init__(self, snapshot: Snapshot, starts: Ints, label: Index) -> None:
        posts = snapshot.posts
        tags = posts.tags.take(starts)
        self._names = posts.tag_names
        self._tag = tags.items
        self._circle = np.repeat(label[posts.author[starts]], np.diff(tags.start))
        self._all = np.bincount(self._tag, minlength=len(self._names))
        self._rng = np.random.default_rng(SEED)

    def of(self, circle: int) -> Row:
        """Top topic of a circle, its share, and the share that the top topic of as many tags drawn from all would have; under ten tags: nothing."""
        mine = np.bincount(self._tag[self._circle == circle], minlength=len(self._names)) if len(self._names) else np.zeros(0)
        n = int(mine.sum())
        if n < 10:
            return (None, None, None)
        top = int(mine.argmax())
        drawn = self._rng.multivariate_hypergeometric(self._all, n, SHUFFLES, method="marginals")
        return (self._names[top], float(mine[top] / n), float(drawn.max(axis=1).mean() / n))


def _sentence(answer: str, found: list[Index], counts: Counts) -> str:
    said = {
        "n": len(found), "work": percent(counts.work_by_circles / counts.work), "all": percent(counts.by_circles / counts.threads),
        "lift": number(counts.lift or 0.0),
    }  # fmt: skip
    if answer == "yes":
        return ngettext(
            "Yes: {n} small circle starts {work} of the threads of ideas and collaboration and {all} of all threads, more than chance would give.",
            "Yes: {n} small circles start {work} of the threads of ideas and collaboration and {all} of all threads, more than chance would give.",
            len(found),
        ).format(**said)
    return ngettext(
        "No: {n} small circle starts {work} of the threads of ideas and collaboration, less than its {all} of all threads.",
        "No: {n} small circles start {work} of the threads of ideas and collaboration, less than their {all} of all threads.",
        len(found),
    ).format(**said)


def _lacking(snapshot: Snapshot, found: list[Index], counts: Counts) -> str:
    """What is missing to tell, as a part of a sentence."""
    if counts.work < LEAST_THREADS:
        text = _("at least {least} threads of ideas or collaboration (marked as an idea, or in a group with that goal), and {n} are there")
        return text.format(least=LEAST_THREADS, n=counts.work)
    if not found:
        return _("circles: no {low} to {high} people are much closer to each other than to the rest").format(
            low=circles.SMALLEST, high=circles.LARGEST
        )
    if not counts.by_circles:
        return _("threads that members of the circles started; they only replied in this period")
    return _("a clearer difference: the circles' share of such threads is {lift} times their share of all, which chance can give too").format(
        lift=number(counts.lift or 0.0)
    )


