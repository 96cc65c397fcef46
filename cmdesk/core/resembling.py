"""Which goal does a structure fit? The goals by fit for a group that has none, with the reason: a likeness, never advice to change a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.reports import Report
from cmdesk.core.scoring import FIT_FROM, NO_VERDICT, NOT_YET, losses
from cmdesk.core.text import _

_ORDER = {"fits": 0, "partly": 1, NOT_YET: 2}
_STRONG = 0.75
_NAMED = 2


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """How much the structure of a group is that of a community with this goal, and why in one sentence."""

    goal: str
    fit: float
    verdict: str
    reason: str


def without_goal(report: Report) -> list[int]:
    """The groups (ids) of a report that may be shown and have no chosen goal."""
    chosen = {score.group for score in report.scores if score.chosen}
    assessed = {score.group for score in report.scores}
    return [line.id for line in report.groups if line.id in assessed - chosen and not line.hidden]


def likenesses(report: Report, group: int) -> list[Likeness]:
    """The goals whose criteria could be measured for `group` (an id), the most alike first. A goal of which a must-have fails stands after all
    others, whatever else is alike."""
    titles = {line.name: line.title for line in report.metrics}
    found = [score for score in report.scores if score.group == group and score.verdict != NO_VERDICT and score.fit is not None]
    found.sort(key=lambda score: (_ORDER.get(score.verdict, 3), -round(score.fit or 0.0, 9)))
    return [
        Likeness(goal=score.goal, fit=score.fit or 0.0, verdict=score.verdict, reason=_reason(score, titles, best=place == 0))
        for place, score in enumerate(found)
    ]


def phrases() -> dict[str, str]:
    """What a community with each goal does, as the end of a sentence."""
    return {
        "inform": _("keeps everybody informed"), "find": _("helps people find information"), "connect": _("lets people get to know each other"),
        "share_across": _("shares knowledge across groups"), "inspire": _("inspires people"), "collaborate": _("works together"),
        "solve": _("solves complex problems"), "innovate": _("innovates"),
    }  # fmt: skip


def _reason(score: Score, titles: Mapping[str, str], *, best: bool) -> str:
    what = phrases().get(score.goal, score.goal)
    weak = score.verdict == NOT_YET or (score.fit or 0.0) < FIT_FROM
    if best and score.verdict == NOT_YET:
        text = _("This structure resembles none of the goals clearly; the nearest is that of a community that {what}")
    elif weak:
        text = _("This structure partly resembles that of a community that {what}")
    else:
        text = _("This structure resembles that of a community that {what}")
    if not best and score.verdict == NOT_YET:
        text = _("This structure differs from that of a community that {what}")
    said = text.format(what=what)
    alike = _named([row for row in _alike(score.criteria) if (row.score or 0.0) >= _STRONG], titles)
    unlike = _named([row for row in losses(score.criteria) if (row.score or 0.0) < _STRONG], titles)
    if alike and unlike:
        return _("{said}: most alike in {alike}, least in {unlike}.").format(said=said, alike=alike, unlike=unlike)
    if alike:
        return _("{said}: most alike in {alike}.").format(said=said, alike=alike)
    return _("{said}: least alike in {unlike}.").format(said=said, unlike=unlike) if unlike else said + "."


def _alike(criteria: Sequence[CriterionScore]) -> list[CriterionScore]:
    """The measured criteria by what they bring to the fit, the most first."""
    return sorted((row for row in criteria if row.score is not None), key=lambda row: -round(row.weight * (row.score or 0.0), 9))


def _named(rows: Sequence[CriterionScore], titles: Mapping[str, str]) -> str:
    names = [titles.get(row.metric, row.metric).lower() for row in rows[:_NAMED]]
    return _("{one} and {other}").format(one=names[0], other=names[1]) if len(names) == 2 else "".join(names)
