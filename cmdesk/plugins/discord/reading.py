"""The facts of exports of one or several servers: for each server its channels, then the messages of each file.

A message is one record. Files that hold parts of a channel, or overlap, go together by the ids of their messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, Group, ImportProblem, Origin, Progress, Record, _

from . import documents, pages, tables
from .channels import NAMED, Place, of_document, of_page, of_table
from .clock import Clock
from .layout import Layout, find, part
from .model import Header
from .people import People

if TYPE_CHECKING:
    from cmdesk.api import Source

DIRECT_RULE = "direct_messages"
N_("direct messages")  # as the rule is shown
_HEAD = ("preamble__entry", "info__guild-name", "info__channel-name", "info__channel-topic")
_ICONS = ("preamble__guild-icon", "info__guild-icon")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`direct_messages`: read them too. Of pages and tables whose messages have no ids: `date_order` is dmy or mdy where the page does not prove it,
    `zone` the IANA name of the time zone whose clock the page shows."""

    direct_messages: bool = False
    date_order: str = ""
    zone: str = ""


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the exports say. Raises ImportProblem if there are none."""
    clock = Clock(options.date_order, options.zone)
    layout = find(source)
    for name, why in layout.other.items():
        source.ignore(name, why)
    places = _places(source, layout)
    if not places:
        raise ImportProblem(
            _("{name} holds no channel that DiscordChatExporter wrote.").format(name=source.name),
            _("Export the channels as JSON (or HTML), and give the file or the folder with all of them."),
        )
    for server, held in groupby(places, key=lambda place: place.server):
        together, people, roots = list(held), People(), dict[str, str]()
        yield Origin(platform="discord", key=server, title=together[0].server_name or server.removeprefix(NAMED) or "Discord")
        yield from _groups(together, options)
        for place in together:
            progress.check()
            if place.direct and not options.direct_messages:
                _leave_out(source, place)
            elif place.table:
                yield from tables.read(source, place, people, clock)
            elif place.page:
                yield from pages.read(source, place, people, roots, clock)
            else:
                yield from documents.read(source, place, people, roots)
        _tell_names(source, people)


def _places(source: Source, layout: Layout) -> list[Place]:
    """The place of each file, server by server, the parts of a channel in order."""
    found = []
    for name in layout.documents:
        header, _messages = source.json_inside(name, "messages", Header, msgspec.Raw)
        found.append(of_document(source, name, header))
    held = {place.key for place in found}
    known = {place.path: place.key for place in found if not place.thread}
    servers = {place.server_name: place.server for place in found if place.server_name}
    heads = {name: _head(source, name) for name in layout.pages}
    for name, (entries, icon) in heads.items():
        place = of_page(source, name, entries, icon, {})
        if not place.thread and not place.key.startswith(NAMED):
            known.setdefault(place.path, place.key)
    for name, (entries, icon) in heads.items():
        _add(source, of_page(source, name, entries, icon, known), found, held, servers)
    held = {place.key for place in found}
    servers |= {place.server_name: place.server for place in found if place.server_name}
    for name in layout.tables:
        _add(source, of_table(source, name, known), found, held, servers)
    return sorted(found, key=lambda place: (place.server, place.thread != "", place.key, part(place.name), place.name))


def _add(source: Source, place: Place, found: list[Place], held: set[str], servers: dict[str, str]) -> None:
    """Add the place of a file that tells less than JSON, unless a file that tells more holds the same channel."""
    if place.server.startswith(NAMED):
        place.server = servers.get(place.server_name, place.server)
    if place.key in held:
        source.ignore(place.name, N_("the same channel is there in a form that tells more"))
    else:
        found.append(place)
        _tell_keys(source, place)


def _head(source: Source, name: str) -> tuple[list[str], str]:
    """(the lines at the top of a page, the address of the server's icon)."""
    entries, icon = [], ""
    for element in source.html(name, (), around=_HEAD, begins=(*_ICONS, "chatlog"), counted=False):
        if "chatlog" in element.classes:
            break
        if element.classes.isdisjoint(_ICONS):
            entries.append(" ".join(element.text().split()))
        else:
            icon = element.attributes.get("src", "")
    return entries, icon


def _groups(places: list[Place], options: Options) -> Iterator[Group]:
    """The groups of a server, each once; a channel's own file says more of it than a thread in it does."""
    stated: dict[str, Group] = {}
    for place in places:
        if not place.direct or options.direct_messages:
            for group in place.groups:
                if group.key not in stated or (group.key == place.key and not place.thread):
                    stated[group.key] = group
    yield from stated.values()


def _leave_out(source: Source, place: Place) -> None:
    if place.table:
        source.leave_out(DIRECT_RULE, tables.number_of(source, place.name))
        return
    if place.page:
        source.leave_out(DIRECT_RULE, pages.number_of(source, place))
        return
    _header, messages = source.json_inside(place.name, "messages", Header, msgspec.Raw)
    source.leave_out(DIRECT_RULE, sum(1 for _message in messages))


def _tell_keys(source: Source, place: Place) -> None:
    if place.key.startswith(NAMED):
        source.set_aside(place.name, N_("neither the file nor its name tells the id of the channel; it is known by its name"), 0)
    if place.server.startswith(NAMED):
        source.set_aside(place.name, N_("the file does not tell the id of the server; it is known by its name"), 0)


def _tell_names(source: Source, people: People) -> None:
    if n := people.by_name:
        source.set_aside(source.name, N_("persons without an id in the pages, known by their name: {n:,}").format(n=n), 0)
