"""Exports of every platform, invented and as large as asked, made once and kept in benchmarks/data (not in git)."""

from __future__ import annotations

import csv
import html
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import IO, NamedTuple

from benchmarks import networks
from benchmarks.data import FOLDER

PEOPLE, PLACES, START = 2_000, 40, 1_640_995_200  # persons, channels, the first second
_WORDS = ["we", "could", "ask", "the", "board", "about", "that", "plan", "and", "see", "what", "others", "in", "our", "team", "think", "of", "it", "before", "Monday", "who", "has", "time", "to", "help", "with", "this"]


class Said(NamedTuple):
    """A message: its number, author, place, second, text, and the number of the message that starts its thread (its own for none)."""

    number: int
    author: int
    place: int
    at: int
    text: str
    root: int


def messages(place: int | None = None) -> Iterator[Said]:
    """Messages without end; with `place` all of that place."""
    chance = random.Random(1 if place is None else place + 10)
    roots: list[int] = []
    number = 0
    while True:
        number += 1
        text = " ".join(chance.choices(_WORDS, k=chance.randint(4, 30)))
        if number % 5 == 0:
            text += f" @p{chance.randrange(PEOPLE)}?"
        root = chance.choice(roots[-20:]) if roots and number % 3 else number
        if root == number:
            roots.append(number)
        yield Said(number, int(PEOPLE * chance.random() ** 2), number % PLACES if place is None else place, START + number * 30, text, root)


