"""What a report stands on: imports, window, what was left out and set aside, who is not shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cmdesk.api import Report, _, ngettext, wording


class Import(NamedTuple):
    """One import of the community."""

    file: str
    importer: str
    when: str
    read: str
    used: str
    left_out: str
    why: str
    set_aside: str
    first: str
    last: str


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """What was looked at, in pairs of name and value."""
    yield _("Community"), report.community
    yield _("As of"), report.as_of
    yield _("Window"), _("{n} days up to and including that day").format(n=report.window_days)
    yield _("Time zone"), report.zone
    yield _("Goal model"), f"{report.model.title} ({report.model.id} {report.model.version})"
    yield _("Its SHA-256"), report.model.sha256
    yield _("Assessment"), str(report.assessment_id)
    yield _("Intervals"), intervals(report)
    yield _("Messages seen"), _("not stated: counts as all of them") if report.seen is None else _("{share} of the platform's messages, as stated at import").format(share=wording.percent(report.seen))
    hidden = sum(line.hidden for line in report.groups)
    yield _("Groups"), _("{n} in all, {hidden} of them not shown: too small, or telling of a smaller one").format(n=len(report.groups), hidden=hidden)
    yield _("Channels included"), ", ".join(report.channels) or _("none")
    yield _("People"), _("under their names") if report.names else _("under pseudonyms")
    yield _("Opted out"), opted_out(report)
    if report.simulated:
        yield _("Simulated"), _("These people and their messages were invented.")
    for note in report.notes:
        yield _("Note"), note


def intervals(report: Report) -> str:
    """How the intervals came about."""
    if not report.replicates:
        return _("none yet: the values are provisional")
    return _("{share}, from {n} resampled communities (seed {seed})").format(share=wording.percent(report.level), n=report.replicates, seed=report.seed)


def opted_out(report: Report) -> str:
    """How many members asked to be left out."""
    said = ngettext("{n} member opted out and is left out.", "{n} members opted out and are left out.", report.opted_out)
    return said.format(n=report.opted_out)


def imports(report: Report) -> list[Import]:
    """Every import, with what became of what was read."""
    return [
        Import(
            line.file, line.importer, _day(line.when, report.zone), wording.count(line.read), wording.count(line.used),
            wording.count(sum(line.left_out.values())), "; ".join(f"{rule}: {wording.count(n)}" for rule, n in line.left_out.items()),
            wording.count(line.set_aside), _day(line.first, report.zone), _day(line.last, report.zone),
        )
        for line in report.imports
    ]  # fmt: skip


def hidden(report: Report) -> list[tuple[str, str]]:
    """The groups that may not be shown, and why."""
    return [(line.path or line.name, _(line.why)) for line in report.groups if line.hidden]


def _day(when: int | None, zone: str) -> str:
    """Microseconds UTC as a day in the community's zone."""
    if when is None:
        return "–"
    try:
        place: datetime.tzinfo = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        place = datetime.UTC
    try:
        return (datetime.datetime.fromtimestamp(0, datetime.UTC) + datetime.timedelta(microseconds=when)).astimezone(place).date().isoformat()
    except OverflowError:  # a clock that was thousands of years off
        return "–"
