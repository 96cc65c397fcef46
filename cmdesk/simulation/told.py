"""What a scenario must show when it is assessed: the article's case in verdicts, checked against scores that know nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from cmdesk.core import disagreeing, goal_model
from cmdesk.core.contributions import Finding, Score
from cmdesk.core.scoring import FITS, NO_VERDICT, NOT_YET, PARTLY, losses
from cmdesk.core.snapshot import Snapshot
from cmdesk.simulation import silence, small_circles, solving

ENOUGH = 0.8
"""The share of groups that must come out where a scenario tells of several."""


@dataclass(frozen=True)
class Case:
    """One thing that must come out: what, what was wanted, what came, with the sentence of its score. `opposite`: FITS for NOT YET or the other way."""

    what: str
    wanted: str
    came: str
    why: str
    right: bool
    opposite: bool = False


class Seen:
    """The scores of a scenario by group name and goal; "" is the whole. `rival`: the scores by the goal model "competence"; `between`: share_across
    over the border between groups; `ask`: answers one of the questions Q1, Q2, Q3."""

    def __init__(
        self, snapshot: Snapshot, scores: Iterable[Score], rival: Iterable[Score], *, between: Iterable[Score], ask: Callable[[str], Finding]
    ) -> None:
        self.snapshot, self._ask = snapshot, ask
        self._names = ("", *snapshot.groups.name[1:])
        self._scores, self._rival, self._between = (self._by_name(part) for part in (scores, rival, between))

    def _by_name(self, scores: Iterable[Score]) -> dict[tuple[str, str], Score]:
        return {(self._names[score.group], score.goal): score for score in scores}

    def score(self, group: str, goal: str, rival: bool = False) -> Score:
        """A score."""
        return (self._rival if rival else self._scores)[group, goal]

    def groups(self, prefix: str) -> list[str]:
        """Groups whose name begins so."""
        return [name for name in self.snapshot.groups.name[1:] if name.startswith(prefix)]

    def value(self, metric: str, group: str = "") -> float | None:
        """A metric of a group, whether a goal asks for it or not."""
        row = 0 if not group else self.snapshot.groups.name.index(group)
        return self.snapshot.measure(metric, [row])[0].value

    def verdict(self, group: str, goal: str, *wanted: str, rival: bool = False) -> Case:
        """The verdict on a group must be one of `wanted`."""
        score = self.score(group, goal, rival)
        what = f"{group or 'the whole'}: {goal}" + (" (competence)" if rival else "")
        return Case(what, " or ".join(wanted), score.verdict, score.reason, score.verdict in wanted, _opposite(score.verdict, wanted))

    def share(self, groups: Sequence[str], goal: str, *wanted: str, least: float = ENOUGH) -> Case:
        """So large a share of the groups must have one of the `wanted` verdicts; the opposite, where as many have the opposite one."""
        verdicts = [self.score(name, goal).verdict for name in groups]
        right, contrary = (sum(map(test, verdicts)) / max(1, len(verdicts)) for test in (wanted.__contains__, partial(_opposite, wanted=wanted)))
        other = next((name for name in groups if self.score(name, goal).verdict not in wanted), groups[0] if groups else "")
        came = ", ".join(f"{verdicts.count(word)} {word}" for word in (FITS, PARTLY, NOT_YET, NO_VERDICT) if word in verdicts)
        why = f"{other}: {self.score(other, goal).reason}" if groups else "there is no such group"
        return Case(f"{len(groups)} groups: {goal}", f"{least:.0%} {' or '.join(wanted)}", came, why, right >= least, contrary >= least)

    def either(self, groups: Sequence[str], goals: Sequence[str], *wanted: str) -> Case:
        """In so many groups at least one of the goals must have one of the `wanted` verdicts."""
        right = [name for name in groups if any(self.score(name, goal).verdict in wanted for goal in goals)]
        share = len(right) / max(1, len(groups))
        why = next((self.score(name, goals[0]).reason for name in groups), "")
        what = f"{len(groups)} groups: {' or '.join(goals)}"
        return Case(what, f"{ENOUGH:.0%} {' or '.join(wanted)}", f"{len(right)} of {len(groups)}", why, share >= ENOUGH, share <= 1 - ENOUGH)

    def between_groups(self, group: str, *wanted: str) -> Case:
        """The verdict on sharing across the border between groups."""
        score = self._between[group, "share_across"]
        what = f"{group or 'the whole'}: share_across (boundary: group)"
        return Case(what, " or ".join(wanted), score.verdict, score.reason, score.verdict in wanted, _opposite(score.verdict, wanted))

    def answer(self, question: str, wanted: str) -> Case:
        """The answer to one of the three questions."""
        found = self._ask(question)
        return Case(question, wanted, found.answer, found.sentence, found.answer == wanted)

    def disagreement(self, group: str, goal: str) -> Case:
        """The two goal models must say that they disagree."""
        said = disagreeing.disagreement(self.score(group, goal), self.score(group, goal, rival=True), goal_model.shipped("competence"))
        sentence = "" if said is None else said.sentence
        return Case(f"{group}: {goal}, the two models", "they disagree", sentence or "they agree", sentence, "goal models disagree" in sentence)

    def advice(self, group: str, goal: str, *metrics: str, rival: bool = False) -> Case:
        """These criteria must cost the fit most, in any order: their advice comes first."""
        rows = losses(self.score(group, goal, rival).criteria)[: len(metrics)]
        what = f"{group or 'the whole'}: advice on {goal}" + (" (competence)" if rival else "")
        first = [row.metric for row in rows]
        return Case(what, " and ".join(metrics), ", ".join(first), " ".join(row.advice for row in rows), set(first) == set(metrics))


def _opposite(verdict: str, wanted: Sequence[str]) -> bool:
    return (verdict == FITS and NOT_YET in wanted and FITS not in wanted) or (verdict == NOT_YET and FITS in wanted and NOT_YET not in wanted)


def _holds(what: str, wanted: str, came: str, right: bool, why: str = "") -> Case:
    return Case(what, wanted, came, why, right)


def inform_all(seen: Seen) -> Iterator[Case]:
    """A1"""
    yield seen.verdict("announcements", "inform", FITS)
    yield seen.verdict("", "solve", NOT_YET)
    yield seen.verdict("", "innovate", NOT_YET)


def inform_missed(seen: Seen) -> Iterator[Case]:
    """A2"""
    yield seen.verdict("announcements", "inform", NOT_YET)
    yield seen.advice("announcements", "inform", "aud", "read")


def in_circles(seen: Seen) -> Iterator[Case]:
    """A3"""
    rings = seen.groups("circle-")
    yield seen.share(rings, "collaborate", FITS)
    yield seen.share(rings, "inspire", FITS, PARTLY)
    yield seen.share(rings, "innovate", FITS, PARTLY)
    yield seen.verdict("", "solve", NOT_YET)
    reason = seen.score("", "solve").reason
    yield _holds("the whole: what inside it solves", "not as a whole; … fit", reason, "not as a whole" in reason.lower() and " fit" in reason)
    yield seen.answer("Q1", "yes")


def in_bounds(seen: Seen) -> Iterator[Case]:
    """A4"""
    groups = seen.groups("working-group-")
    yield seen.share(groups, "collaborate", FITS, PARTLY, least=10 / 12)
    mixing = seen.value("mix_group")
    low = f"{mixing:.2f}" if mixing is not None else "not measured"
    yield _holds("the whole: mixing across groups", "under 0.30", low, mixing is not None and mixing < 0.30)
    yield seen.between_groups("", NOT_YET)
    chosen = seen.score("", "share_across").chosen
    yield _holds("the whole: sharing across is not its goal", "not its goal", "its goal" if chosen else "not its goal", not chosen)


def not_by_itself(seen: Seen) -> Iterator[Case]:
    """A5"""
    yield seen.verdict("", "share_across", NOT_YET)
    yield seen.either(_departments(seen), ("inform", "find"), FITS, PARTLY)
    worst = [row.metric for row in losses(seen.score("", "share_across").criteria)]
    yield _holds(
        "the whole: advice on share_across", "mix and sim among the first three", ", ".join(worst[:3]), {"mix", "sim"} <= set(worst[:3])
    )
    yield seen.answer("Q2", "big_challenge")


def across_works(seen: Seen) -> Iterator[Case]:
    """A6"""
    yield seen.verdict("", "share_across", FITS)
    yield seen.answer("Q2", "works")


def _departments(seen: Seen) -> list[str]:
    return [name for name in seen.snapshot.groups.name[1:] if not name.startswith("theme-")]


def small_solves(seen: Seen) -> Iterator[Case]:
    """A7"""
    yield seen.verdict(solving.CIRCLE, "solve", FITS)
    yield seen.verdict(solving.CIRCLE, "find", NOT_YET)


def large_does_not(seen: Seen) -> Iterator[Case]:
    """A8"""
    group = seen.snapshot.groups.name[1]
    yield seen.verdict(group, "solve", NOT_YET)
    density = seen.value("D_R", group) or 0.0
    yield _holds(f"{group}: density of trust", "thin: under 0.12", f"{density:.3f}", density < 0.12)


def found(seen: Seen) -> Iterator[Case]:
    """A9"""
    yield seen.verdict("questions", "find", FITS)
    density = seen.value("D_R", "questions")
    low = "not measured" if density is None else f"{density:.4f}"
    yield _holds("questions: density of trust", "under 0.05", low, density is not None and density < 0.05)


def not_found(seen: Seen) -> Iterator[Case]:
    """A10"""
    yield seen.verdict("questions", "find", PARTLY, NOT_YET)
    yield seen.advice("questions", "find", "prof", "fresh")


def who_brings_in_what(seen: Seen) -> Iterator[Case]:
    """A11"""
    near, far = (seen.value("D_R", name) or 0.0 for name in (solving.CIRCLE, solving.OTHER))
    yield _holds("both circles: equal R", "within .08", f"{near:.2f} and {far:.2f}", abs(near - far) <= 0.08)
    first, second = (seen.score(name, "solve").fit for name in (solving.CIRCLE, solving.OTHER))
    gap = (first or 0.0) - (second or 0.0)
    yield _holds("solve by closeness: the first fits better", "by .10 or more", f"by {gap:.2f}", gap >= 0.10)
    yield seen.verdict(solving.CIRCLE, "solve", FITS)
    yield seen.verdict(solving.OTHER, "solve", PARTLY, NOT_YET, rival=True)
    yield seen.advice(solving.OTHER, "solve", "C", rival=True)
    yield seen.verdict(solving.EXPERTS, "solve", NOT_YET)
    yield seen.verdict(solving.EXPERTS, "solve", FITS, PARTLY, rival=True)
    yield seen.disagreement(solving.EXPERTS, "solve")


def in_name_only(seen: Seen) -> Iterator[Case]:
    """A13"""
    yield seen.verdict(small_circles.STRANGERS, "collaborate", NOT_YET)
    yield seen.verdict(small_circles.STRANGERS, "innovate", NOT_YET)
    failed = [row.metric for row in seen.score(small_circles.STRANGERS, "collaborate").criteria if row.gate and row.score is not None and row.score < 0.25]
    yield _holds("in-name-only: by gate", "coh fails", ", ".join(failed) or "no gate fails", "coh" in failed)


def too_little(seen: Seen) -> Iterator[Case]:
    """A14"""
    for goal in ("collaborate", "solve", "innovate", "connect"):
        score = seen.score(silence.SILENT, goal)
        yield seen.verdict(silence.SILENT, goal, NO_VERDICT)
        yield _holds(f"{silence.SILENT}: {goal} has no number", "no number", str(score.fit), score.fit is None and score.low is None)


def closeness_shows(seen: Seen) -> Iterator[Case]:
    """A12, the first community"""
    yield seen.answer("Q3", "association")


def closeness_shows_nothing(seen: Seen) -> Iterator[Case]:
    """A12, the second"""
    yield seen.answer("Q3", "no_association")
