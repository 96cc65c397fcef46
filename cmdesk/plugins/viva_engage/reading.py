"""An export, table by table: networks, topics, users and groups first, then messages, last who is in which group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Accepted, ImportProblem, Origin, Progress, Record, _

from . import messages
from .cells import told
from .layout import Layout, Part, find
from .options import Options
from .people import People
from .places import Places

if TYPE_CHECKING:
    from cmdesk.api import Source


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the export says. Raises ImportProblem if it is none."""
    layout = find(source)
    if not layout.parts:
        raise ImportProblem(
            _("{name} holds no table of a Viva Engage export.").format(name=source.name),
            _("Give the zip that the admin centre made, or Users.csv, Groups.csv and Messages.csv of it."),
        )
    for name, why in layout.other.items():
        source.ignore(name, why)
    networks = _named(source, layout, "networks")
    title = next(iter(networks.values()), "") if len(networks) == 1 else ""
    yield Origin(platform="viva_engage", key=options.source.strip() or "viva_engage", title=title or "Viva Engage")
    people, places, tags = People(options), Places(networks), _named(source, layout, "topics")
    yield from places.networks()
    for part in layout.of("users"):
        yield from people.read(source, part)
    for part in layout.of("groups"):
        yield from places.read(source, part)
    for part in reversed(layout.of("messages")):
        progress.check()
        yield from messages.read(source, part, options, people, places, tags)
    for part in layout.of("bestreplymessages"):
        yield from _accepted(source, part)
    for part in layout.of("members"):
        yield from places.memberships(source, part, people)
    _tell(source, layout)


def _named(source: Source, layout: Layout, kind: str) -> dict[str, str]:
    """id → name of a small table; its rows are used."""
    found: dict[str, str] = {}
    for part in layout.of(kind):
        name = part.role("name", "permalink", "email")
        for row in source.table(part.name, header=True, pad=True).rows:
            key = told(row.cells[part.columns["id"]])
            if not key:
                source.set_aside(N_("{label}, line {number:,}").format(label=part.name, number=row.number), N_("the row has no id"))
                continue
            source.use()
            found[key] = told(row.cells[name]) if name is not None else ""
    return found


def _accepted(source: Source, part: Part) -> Iterator[Record]:
    """The best replies of the export of one user."""
    for row in source.table(part.name, header=True, pad=True).rows:
        key = told(row.cells[part.columns["id"]])
        if key:
            source.use()
            yield Accepted(post=key)
        else:
            source.set_aside(N_("{label}, line {number:,}").format(label=part.name, number=row.number), N_("the row has no id"))


def _tell(source: Source, layout: Layout) -> None:
    """What an export of the network never holds."""
    if layout.of("messages"):
        source.set_aside(source.name, N_("likes and reactions are in no network export"), 0)
        if not layout.of("members"):
            source.set_aside(source.name, N_("who is in which group is in no network export: put a list of it beside the tables (group_id, user_id)"), 0)
