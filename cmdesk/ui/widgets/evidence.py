"""One score with its evidence, in words and bullet bars: for the inspector and for the page Assessments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cmdesk.core import gains, resembling, role, wording
from cmdesk.core.contributions import Score
from cmdesk.core.pictures.bands import bars
from cmdesk.core.reports import GroupLine, Report
from cmdesk.core.text import _
from cmdesk.ui import theme, words
from cmdesk.ui.widgets.bullet_bars import compose
from cmdesk.ui.widgets.drawing_view import DrawingView
from cmdesk.ui.widgets.inspector import WIDTH, Sheet
from cmdesk.ui.widgets.plain import button, line
from cmdesk.ui.widgets.verdict import VerdictLine

_NARROW = WIDTH - 40.0


def group_of(report: Report, id: int) -> GroupLine | None:
    """The report's line of a group."""
    return next((each for each in report.groups if each.id == id), None)


def score_of(report: Report, group: int, goal: str) -> Score | None:
    """The report's score of a group for a goal."""
    return next((each for each in report.scores if each.group == group and each.goal == goal), None)


def verdict_line(score: Score) -> str:
    """Word and fit of a score."""
    look = theme.verdict(score.verdict)
    told = look.word
    if score.fit is not None and score.verdict != "no_verdict":
        told += f" · {words.decimal(score.fit)}"
        if not score.provisional and score.low is not None and score.high is not None:
            told += " " + _("({low} to {high})").format(low=words.decimal(score.low), high=words.decimal(score.high))
    return told


def titles(report: Report) -> dict[str, str]:
    """The metrics' titles by name."""
    return {each.name: each.title for each in report.metrics}


def advice(score: Score, report: Report, most: int = 3) -> list[str]:
    """What to do, the costliest first; each piece of advice once."""
    found = [bar.criterion.advice for bar in bars(score, report.model) if bar.cost is not None and bar.cost >= 1 and bar.criterion.advice]
    return list(dict.fromkeys(found))[:most]


def missing(score: Score) -> list[str]:
    """What could not be measured, and why; each reason once."""
    return list(dict.fromkeys(each.missing for each in score.criteria if each.score is None and each.missing))


def legend() -> str:
    """How to read the bars."""
    return _("Light band: acceptable. Dark band: ideal. “Costs 12”: the fit would be up to 12 points of 100 higher.")


def bullet_view(score: Score, report: Report, width: float) -> DrawingView:
    """The bullet bars of a score at a width."""
    line = group_of(report, score.group)
    title = _("{group} · {goal}: what was measured").format(group=line.name if line else "", goal=words.goal(score.goal).title)
    view = DrawingView(compose(score, report.model, titles(report), width, title))
    drawing = view.drawing()
    assert drawing is not None
    view.setFixedHeight(round(drawing.height) + 2)
    return view


def doubts(score: Score) -> list[str]:
    """How sure the verdict is: its interval, and under which settings it would be another one."""
    if score.fit is None or score.verdict == "no_verdict":
        return []
    if score.provisional:
        return [_("Provisional: without intervals yet.")]
    found = []
    if score.chance is not None:
        found.append(_("In {share} of the resampled communities the fit is 0.50 or more.").format(share=words.percent(score.chance)))
    if score.fragile:
        flips = [f"{wording.setting(setting)}: {theme.verdict(verdict).word}" for setting, verdict in wording.flips(score)]
        found.append(_("Fragile: the verdict without intervals is another one with {settings}.").format(settings="; ".join(flips)))
    return found


def would_change(score: Score, report: Report) -> list[str]:
    """The changes of one criterion that would raise the fit most, in words; none for a score that fits."""
    known = {each.name: each for each in report.metrics}
    found = []
    for gain in gains.told(score, report.model):
        metric = known.get(gain.metric)
        unit = metric.unit if metric is not None else ""
        found.append(gains.sentence(gain, metric.title if metric is not None else gain.metric, partial(_value, unit), words.decimal))
    return found


def _value(unit: str, value: float) -> str:
    return words.value(value, unit)


def fill(sheet: Sheet, score: Score, report: Report, width: float = _NARROW) -> None:
    """Put verdict, reason, bars, advice and gaps into a sheet; `width` is that of the bars."""
    sheet.add(VerdictLine(score.verdict, verdict_line(score), chosen=score.chosen))
    if not score.chosen:
        sheet.say(_("This goal was not chosen for this group; the verdict counts nowhere."), "small")
    if score.reason:
        sheet.say(score.reason)
    for text in doubts(score):
        sheet.say(text, "small")
    if score.disagrees is not None:
        sheet.say(score.disagrees.sentence)
    found = advice(score, report)
    if found and score.verdict != "fits":
        sheet.section(_("What would help most"))
        for text in found:
            sheet.say(f"• {text}")
    if score.chosen and (goal := report.model.goals.get(score.goal)) is not None:
        sheet.section(_("Your role this quarter: {role}").format(role=goal.role))
        for text in role.this_quarter(score, goal):
            if text not in found:
                sheet.say(f"• {text}")
    if changes := would_change(score, report):
        sheet.section(_("What would change it"))
        for text in changes:
            sheet.say(f"• {text}")
    if score.criteria:
        sheet.section(_("What was measured, the costliest first"))
        sheet.add(bullet_view(score, report, width))
        sheet.say(legend(), "small")
        share = _("Data available for {share} of what this goal asks.").format(share=words.percent(score.coverage))
        sheet.say(share, "small")
    line = group_of(report, score.group)
    if line is not None:
        _pulse(sheet, line, report)
    if gaps := missing(score):
        sheet.section(_("What is missing"))
        for text in gaps[:6]:
            sheet.say(f"• {text}")


