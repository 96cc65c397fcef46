"""The messages of a CSV export: who, when, what, and how many reactions. It tells neither the ids of messages nor who answers whom."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from cmdesk.api import N_, Post, Record

from .channels import Place
from .clock import Clock
from .model import User, count
from .people import People

if TYPE_CHECKING:
    from cmdesk.api import Source, Table

HEADER = ("AuthorID", "Author", "Date", "Content")
"""The first columns; Attachments and Reactions follow."""
_LOOK = 500
_COUNTED = re.compile(r"\(([\d.,]{1,12})\)\s*(?:,|$)")
_NAME = re.compile(r"\w[\w.]{1,40}")


def read(source: Source, place: Place, people: People, clock: Clock) -> Iterator[Record]:
    """The facts in one CSV export; the same message in an export of another day has the same key."""
    names = {name: author for author, name in _authors(source, place.name)}
    clock = clock.seen([row.cells[2] for row in islice(_table(source, place.name, counted=False).rows, _LOOK)], "")
    seen: Counter[str] = Counter()
    source.set_aside(place.name, N_("a CSV export tells neither who answers whom nor the ids of messages; JSON tells both"), 0)
    for row in _table(source, place.name, counted=True).rows:
        author, name, date, text = (cell.strip() for cell in row.cells[:4])
        at, local, why = clock.moment(date)
        if at is None or not author:
            source.set_aside(N_("{name}, line {number:,}").format(name=place.name, number=row.number), why or N_("the message has no author"))
            continue
        source.use()
        if person := people.met(User(id=author, name=name), True):
            yield person
        said = "\x1f".join((place.key, author, str(at), text))
        seen[said] += 1
        digest = hashlib.blake2b(f"{said}\x1f{seen[said]}".encode("utf-8", "replace"), digest_size=12).hexdigest()
        mentions = tuple(dict.fromkeys(names[word] for word in _called(text) if word in names))
        reactions = sum(count(number.replace(",", "").replace(".", "")) for number in _COUNTED.findall(row.cells[5])) if len(row.cells) > 5 else 0
        yield Post(
            f"row-{digest}", author, place.group, at, text, mentions=mentions, announcement=True if "@everyone" in text or "@here" in text else None,
            local=local, unnamed_reactions=reactions,
        )  # fmt: skip


def number_of(source: Source, name: str) -> int:
    """How many messages a CSV export holds, each counted as read."""
    return sum(1 for _row in _table(source, name, counted=True).rows)


def _table(source: Source, name: str, *, counted: bool) -> Table:
    return source.table(name, delimiter=",", header=True, counted=counted)


def _authors(source: Source, name: str) -> set[tuple[str, str]]:
    """(id, name without its number) of everybody who wrote."""
    return {(row.cells[0].strip(), row.cells[1].strip().partition("#")[0]) for row in _table(source, name, counted=False).rows}


def _called(text: str) -> list[str]:
    """The words behind an @."""
    return [found[0].rstrip(".") for part in text.split("@")[1:] if (found := _NAME.match(part))]
