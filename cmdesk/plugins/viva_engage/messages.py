"""The table of messages, row by row: it may be many gigabytes, so nothing of it is kept but who and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

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


def read(source: Source, part: Part, options: Options, people: People, places: Places, tags: Mapping[str, str]) -> Iterator[Record]:
    """The messages of a table as posts. The newest table of several comes first, because of a post stated twice the first statement counts."""
    # Columns are taken out by number: rows come by the million.
    def column(*names: str) -> int:
        place = part.role(*names)
        return _MISSING if place is None else place

    id_, replied, thread_, group_, body_ = (column(name) for name in ("id", "replied_to_id", "thread_id", "group_id", "body"))
    sender_, name_, email_, kind_ = (column(name) for name in ("sender_id", "sender_name", "sender_email", "sender_type"))
    direct_, private_, deleted_, at_ = (column(name) for name in ("in_private_conversation", "in_private_group", "deleted_at", "created_at"))
    title_, type_, group_name, others = (column(name) for name in ("title", "message_type", "group_name", "participants"))
    around, known = places.around(part), people.known
    for row in source.table(part.name, header=True, pad=True).rows:
        cells = (*row.cells, "")
        key, author = told(cells[id_]), told(cells[sender_])
        where = f"{part.name}, line {row.number:,}"
        if not key or "+" in key or "+" in author:
            source.set_aside(where, DAMAGE if DAMAGED.fullmatch(key) or DAMAGED.fullmatch(author) else N_("the message has no id"))
            continue
        group, thread, private = told(cells[group_]), told(cells[thread_]), cells[direct_] in _TRUE
        if private and not options.direct_messages:
            source.leave_out(DIRECT)
            continue
        if told(cells[deleted_]):
            source.leave_out(DELETED)
            continue
        if not options.private_groups and (cells[private_] in _TRUE or group in places.private):
            source.leave_out(PRIVATE)
            continue
        at, local = moment(cells[at_])
        if at is None:
            source.set_aside(where, N_("the message has no valid time"))
            continue
        source.use()
        if author not in known and (person := people.sender(author, cells[name_], cells[email_], cells[kind_])) is not None:
            yield person
        body = cells[body_]
        named = mentions(body)
        if private:
            inside = participants(cells[others])
            yield from places.conversation(thread or key, inside)
            group, named = direct(thread or key), tuple(dict.fromkeys((*named, *(one for one in inside if one != author and thread in ("", key)))))
        elif (missing := places.group(group, cells[group_name], cells[private_] in _TRUE, around)) is not None:
            yield missing
        kind = cells[type_].strip().casefold()
        title = told(cells[title_])
        yield Post(
            key, author, group or around, at, text(body), "" if thread == key else thread, told(cells[replied]), "", named, topics(body, tags), title,
            True if kind == "question" else None, True if kind == "announcement" else None, None, by_system(kind, body), local,
        )  # fmt: skip
