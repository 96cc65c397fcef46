"""What an assessment keeps beside its scores: groups with their size and density, definitions, imports, what the pulse said."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from cmdesk.core.community import simulated
from cmdesk.core.contributions import Metric
from cmdesk.core.input_fields import PULSE
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Asked, GroupLine, ImportLine, MetricLine
from cmdesk.core.schema import ROOT
from cmdesk.core.text import N_
from cmdesk.core.visibility import TOO_SMALL

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot


class Context(msgspec.Struct):
    """What an assessment keeps beside its scores, so that it stays whole when the community goes on."""

    groups: list[GroupLine]
    metrics: list[MetricLine]
    imports: list[ImportLine]
    channels: list[str]
    simulated: bool
    opted_out: int
    empty: str = ""  # why there is nothing to judge


UNDATED, LATER = "undated", "later"
"""Why a snapshot holds nothing: no fact has a date, or all of them are later than the as-of day."""


def gather(connection: sqlite3.Connection, snapshot: Snapshot, metrics: Mapping[str, Metric]) -> Context:
    """What is known before anything is measured: the groups, all of them hidden, definitions and imports."""
    from cmdesk.core import groups, importing

    kept = snapshot.groups
    found = {line.id: line for line in groups.rows(connection)}
    imports = [
        ImportLine(
            id=line.id, when=line.at, importer=line.importer, file=line.file, read=line.read, used=line.used, left_out=line.left_out,
            set_aside=line.set_aside, first=line.first, last=line.last,
        )
        for line in importing.rows(connection)
    ]  # fmt: skip
    lines = [
        GroupLine(id=line.id, name=line.name, path=line.path, parent=line.parent, people=None, hidden=True, why=TOO_SMALL)
        for line in (found[int(group_id)] for group_id in kept.id)
    ]
    definitions = [MetricLine(name, metric.title, metric.unit, metric.meaning) for name, metric in metrics.items()]
    channels = [line.path for line in found.values() if line.id != ROOT and line.posts]
    opted_out = connection.execute("SELECT count(*) FROM members WHERE opted_out").fetchone()[0]
    return Context(lines, definitions, imports, channels, simulated(connection), opted_out, _empty(connection, snapshot))


def _empty(connection: sqlite3.Connection, snapshot: Snapshot) -> str:
    """Why the snapshot holds nothing, "" where it holds something."""
    from cmdesk.core import loading

    if snapshot.first < snapshot.until:
        return ""
    return LATER if loading.last_day(connection) else UNDATED


def fill(context: Context, snapshot: Snapshot, metrics: Mapping[str, Metric], wanted: Sequence[int], progress: Progress) -> None:
    """Size, density and competence of the assessed groups, where they may be shown."""
    from cmdesk.core import activity, suppression

    values: dict[str, list[float | None]] = {
        name: [measure.value for measure in snapshot.measure(name, wanted, progress)] if name in metrics else [None] * len(wanted)
        for name in ("D_R", "C")
    }
    asked, unheard = _asked(snapshot, metrics, wanted, progress)
    why, active = suppression.reasons(snapshot), activity.activity(snapshot).members
    for place, row in enumerate(wanted):
        line, small = context.groups[row], bool(why[row])
        context.groups[row] = msgspec.structs.replace(
            line, hidden=small, why=why[row], people=None if small else len(active[row]), density=None if small else values["D_R"][place],
            competence=None if small else values["C"][place], pulse=() if small else tuple(asked[place]), unheard="" if small else unheard[place],
        )  # fmt: skip


def _asked(snapshot: Snapshot, metrics: Mapping[str, Metric], wanted: Sequence[int], progress: Progress) -> tuple[list[list[Asked]], list[str]]:
    """What the members of each group answered to the pulse, as far as enough did; and why the answers of a group do not count."""
    found: list[list[Asked]] = [[] for _row in wanted]
    unheard = [""] * len(wanted)
    for name in (f"pulse_{item}" for item in PULSE):
        for place, measure in enumerate(snapshot.measure(name, wanted, progress) if name in metrics and snapshot.by_hand.pulse else ()):
            if measure.value is not None:
                found[place].append(Asked(name, measure.value, measure.n, measure.low, measure.high))
            elif measure.n:
                unheard[place] = measure.missing
    return found, unheard


def notes(context: Context, as_of: str, seen: float | None) -> tuple[str, ...]:
    """What a reader must know, as it is kept."""
    said = []
    if context.simulated:
        said.append(N_("This community is simulated: its people and messages are invented."))
    if context.empty == UNDATED:
        said.append(N_("Nothing in this community has a date, so nothing could be judged; import messages, or a log with times."))
    if context.empty == LATER:
        said.append(N_("Nothing in this community is dated on or before {day}; choose a later day.").format(day=as_of))
    if seen is not None and seen < 1:
        said.append(N_("The data hold {share} % of the messages, as stated at import.").format(share=round(100 * seen)))
    unheard = N_("What {group} answered to the pulse is not shown: {why}")
    said += [unheard.format(group=line.path, why=line.unheard) for line in _asked_in_vain(context.groups)]
    return tuple(said)


def _asked_in_vain(groups: Sequence[GroupLine]) -> list[GroupLine]:
    """The groups themselves, not those around them, for which the same answers count."""
    found = [line for line in groups if line.unheard and not line.pulse]
    parents = {line.id: line.parent for line in groups}
    around = set()
    for line in found:
        above = line.parent
        while above is not None and above not in around:
            around.add(above)
            above = parents.get(above)
    return [line for line in found if line.id not in around]
