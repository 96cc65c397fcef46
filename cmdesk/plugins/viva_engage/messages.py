"""The table of messages, row by row: it may be many gigabytes, so nothing of it is kept but who and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cmdesk.api import N_, Post, Record

from .cells import DAMAGE, DAMAGED, moment, told
from .layout import Part
from .options import Options
from .people import People
from .places import Places, direct
from .wording import by_system, mentions, participants, text, topics

if TYPE_CHECKING:
    from cmdesk.api import Source

DIRECT, PRIVATE, DELETED = "direct_messages", "messages_in_private_groups", "deleted_messages"
N_("messages in private groups"), N_("deleted messages")  # as the rules are shown
_TRUE = frozenset({"true", "TRUE", "True", "1", "t", "yes"})
_MISSING = -1  # the empty cell that is put behind every row
_often = lru_cache(maxsize=1 << 14)(told)
"""What a cell says whose text many rows have."""


class _At(NamedTuple):
    """Where the columns of a table stand: rows come by the million, so their cells are taken out by number."""

    id: int
    replied_to_id: int
    thread_id: int
    group_id: int
    group_name: int
    body: int
    sender_id: int
    sender_name: int
    sender_email: int
    sender_type: int
    in_private_conversation: int
    in_private_group: int
    participants: int
    deleted_at: int
    created_at: int
    title: int
    message_type: int


def _columns(part: Part) -> _At:
    return _At(*(part.columns.get(name, _MISSING) for name in _At._fields))


def read(source: Source, part: Part, options: Options, people: People, places: Places, tags: Mapping[str, str]) -> Iterator[Record]:
    """The messages of a table as posts. The newest table of several comes first, because of a post stated twice the first statement counts."""
    at, around, known = _columns(part), places.around(part), people.known
    for row in source.table(part.name, header=True, pad=True).rows:
        cells = (*row.cells, "")
        key, author, group = told(cells[at.id]), _often(cells[at.sender_id]), _often(cells[at.group_id])
        if not key or "+" in key or "+" in author:
            source.set_aside(_place(part, row.number), DAMAGE if DAMAGED.fullmatch(key) or DAMAGED.fullmatch(author) else N_("the message has no id"))
            continue
        if rule := _left_out(cells, at, group, options, places):
            source.leave_out(rule)
            continue
        when, local = moment(cells[at.created_at])
        if when is None:
            source.set_aside(_place(part, row.number), N_("the message has no valid time"))
            continue
        source.use()
        if author not in known and (person := people.sender(author, cells[at.sender_name], cells[at.sender_email], cells[at.sender_type])) is not None:
            yield person
        thread, body = told(cells[at.thread_id]), cells[at.body]
        named = mentions(body)
        if cells[at.in_private_conversation] in _TRUE:
            inside = participants(cells[at.participants])
            yield from places.conversation(thread or key, inside)
            group, named = direct(thread or key), tuple(dict.fromkeys((*named, *(one for one in inside if one != author and thread in ("", key)))))
        elif (missing := places.group(group, cells[at.group_name], cells[at.in_private_group] in _TRUE, around)) is not None:
            yield missing
        kind = _often(cells[at.message_type]).casefold()
        yield Post(
            key, author, group or around, when, text(body), "" if thread == key else thread, told(cells[at.replied_to_id]), "", named, topics(body, tags),
            _often(cells[at.title]), True if kind == "question" else None, True if kind == "announcement" else None, None, by_system(kind, body), local,
        )  # fmt: skip


def _left_out(cells: tuple[str, ...], at: _At, group: str, options: Options, places: Places) -> str:
    """The rule by which a message is left out, "" for none."""
    if cells[at.in_private_conversation] in _TRUE and not options.direct_messages:
        return DIRECT
    if _often(cells[at.deleted_at]):
        return DELETED
    if not options.private_groups and (cells[at.in_private_group] in _TRUE or group in places.private):
        return PRIVATE
    return ""


def _place(part: Part, number: int) -> str:
    return f"{part.name}, line {number:,}"
