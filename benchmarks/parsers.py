"""What importers are measured against: the same file parsed with the standard library, and its rows put into one table with a UNIQUE key."""

from __future__ import annotations

import csv
import email.policy
import json
import mailbox
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import networks

Row = tuple[Any, ...]  # key, author, place, time, text, what it answers


def slack(path: Path) -> Iterator[Row]:
    """Day files of a zip."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found = json.loads(archive.read(name))
            place, _, day = name.rpartition("/")
            if place and day:
                for one in found:
                    yield f"{place}:{one['ts']}", one.get("user"), place, one["ts"], one.get("text"), one.get("thread_ts")


def mattermost(path: Path) -> Iterator[Row]:
    """Lines, and the replies in them."""
    with path.open("rb") as file:
        for line in file:
            found = json.loads(line)
            if found["type"] == "post":
                post = found["post"]
                for one in (post, *(post["replies"] or ())):
                    yield f"{post['channel']}:{one['create_at']}:{one['user']}", one["user"], post["channel"], one["create_at"], one["message"], post["create_at"]


def discord(path: Path) -> Iterator[Row]:
    """One document."""
    document = json.loads(path.read_bytes())
    place = document["channel"]["id"]
    for one in document["messages"]:
        yield one["id"], one["author"]["id"], place, one["timestamp"], one["content"], (one.get("reference") or {}).get("messageId")


class _Page(HTMLParser):
    """Messages of a page of the newest layout."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._key = self._author = self._time = self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._kind = told.get("class") or ""
        if "data-message-id" in told:
            self._key = told["data-message-id"] or ""
        elif self._kind == "chatlog__author":
            self._author = told.get("data-user-id") or ""
        elif self._kind == "chatlog__timestamp":
            self._time = told.get("title") or ""

    def handle_data(self, data: str) -> None:
        if self._kind == "chatlog__markdown-preserve":
            self.rows.append((self._key, self._author, "", self._time, data, ""))


def discord_page(path: Path) -> Iterator[Row]:
    """One page."""
    page = _Page()
    with path.open(encoding="utf-8") as file:
        while part := file.read(1 << 16):
            page.feed(part)
            yield from page.rows
            page.rows.clear()


def discourse(path: Path) -> Iterator[Row]:
    """A post a line."""
    with path.open("rb") as file:
        for line in file:
            one = json.loads(line)
            yield one["id"], one["username"], one["topic_id"], one["created_at"], one["cooked"], one["reply_to_post_number"]


def mails(path: Path) -> Iterator[Row]:
    """An mbox with the parser of the standard library."""
    for number, one in enumerate(mailbox.mbox(path, factory=lambda file: email.message_from_binary_file(file, policy=email.policy.compat32))):
        body = one.get_payload(decode=True) or b""
        yield one["message-id"] or number, str(one["from"]), str(one["list-id"]), str(one["date"]), body.decode("utf-8", "replace"), one["in-reply-to"]


def log(path: Path) -> Iterator[Row]:
    """A CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for time, actor, group, _type, text, key, parent in reader:
            yield key, actor, group, time, text, parent


PARSERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "slack": slack, "mattermost": mattermost, "discord": discord, "discord_page": discord_page, "discourse": discourse, "mailbox": mails, "log": log,
    **networks.PARSERS,
}  # fmt: skip


def stored(kind: str, path: Path, target: Path) -> int:
    """Parse `path` and put its rows into a database; how many there are."""
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE t (key TEXT UNIQUE, author TEXT, place TEXT, at TEXT, text TEXT, answers TEXT)")
    rows = PARSERS[kind](path)
    while batch := list(islice(rows, 50_000)):
        connection.executemany("INSERT OR IGNORE INTO t VALUES (?,?,?,?,?,?)", batch)
    connection.commit()
    (count,) = connection.execute("SELECT count(*) FROM t").fetchone()
    connection.close()
    return int(count)


def perceval(path: Path) -> int:
    """Perceval's back-end for mbox files, which is no part of cmdesk: ImportError where it is not installed."""
    import tempfile

    from perceval.backends.core.mbox import MBox

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / path.name).symlink_to(path.absolute())
        return sum(1 for _item in MBox(uri="bench", dirpath=folder).fetch())
