"""The sheets of a report: Summary, one for each goal assessed, what was found beside them, Definitions, Coverage, Limits of use, Members."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cmdesk.api import Report, _, ngettext, wording

from . import changes_sheet, gains_sheet, goal_sheet, limits_sheet, position_sheet, pulse_sheet, questions_sheet, trend_sheet, words
from .model import Cell, Column, Row, Sheet, Styled, fitting
from .summary import summary

_FIRST_ROOM, _TEXT_ROOM = 30.0, 90.0


def title(report: Report) -> str:
    """The title in the file's properties."""
    return _("Structure and goals of {community}").format(community=report.community)


def sheets(report: Report) -> list[Sheet]:
    """Every sheet, in order. The same report gives the same cells each time."""
    found = [summary(report), *(goal_sheet.sheet(report, goal) for goal in words.goals_assessed(report))]
    if report.questions:
        found.append(questions_sheet.sheet(report))
    found.append(gains_sheet.sheet(report))
    if pulse_sheet.asked(report):
        found.append(pulse_sheet.sheet(report))
    if report.trend:
        found.append(trend_sheet.sheet(report))
    if report.since is not None:
        found.append(changes_sheet.sheet(report, report.since))
    found += [position_sheet.sheet(report), _definitions(report), _coverage(report), limits_sheet.sheet()]
    if report.members:
        found.append(_members(report))
    return found


def _definitions(report: Report) -> Sheet:
    columns = (Column(_FIRST_ROOM, "wrap+bold"), Column(_TEXT_ROOM, "wrap"), Column(28, "wrap"), Column(18))

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield (Styled(_("What the words mean"), "title"),)
        yield ()
        yield (Styled(_("Verdicts"), "subtitle"),)
        for verdict, meaning in words.verdicts():
            yield _tall((Styled(words.verdict(verdict), verdict), meaning), columns)
        yield ()
        yield (Styled(_("Numbers"), "subtitle"),)
        for name, meaning in words.numbers():
            yield _tall((name, meaning), columns)
        yield ()
        yield (Styled(_("Goals"), "subtitle"),)
        yield tuple(Styled(head, "head") for head in (_("Goal"), _("What it asks for"), _("Your role"), _("Id")))
        for name, goal in report.model.goals.items():
            yield _tall((goal.title, goal.meaning, goal.role, Styled(name, "muted")), columns)
        yield ()
        yield (Styled(_("Measures"), "subtitle"),)
        yield tuple(Styled(head, "head") for head in (_("Measure"), _("Meaning"), _("Unit of measure"), _("Id")))
        for line in report.metrics:
            yield _tall((line.title, line.meaning, _(line.unit), Styled(line.name, "muted")), columns)

    return Sheet(_("Definitions"), columns, rows, colour="8A9499")


def _tall(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> Row:
    return Row(cells, height=fitting(cells, columns))


def _coverage(report: Report) -> Sheet:
    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield (Styled(_("What this report stands on"), "title"),)
        yield ()
        for name, value in _facts(report):
            yield (Styled(name, "bold"), value)
        yield ()
        yield (Styled(_("What was read"), "subtitle"),)
        yield tuple(Styled(head, "head") for head in _IMPORT_HEADS())
        for line in report.imports:
            yield (
                line.file, line.importer, Styled(_moment(line.when, report.zone), "when"), Styled(line.read, "whole"), Styled(line.used, "whole"),
                Styled(sum(line.left_out.values()), "whole"), Styled(line.set_aside, "whole"),
                "; ".join(f"{rule}: {n:,}" for rule, n in line.left_out.items()),
                Styled(_moment(line.first, report.zone), "when"), Styled(_moment(line.last, report.zone), "when"),
            )  # fmt: skip
        if not report.imports:
            yield (_("Nothing was imported."),)
        yield ()
        yield (Styled(_("Channels included"), "subtitle"),)
        for channel in report.channels or (_("none"),):
            yield (channel,)

    columns = (
        Column(_FIRST_ROOM), Column(26), Column(18), Column(11), Column(11), Column(11), Column(11), Column(44, "wrap"), Column(18), Column(18),
    )  # fmt: skip
    return Sheet(_("Coverage"), columns, rows, colour="8A9499")


def _IMPORT_HEADS() -> tuple[str, ...]:  # noqa: N802 a constant in the language of the moment
    return (
        _("File"), _("Importer"), _("Imported"), _("Read"), _("Used"), _("Left out"), _("Set aside"), _("Left out because"), _("First"), _("Last"),
    )  # fmt: skip


def _facts(report: Report) -> Iterator[tuple[str, Cell]]:
    yield _("Community"), report.community
    yield _("As of"), _("nothing has a date") if report.undated else report.as_of
    yield _("Window"), _("{n} days up to and including that day").format(n=report.window_days)
    yield _("Time zone"), report.zone
    yield _("Assessment"), Styled(report.assessment_id, "left")
    yield _("Goal model"), f"{report.model.title} ({report.model.id} {report.model.version})"
    yield _("Its SHA-256"), report.model.sha256
    if report.replicates:
        yield _("Intervals"), _("{share}, from {n} resampled communities (seed {seed})").format(share=wording.percent(report.level), n=report.replicates, seed=report.seed)
    seen = _("not stated: counts as all of them") if report.seen is None else _("{share} of the platform's messages, as stated at import").format(share=wording.percent(report.seen))
    yield _("Messages seen"), seen
    hidden = sum(line.hidden for line in report.groups)
    yield _("Groups"), _("{n} in all, {hidden} of them not shown: too small, or telling of a smaller one").format(n=len(report.groups), hidden=hidden)
    yield _("People"), _("under their names") if report.names else _("under pseudonyms")
    opted_out = ngettext("{n} member opted out and is left out.", "{n} members opted out and are left out.", report.opted_out)
    yield _("Opted out"), opted_out.format(n=report.opted_out)
    if report.simulated:
        yield _("Simulated"), _("These people and their messages were invented.")
    for note in report.notes:
        yield _("Note"), note


def _members(report: Report) -> Sheet:
    heads = [_("Pseudonym"), *([_("Name")] if report.names else []), _("Unit"), _("Role")]

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield tuple(Styled(head, "head") for head in heads)
        for code, name, unit, role in report.members:
            yield (code, *([name] if report.names else []), unit, role)

    columns = (Column(18), *([Column(32)] if report.names else []), Column(32), Column(32))
    return Sheet(_("Members"), columns, rows, heads=1, filtered=True, freeze="A2", colour="8A9499")


def _moment(when: int | None, zone: str) -> datetime.datetime | None:
    """Microseconds UTC as the clock on the wall of the community."""
    if when is None:
        return None
    try:
        place: datetime.tzinfo = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        place = datetime.UTC
    try:
        moment = datetime.datetime.fromtimestamp(0, datetime.UTC) + datetime.timedelta(microseconds=when)
        return moment.astimezone(place).replace(tzinfo=None, microsecond=0)
    except OverflowError:  # a clock that was thousands of years off
        return None
