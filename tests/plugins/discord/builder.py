"""Exports of Discord channels built by hand, and read by the importer with its ledger checked."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from cmdesk.plugins.discord import plugin
from tests.plugins.stating import Stated

START = 1_700_000_000_000  # ms; 2023-11-14
GUILD = "900000000000000001"
GENERAL, FORUM, CATEGORY = "900000000000000010", "900000000000000020", "900000000000000002"
ANN: dict[str, Any] = {"id": "100000000000000001", "name": "ann", "discriminator": "0000", "nickname": "Ann A.", "isBot": False, "roles": []}
BOB: dict[str, Any] = {"id": "100000000000000002", "name": "bob", "discriminator": "1234", "nickname": "Bob", "isBot": False, "roles": []}
BOT: dict[str, Any] = {"id": "100000000000000003", "name": "helper", "discriminator": "0000", "nickname": "helper", "isBot": True}


def snowflake(number: int) -> str:
    """The id of the message of this number, a minute after the one before."""
    return str(((START + number * 60_000) - 1_420_070_400_000) << 22)


def micro(number: int) -> int:
    """Its time in µs."""
    return (START + number * 60_000) * 1_000


def stamp(number: int) -> str:
    """Its time as an exporting machine in Jakarta writes it."""
    from datetime import UTC, datetime, timedelta, timezone

    return datetime.fromtimestamp(micro(number) / 1e6, UTC).astimezone(timezone(timedelta(hours=7))).isoformat()


def message(number: int, author: dict[str, Any] | None = ANN, content: str = "Hello", **more: Any) -> dict[str, Any]:
    """A message, with `more` fields or other values."""
    return {
        "id": snowflake(number), "type": "Default", "timestamp": stamp(number), "timestampEdited": None, "isPinned": False, "content": content,
        "author": author, "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], "inlineEmojis": [], **more,
    }  # fmt: skip


def reply(number: int, to: int, author: dict[str, Any] = BOB, content: str = "Yes", **more: Any) -> dict[str, Any]:
    """A message that answers another."""
    return message(number, author, content, type="Reply", reference={"messageId": snowflake(to), "channelId": GENERAL, "guildId": GUILD}, **more)


def document(messages: list[Any], *, after: str | None = None, guild: dict[str, Any] | None = None, **channel: Any) -> bytes:
    """A JSON export of #general, or of what `channel` says."""
    about = {"id": GENERAL, "type": "GuildTextChat", "categoryId": CATEGORY, "category": "Text", "name": "general", "topic": "All and nothing"}
    return json.dumps({
        "guild": guild or {"id": GUILD, "name": "Club", "iconUrl": "x"}, "channel": {**about, **channel}, "dateRange": {"after": after, "before": None},
        "exportedAt": stamp(99), "messages": messages, "messageCount": len(messages),
    }, indent=2).encode()  # fmt: skip


def thread(messages: list[Any], root: str, name: str = "A thread", kind: str = "GuildPublicThread", parent: str = GENERAL, title: str = "general", **more: Any) -> bytes:
    """A JSON export of a thread below a channel."""
    return document(messages, id=root, type=kind, categoryId=parent, category=title, name=name, topic=None, **more)


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()


def written(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(path: Path, files: dict[str, bytes], inside: str = "") -> Path:
    """A zip with what operating systems add to it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(inside + name, data)
            archive.writestr(f"__MACOSX/{inside}._{name}", b"\0\5\x16\7")
        archive.writestr(inside + ".DS_Store", b"\0\0\0\1Bud1")
    return path
