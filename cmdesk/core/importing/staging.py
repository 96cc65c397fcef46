"""From the records of an importer to a staging file: text turned into facts about it, and blocks that are known already only named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.importing import text_rules
from cmdesk.core.importing.staging_buffers import BATCH
from cmdesk.core.importing.staging_file import INSERTS, KEY_LENGTH, Summary, clean
from cmdesk.core.importing.staging_rows import EARLIEST, LATEST, OUT_OF_TIME, Rows, Unfit
from cmdesk.core.progress import Progress
from cmdesk.core.records import (
    Accepted,
    Asked,
    Attendance,
    Group,
    Input,
    Membership,
    Origin,
    Page,
    Person,
    Post,
    Rating,
    Reaction,
    Record,
    Share,
    StatedTie,
    Viewing,
)
from cmdesk.core.schema import EVENT
from cmdesk.core.text import N_, _

_CUT = 1_009  # a block begins at a post whose time in µs divides by it: about every thousandth
_LONGEST = 5_000
_MOST_TEXT = 4_000_000  # characters: what a block may hold in memory
_AT_POSTS = frozenset({Origin, Reaction, Accepted, Share, Viewing})  # these may mean the post before them
_TABLES = {"post": "posts", "mention": "mentions", "reaction": "reactions", "text": "texts"}
_BLOCK_ROWS = ("plain_posts", "posts", "mentions", "plain_reactions", "reactions", "texts")
_TIMES = (("plain_posts", 5), ("posts", 5), ("reactions", 6))
_PERSONS = {"plain_posts": (3, 7), "posts": (3, 7), "mentions": (2,), "plain_reactions": (3,), "reactions": (4,)}
SHORTEST = 50  # records; hashes of a few short messages could be guessed, and what so few save is nothing


class Staging(Rows):
    """Writes records of one import: `add_all` takes them in the order in which an importer yields them, `finish` writes what is left.
    `known` holds the hashes of blocks that the community holds already; runs of fewer than `shortest` records are no block."""

    def __init__(self, path: Path, *, keep_text: bool, known: Collection[bytes] = (), shortest: int = SHORTEST) -> None:
        super().__init__(path)
        self._keep_text = keep_text
        self._repeatable = frozenset(known)
        self._shortest = shortest
        self._met: set[bytes] = set()
        self._context = b""
        self._short: list[Any] = []
        self._short_size = 0
        self._pack = msgspec.msgpack.Encoder().encode
        self._by_type: dict[type[Record], Callable[[Any], None]] = {
            Origin: self._add_origin, Person: self._add_person, Group: self._add_group, Membership: self._add_membership,
            Reaction: self._add_reaction, Accepted: self._add_accepted, Share: self._add_share, Page: self._add_page,
            Attendance: self._add_attendance, Viewing: self._add_viewing, Rating: self._add_rating, StatedTie: self._add_tie,
            Asked: self._add_asked, Input: self._add_input,
        }  # fmt: skip

    def add_all(self, records: Iterable[Record], progress: Progress | None = None) -> None:
        """Write every record; ImportProblem if the importer breaks its contract (no Origin first, something that is no record). Posts and
        reactions are gathered into blocks; where one begins depends on the post's group and time alone."""
        try:
            self._add_records(records, progress)
        except BaseException:
            self.close()
            raise

    def _add_records(self, records: Iterable[Record], progress: Progress | None) -> None:
        block: list[Any] = []
        group, size, others = "", 0, 0
        record: Any
        for record in records:
            kind = type(record)
            if kind is Post:
                at = record.at
                if record.group != group or (at is not None and not at % _CUT) or len(block) >= _LONGEST or size > _MOST_TEXT:
                    self._add_block(block, size, progress)
                    block, group, size = [], record.group, 0
                size += len(record.text)
                block.append(record)
            elif kind is Reaction and block:
                block.append(record)
            else:
                if kind in _AT_POSTS:
                    self._add_block(block, size, progress)
                    self._stage_short(progress)
                    block, size = [], 0
                self._add_one(record)
                others += 1
                if progress is not None and not others % _LONGEST:
                    progress.advance(_LONGEST)
        self._add_block(block, size, progress)
        self._stage_short(progress)

    def finish(self, summary: Summary, problems: Iterable[tuple[str, str, int]]) -> None:
        """Flush everything, write the summary and the problems, close the file."""
        for place, why, records in (*problems, *self.remarks()):
            self._put("set_aside", (self._next("set_aside"), clean(place), clean(why), records))
        summary.stated, summary.facts_set_aside = dict(self.stated), dict(self.set_aside)
        summary.first, summary.last = self.first, self.last
        for name in INSERTS:
            self._flush(name)
        self._connection.execute("INSERT INTO meta VALUES ('summary', ?)", (msgspec.json.encode(summary).decode(),))
        self._connection.execute("COMMIT")
        self.close()

    def _add_one(self, record: Record) -> None:
        add = self._by_type.get(type(record))
        if add is None:
            raise no_record(record)
        if not self._origin and type(record) is not Origin:
            raise _no_origin()
        try:
            add(record)
        except Unfit as unfit:
            self._refuse(record, str(unfit))
        if type(record) is Origin:
            self._context = f"{text_rules.VERSION}\0{self._keep_text}\0{self._origin_key()}\0".encode()

    # — blocks —

    def _add_block(self, block: Sequence[Any], size: int, progress: Progress | None) -> None:
        """Stage a block of posts (`size`: characters), each followed by its reactions, or name it if it is known."""
        if not block:
            return
        if not self._origin:
            raise _no_origin()
        if len(block) < self._shortest:  # messages of many groups in turn: no block, and staged together
            self._short += block
            self._short_size += size
            if len(self._short) >= _LONGEST or self._short_size > _MOST_TEXT:
                self._stage_short(progress)
            return
        self._stage_short(progress)
        digest = self._digest(block)
        if digest in self._repeatable:
            self._put("repeated", (self._next("repeated"), digest, self._ids["posts"]))
        else:
            self._stage(block, digest)
        if progress is not None:
            progress.advance(len(block))

    def _stage_short(self, progress: Progress | None) -> None:
        """Write what was too short for blocks, in its order."""
        short, self._short, self._short_size = self._short, [], 0
        if short:
            self._stage(short, b"")
            if progress is not None:
                progress.advance(len(short))

    def _digest(self, block: Sequence[Any]) -> bytes:
        """The hash of a block, b"" for one that this import stated before or that cannot be encoded."""
        try:
            digest = hashlib.sha256(self._context + self._pack(block)).digest()
        except (ValueError, OverflowError, TypeError):  # a lone surrogate, a number of more than 64 bits
            return b""
        if digest in self._met:
            return b""
        self._met.add(digest)
        return digest

    def _stage(self, block: Sequence[Any], digest: bytes) -> None:
        """Write the rows of a block, and of a block in which nothing is out of the ordinary also what it holds."""
        before = {kind: self._ids[table] for kind, table in _TABLES.items()} if digest else {}
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _BLOCK_ROWS}
        ordinary = self._rows(block, rows)
        times = [row[column] for table, column in _TIMES for row in rows[table] if row[column] is not None]
        first, last = self._span(times)
        for table, part in rows.items():
            if part:
                self._buffers[table] += part
                if len(self._buffers[table]) >= BATCH:
                    self._flush(table)
        if digest and ordinary:
            persons = {row[column] for table, columns in _PERSONS.items() for column in columns for row in rows[table]} - {None, 0}
            spans = {kind: (before[kind] + 1, self._ids[table]) for kind, table in _TABLES.items() if self._ids[table] > before[kind]}
            row = (self._next("blocks"), digest, first, last, self._group(block[0].group), self._pack(sorted(persons)), self._pack(spans))
            self._put("blocks", row)

    def _rows(self, block: Sequence[Any], rows: dict[str, list[tuple[Any, ...]]]) -> bool:
        """Add the rows of a block to `rows`, by table; False if it is out of the ordinary: something refused, a reaction to a post elsewhere."""
        # The loop that runs a million times: it asks the dictionaries itself and writes short rows.
        add, known, ids, origin, group_key, group = rows["plain_posts"].append, self._persons, self._ids, self._origin, None, 0
        person_of, begin, post, last_key, ordinary = self._person, ids["posts"], ids["posts"], None, True
        for record in block:
            if type(record) is Reaction:
                if record.post == last_key:
                    ordinary &= self._react(record, post, rows)
                else:
                    ordinary = False
                    self._add_one(record)
                continue
            key, at, text, thread, author, answered = record.key, record.at, record.text, record.thread, record.author, record.reply_author
            if not key or (at is not None and not EARLIEST <= at <= LATEST):
                ordinary, last_key = self._unfit_post(record), None
                continue
            post, last_key = post + 1, key
            if record.group != group_key:
                group_key, group = record.group, self._group(record.group)
            tags = tuple(dict.fromkeys((*record.tags, *text_rules.tags(text)))) if "#" in text else record.tags
            row = (
                post, origin, key if len(key) <= KEY_LENGTH and key.isascii() and "\0" not in key else clean(key)[:KEY_LENGTH],
                (known.get(author) or person_of(author)) if author else 0, group, at, clean(thread) if thread and thread != key else "",
                (known.get(answered) or person_of(answered)) if answered else 0,
                EVENT if record.event else text_rules.flags(text, tags, record.question, record.announcement, record.idea), len(text),
            )  # fmt: skip
            if tags or record.reply_to or record.title or record.edited is not None or record.local or record.unnamed_reactions or at is None:
                rows["posts"].append(_full(row, record, tags))
            else:
                add(row)
            if record.mentions:
                ordinary &= self._mention(post, record.mentions, rows["mentions"])
            if self._keep_text and text:
                self.stated["text"] += 1
                rows["texts"].append((self._next("texts"), post, clean(text)))
            self._last_post = (key, post)
        ids["posts"] = post
        self.stated["post"] += post - begin
        return ordinary

    def _unfit_post(self, record: Post) -> bool:
        """A post without a key or in no year that there is: refused, which is False."""
        self.stated["post"] += 1
        self._refuse(record, OUT_OF_TIME if record.key else N_("a post without a key"))
        return False

    def _react(self, record: Reaction, post: int, rows: dict[str, list[tuple[Any, ...]]]) -> bool:
        """A reaction to the post just added; False if it was refused."""
        at = record.at
        self.stated["reaction"] += 1
        if not record.person or (at is not None and not EARLIEST <= at <= LATEST):
            self._refuse(record, OUT_OF_TIME if record.person else N_("a reaction without a person or a post"))
            return False
        person = self._persons.get(record.person) or self._person(record.person)
        number = self._ids["reactions"] = self._ids["reactions"] + 1
        if at is None:
            rows["plain_reactions"].append((number, post, self._origin, person, clean(record.kind)))
        else:
            rows["reactions"].append((number, post, self._origin, None, person, clean(record.kind), at, 0))  # its time goes with its post
        return True

    def _mention(self, post: int, mentioned: Sequence[str], rows: list[tuple[Any, ...]]) -> bool:
        """The persons that a post mentions; False if one has no key."""
        self.stated["mention"] += len(mentioned)
        keys = [key for key in mentioned if key]
        rows += [(self._next("mentions"), post, self._person(key)) for key in keys]
        self.set_aside["mention"] += len(mentioned) - len(keys)
        return len(keys) == len(mentioned)


def _full(row: tuple[Any, ...], record: Post, tags: Sequence[str]) -> tuple[Any, ...]:
    """The row of a post with everything that most posts do not have."""
    post, origin, key, author, group, at, thread, answered, flags, length = row
    return (
        post, origin, key, author or None, group, at, thread or None, answered or None, flags, length, clean(record.reply_to) or None,
        clean(msgspec.json.encode(tags).decode()) if tags else None, clean(record.title) or None, record.edited, int(record.local),
        record.unnamed_reactions,
    )  # fmt: skip


def no_record(found: object) -> ImportProblem:
    """What to raise where an importer yields something else than a record."""
    return ImportProblem(
        _("The importer yielded a {name}, which is no record.").format(name=type(found).__name__), _("Tell the importer's author.")
    )


def _no_origin() -> ImportProblem:
    return ImportProblem(_("The importer did not say where its facts come from (Origin first)."), _("Tell the importer's author."))