def _iso(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()


def mattermost(out: IO[bytes], most: int) -> None:
    """A bulk export: threads are lines, replies lie in them."""

    def line(kind: str, content: object) -> None:
        out.write(json.dumps({"type": kind, kind: content}, separators=(",", ":")).encode() + b"\n")

    line("version", 1)
    line("team", {"name": "club", "display_name": "The Club", "type": "O"})
    for place in range(PLACES):
        line("channel", {"team": "club", "name": f"c{place}", "display_name": f"Channel {place}", "type": "O", "header": "", "purpose": ""})
    for person in range(PEOPLE):
        channels = [{"name": f"c{place}", "roles": "channel_user"} for place in range(person % 5)]
        line("user", {"username": f"p{person}", "email": f"p{person}@example.org", "roles": "system_user", "nickname": "", "first_name": f"Person {person}",
                      "last_name": "", "position": "", "teams": [{"name": "club", "roles": "team_user", "channels": channels}]})  # fmt: skip
    stream = messages()
    while out.tell() < most:
        first, *others = [next(stream) for _ in range(3)]
        replies = [{"user": f"p{one.author}", "type": "", "message": one.text, "create_at": one.at * 1_000, "edit_at": 0, "reactions": None} for one in others]
        line("post", {"team": "club", "channel": f"c{first.place}", "user": f"p{first.author}", "type": "", "message": first.text, "props": {},
                      "create_at": first.at * 1_000, "edit_at": 0, "reactions": None, "replies": replies, "attachments": None})  # fmt: skip


def _snowflake(said: Said) -> str:
    return str((said.at * 1_000 - 1_420_070_400_000) << 22)


def discord(out: IO[bytes], most: int) -> None:
    """A channel as JSON, indented as DiscordChatExporter does it."""
    about = '"id": "900000000000000010", "type": "GuildTextChat", "categoryId": "900000000000000002", "category": "Text", "name": "general", "topic": null'
    out.write(b'{\n"guild": {"id": "900000000000000001", "name": "Club", "iconUrl": "x"},\n"channel": {' + about.encode() + b'},\n"dateRange": {"after": null, "before": null},\n"messages": [\n')
    for said in messages(0):
        author = {"id": str(10**17 + said.author), "name": f"p{said.author}", "discriminator": "0000", "nickname": f"Person {said.author}", "color": None, "isBot": False, "roles": []}
        message = {"id": _snowflake(said), "type": "Default", "timestamp": _iso(said.at), "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False,
                   "content": said.text, "author": author, "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], "inlineEmojis": []}  # fmt: skip
        out.write((b",\n" if said.number > 1 else b"") + json.dumps(message, indent=2).encode())
        if out.tell() > most:
            break
    out.write(b'\n], "messageCount": %d}' % said.number)


def discord_page(out: IO[bytes], most: int) -> None:
    """A channel as a page."""
    out.write(b'<!DOCTYPE html><html><head><title>x</title><style>.chatlog__message-group{} .preamble__entry{}</style></head><body><div class="preamble">'
              b'<img class="preamble__guild-icon" src="https://cdn.discordapp.com/icons/900000000000000001/a.png"><div class="preamble__entries-container">'
              b'<div class="preamble__entry">Club</div><div class="preamble__entry">Text / general</div></div></div><div class="chatlog">')  # fmt: skip
    for said in messages(0):
        name, shown, key = f"p{said.author}", datetime.fromtimestamp(said.at, UTC).strftime("%d/%m/%Y %H:%M"), _snowflake(said)
        out.write((
            f'<div class="chatlog__message-group"><div id="chatlog__message-container-{key}" class="chatlog__message-container" data-message-id="{key}">'
            f'<div class="chatlog__message"><div class="chatlog__message-aside"><img class="chatlog__avatar" src="https://cdn.discordapp.com/a.png" alt="Avatar"></div>'
            f'<div class="chatlog__message-primary"><div class="chatlog__header"><span class="chatlog__author" title="{name}" data-user-id="{10**17 + said.author}">'
            f'Person {said.author}</span><span class="chatlog__timestamp" title="{shown}"><a href="#x">{shown}</a></span></div>'
            f'<div class="chatlog__content chatlog__markdown"><span class="chatlog__markdown-preserve">{html.escape(said.text)}</span></div></div></div></div></div>\n'
        ).encode())  # fmt: skip
        if out.tell() > most:
            break
    out.write(b'</div><div class="postamble"><div class="postamble__entry">Exported %d message(s)</div></div></body></html>' % said.number)


def discourse(out: IO[bytes], most: int) -> None:
    """Posts as the API gives them, a line each."""
    numbers: dict[int, int] = {}
    for said in messages():
        number = numbers[said.root] = numbers.get(said.root, 0) + 1
        post = {"id": said.number, "topic_id": said.root, "post_number": number, "post_type": 1, "username": f"p{said.author}", "name": f"Person {said.author}",
                "user_id": said.author + 1, "created_at": _iso(said.at), "updated_at": _iso(said.at), "version": 1, "cooked": f"<p>{html.escape(said.text)}</p>",
                "reply_to_post_number": None, "reply_count": 0, "quote_count": 0, "reads": 5, "score": 1.5, "topic_slug": "x", "category_id": said.place,
                "actions_summary": [], "accepted_answer": False, "trust_level": 1, "moderator": False, "admin": False}  # fmt: skip
        out.write(json.dumps(post).encode() + b"\n")
        if out.tell() > most:
            return


def mbox(out: IO[bytes], most: int) -> None:
    """A list's archive."""
    for said in messages(0):
        when = datetime.fromtimestamp(said.at, UTC)
        answers = f"In-Reply-To: <m{said.root}@example.org>\nReferences: <m{said.root}@example.org>\n" if said.root != said.number else ""
        body = "\n".join(said.text[start : start + 72] for start in range(0, len(said.text), 72))
        out.write((
            f"From p{said.author}@example.org {when:%a %b %d %H:%M:%S %Y}\nReceived: from mx.example.org by list.example.org; {format_datetime(when)}\n"
            f"From: Person {said.author} <p{said.author}@example.org>\nTo: garden@example.org\nSubject: {'Re: ' if answers else ''}[garden] Plan {said.root}\n"
            f"Date: {format_datetime(when)}\nMessage-ID: <m{said.number}@example.org>\n{answers}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
            f"List-Id: The garden <garden.example.org>\n\n{body}\n\n> {body[:60]}\n\n-- \nPerson {said.author}\n\n"
        ).encode())  # fmt: skip
        if out.tell() > most:
            return


def log(out: IO[bytes], most: int) -> None:
    """A log of interactions."""
    import io

    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(["time", "actor", "group", "type", "text", "id", "parent"])
    for said in messages():
        reply = said.root != said.number
        writer.writerow([_iso(said.at), f"p{said.author}", f"c{said.place}", "reply" if reply else "message", said.text, said.number, said.root if reply else ""])
        if out.tell() > most:
            break
    text.detach()


KINDS: dict[str, tuple[str, Callable[[IO[bytes], int], None]]] = {
    "mattermost": ("jsonl", mattermost), "discord": ("json", discord), "discord_page": ("html", discord_page), "discourse": ("ndjson", discourse),
    "mailbox": ("mbox", mbox), "log": ("csv", log), **networks.WRITERS,
}  # fmt: skip
"""Kind → ending of its file, and what writes at least so many bytes of it."""


def made(kind: str, megabytes: int) -> Path:
    """A file of a kind, of so many MB."""
    FOLDER.mkdir(exist_ok=True)
    ending, write = KINDS[kind]
    path = FOLDER / f"{kind}-{megabytes}.{ending}"
    if not path.exists():
        beside = path.with_suffix(".part")
        with beside.open("wb") as out:
            write(out, megabytes * 1_000_000)
        beside.replace(path)
    return path
