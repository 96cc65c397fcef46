"""Servers, categories, channels and threads: where messages stand. A thread (a forum post is one) is no group of its own: its messages stand in
the channel around it, as a thread there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.api import Group

from .layout import id_in_name, part
from .model import Header, born, key, said

if TYPE_CHECKING:
    from cmdesk.api import Source

NAMED = "name:"
"""Begins the key of what has no id in the export."""
_DIRECT = frozenset({"DirectTextChat", "DirectGroupTextChat", "1", "3"})
_NEWS = frozenset({"GuildNews", "5"})
_THREADS = frozenset({"10", "11", "12"})
_ICON = re.compile(r"/icons/(\d{15,20})/")
_BRACKETS = re.compile(r"\s*(?:\[[^\[\]]*\]|\((?:after|before|\d{4}-)[^()]*\))")
_RANGE = re.compile(r"(?:After|Between) \S")
NO_SERVER = "Direct Messages"


class Place(msgspec.Struct):
    """Where the messages of one file stand. `key` is the channel's own, `group` that of the channel around a thread (else the same);
    `thread` is the id of the thread, "" outside of threads; `partial`: earlier messages of it may be missing."""

    name: str
    server: str
    server_name: str
    key: str
    group: str
    thread: str = ""
    title: str = ""
    direct: bool = False
    news: bool = False
    partial: bool = False
    page: bool = False
    table: bool = False
    path: tuple[str, ...] = ()
    groups: list[Group] = []


def of_document(source: Source, name: str, header: Header) -> Place:
    """The place that the head of a JSON export tells."""
    guild, channel = _fields(header.guild), _fields(header.channel)
    kind = key(channel.get("type"))
    title, category = said(channel.get("name")), said(channel.get("category"))
    around = key(channel.get("categoryId")) or (NAMED + category if category else "")
    own = key(channel.get("id")) or id_in_name(source, name) or NAMED + " / ".join((category, title))
    server = key(guild.get("id"))
    place = Place(
        name=name, server=server or NAMED + said(guild.get("name")), server_name=said(guild.get("name")), key=own, group=own, title=title,
        direct=kind in _DIRECT or server == "0", news=kind in _NEWS, path=(category, title),
        partial=bool(_fields(header.dateRange).get("after")) or part(name) > 1,
    )  # fmt: skip
    if kind in _THREADS or kind.endswith("Thread"):
        place.thread, place.group = own, around
        if around:
            place.groups.append(Group(key=around, name=category, created=born(around)))
    else:
        _add_channel(place, around, category, said(channel.get("topic")))
    return place


def of_page(source: Source, name: str, entries: list[str], icon: str, known: dict[tuple[str, ...], str]) -> Place:
    """The place that the head of a page tells: `entries` are its lines (server, path of the channel, topic), `icon` the address of the
    server's icon; `known` are paths of channels to their keys, from other files of the source."""
    server_name = entries[0] if entries else ""
    path = tuple(step.strip() for step in (entries[1] if len(entries) > 1 else "").split(" / ") if step.strip())
    more = entries[2:]
    found = _ICON.search(icon)
    own = id_in_name(source, name) or known.get(path, "") or NAMED + " / ".join(path)
    place = Place(
        name=name, server=found[1] if found else NAMED + server_name, server_name=server_name, key=own, group=own, path=path, page=True,
        title=path[-1] if path else "", direct=server_name == NO_SERVER, partial=any(_RANGE.match(line) for line in more) or part(name) > 1,
    )  # fmt: skip
    category = path[0] if len(path) > 1 else ""
    around = NAMED + category if category else ""
    if len(path) > 2:
        channel = path[:2]
        place.thread, place.group = own, known.get(channel, NAMED + " / ".join(channel))
        if channel not in known:
            place.groups += [Group(key=around, name=category, kind="category"), Group(key=place.group, name=path[1], parent=around)]
    else:
        _add_channel(place, around, category, next((line for line in more if not _RANGE.match(line)), ""))
    return place


def of_table(source: Source, name: str, known: dict[tuple[str, ...], str]) -> Place:
    """The place of a CSV export, which only its name tells: "Server - Category - channel [id] (after …) [part 2].csv"."""
    stem = _BRACKETS.sub("", name.rpartition("/")[2].rpartition(".")[0])
    steps = [step.strip() for step in stem.split(" - ") if step.strip()] or [stem]
    server_name, path = (steps[0], tuple(steps[1:])) if len(steps) > 1 else ("", tuple(steps))
    own = id_in_name(source, name) or known.get(path, "") or NAMED + " / ".join(path)
    place = Place(
        name=name, server=NAMED + server_name, server_name=server_name, key=own, group=own, path=path, table=True, title=path[-1],
        direct=server_name == NO_SERVER, partial=True,
    )  # fmt: skip
    category = path[0] if len(path) > 1 else ""
    _add_channel(place, NAMED + category if category else "", category, "")
    return place


def _add_channel(place: Place, around: str, category: str, topic: str) -> None:
    if place.direct:
        place.groups.append(Group(key=place.key, name=place.title, kind="direct", created=born(place.key), private=True))
        return
    if around:
        place.groups.append(Group(key=around, name=category, kind="category", created=born(around)))
    place.groups.append(Group(key=place.key, name=place.title, parent=around, purpose=topic, created=born(place.key)))


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class Threads:
    """Which message starts the thread that a message stands in, for one channel or thread after the other."""

    def __init__(self, place: Place, roots: dict[str, str]) -> None:
        self._place, self._roots = place, roots
        self._answers: dict[str, str] = {}

    def root(self, message: str, answered: str, *, written: bool, starter: bool = False) -> str:
        """The key of the message that starts the thread, "" for one that starts its own. `answered`: the message that it answers; `starter`:
        a system message that repeats, in a thread, the message of the channel that the thread starts from."""
        place = self._place
        if place.thread:
            known = self._roots.get(place.thread, "")
            if not known and (starter or written):
                # A thread has the id of the message that it starts from; one that starts from none begins with its first message.
                alone = written and not starter and not place.partial and message != place.thread
                known = self._roots[place.thread] = message if alone else place.thread
            known = known or place.thread
            return "" if known == message else known
        if not answered:
            return ""
        found = self._answers[message] = self._answers.get(answered, answered)
        return "" if found == message else found