def _pulse(sheet: Sheet, group: GroupLine, report: Report) -> None:
    """What the members answered, beside what was measured."""
    if not group.pulse:
        return
    names = titles(report)
    sheet.section(_("What the members say (asked, not scored)"))
    sheet.facts([(names.get(one.metric, one.metric), _("{value} of 1 ({n} answers)").format(value=words.decimal(one.value), n=one.n)) for one in group.pulse])


def score_sheet(report: Report, score: Score, go: Callable[[str, object], object]) -> Sheet:
    """The inspector's sheet of one score."""
    line_of = group_of(report, score.group)
    sheet = Sheet(words.goal(score.goal).title, line_of.path if line_of else "")
    fill(sheet, score, report)
    _links(sheet, [
        (_("All of this group"), lambda: go("assessments", (report.assessment_id, score.group, score.goal))),
        (_("Set goals"), lambda: go("goals", score.group)),
    ])  # fmt: skip
    if score.verdict == "no_verdict" and score.criteria:
        _links(sheet, [(_("Import what is missing"), lambda: go("import", None))])
    return sheet


def group_sheet(report: Report, group: GroupLine, go: Callable[[str, object], object], open_score: Callable[[Score], object]) -> Sheet:
    """The inspector's sheet of one group: its chosen goals, then what else its structure would suit."""
    sheet = Sheet(group.name, group.path if group.path != group.name else "")
    if group.hidden:
        sheet.say(_("{why}. Its roster and purpose stand on the page Groups.").format(why=_(group.why).capitalize()))
    else:
        density = [(_("Trust, estimated from exchange"), _("{value} of 1").format(value=words.decimal(group.density)))] if group.density is not None else []
        sheet.facts([(_("Active people"), words.count(group.people) or "–"), *density])
    mine = [score for score in report.scores if score.group == group.id]
    for chosen, title in ((True, _("Its goals")), (False, _("What else this structure would suit"))):
        part = [score for score in mine if score.chosen == chosen and (chosen or score.verdict in ("fits", "partly"))]
        if not part or group.hidden:
            continue
        sheet.section(title)
        for score in part:
            row: list[QWidget | int] = [button(words.goal(score.goal).title, _opener(open_score, score), "link"), 1]
            row.append(VerdictLine(score.verdict, verdict_line(score), chosen=chosen))
            sheet.add(line(*row))
    _pulse(sheet, group, report)
    _resembles(sheet, report, group, any(score.chosen for score in mine))
    _links(sheet, [(_("Set goals"), lambda: go("goals", group.id)), (_("Open in Groups"), lambda: go("groups", group.id))])
    return sheet


def _resembles(sheet: Sheet, report: Report, group: GroupLine, chosen: bool) -> None:
    """For a group without a goal: which goals its structure resembles most."""
    if chosen or group.hidden or not (found := resembling.likenesses(report, group.id)):
        return
    sheet.section(_("Which goal does this structure resemble?"))
    for one in found[:3]:
        sheet.say(one.reason)
    sheet.say(_("A likeness of structure, no advice to change a goal."), "small")


def _opener(open_score: Callable[[Score], object], score: Score) -> Callable[[], object]:
    return lambda: open_score(score)


def goal_sheet(report: Report | None, goal: str) -> Sheet:
    """What a goal asks, from the goal model."""
    told = words.goal(goal)
    sheet = Sheet(told.title, told.example)
    sheet.say(told.asks)
    model = report.model.goals.get(goal) if report is not None else None
    if report is not None and model is not None:
        sheet.section(_("Your role"))
        sheet.say(model.role)
        for text in model.quarter:
            sheet.say(f"• {text}")
        sheet.section(_("What it is judged by"))
        names = titles(report)
        sheet.facts(
            [
                (names.get(each.metric, each.metric), f"{words.decimal(each.weight, 0)}{' · ' + _('must-have') if each.gate else ''}")
                for each in model.criteria
            ]
        )
    return sheet


def this_quarter(sheet: Sheet, report: Report, score: Score, path: str, owner: str) -> None:
    """What the goal asks of the manager now, for one group: from the newest assessment, the costliest first."""
    goal = report.model.goals.get(score.goal)
    line_of = group_of(report, score.group)
    if goal is None or not score.chosen:
        return
    sheet.section(_("This quarter, for {group}").format(group=path))
    if line_of is not None and line_of.hidden:
        sheet.say(_(line_of.why).capitalize())
        return
    sheet.add(VerdictLine(score.verdict, verdict_line(score)))
    asked = list(dict.fromkeys((*advice(score, report), *role.this_quarter(score, goal)))) if score.verdict != "fits" else []
    for text in asked[:3]:
        sheet.say(f"• {text}")
    if score.verdict == "fits":
        sheet.say(_("It fits: keep doing what you do."))
    sheet.say(_("Owner: {name}").format(name=owner) if owner else _("Nobody owns it yet; name an owner on the page Groups."), "small")


def _links(sheet: Sheet, every: list[tuple[str, Callable[[], object]]]) -> None:
    sheet.add(line(*(button(text, run) for text, run in every), 1))
