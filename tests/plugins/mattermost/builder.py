"""Mattermost bulk exports built line by line, and read by the importer with its ledger checked."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from cmdesk.plugins.mattermost import plugin
from tests.plugins.stating import Stated

START = 1_700_000_000_000  # ms; 2023-11-14
PLACE = "club/general"


def ms(number: int) -> int:
    """The time of the post of this number."""
    return START + number * 60_000


def key(number: int, user: str, place: str = PLACE) -> str:
    """The key of a post."""
    return f"{place}:{ms(number)}:{user}"


def user(name: str, *channels: str, roles: str = "system_user", team_roles: str = "team_user", **more: Any) -> dict[str, Any]:
    """A user line, of somebody who is in channels of the team club."""
    teams = [{"name": "club", "roles": team_roles, "channels": [{"name": channel, "roles": "channel_user"} for channel in channels]}]
    return {"type": "user", "user": {"username": name, "email": f"{name}@example.org", "roles": roles, "nickname": "", "first_name": name.title(),
                                     "last_name": "", "position": "", "teams": teams, **more}}  # fmt: skip


def post(number: int, name: str = "ann", text: str = "Hello", channel: str = "general", **more: Any) -> dict[str, Any]:
    """A post line as version 10 and later write it."""
    return {"type": "post", "post": {"team": "club", "channel": channel, "user": name, "type": "", "message": text, "props": {}, "create_at": ms(number),
                                     "edit_at": 0, "reactions": None, "replies": None, "attachments": None, **more}}  # fmt: skip


def reply(number: int, name: str = "bob", text: str = "Yes", **more: Any) -> dict[str, Any]:
    """A reply, as it is nested in a post."""
    return {"user": name, "type": "", "message": text, "create_at": ms(number), "edit_at": 0, "reactions": None, **more}


def team(**more: Any) -> dict[str, Any]:
    return {"type": "team", "team": {"name": "club", "display_name": "The Club", "type": "O", "description": "For all", **more}}


def channel(name: str = "general", **more: Any) -> dict[str, Any]:
    return {"type": "channel", "channel": {"team": "club", "name": name, "display_name": name.title(), "type": "O", "header": "", "purpose": "", **more}}


VERSION: dict[str, Any] = {"type": "version", "version": 1, "info": {"generator": "mattermost-server", "version": "11.1.0", "created": "2025-12-01"}}
HEAD: list[dict[str, Any]] = [VERSION, team(), channel(), user("ann", "general"), user("bob", "general")]


def lines(*more: Any, head: list[dict[str, Any]] = HEAD) -> bytes:
    """An export: the lines of `head`, then `more`; text stands as it is."""
    return b"".join((line if isinstance(line, str) else json.dumps(line)).encode() + b"\n" for line in [*head, *more])


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(path: Path, content: bytes, inside: str = "", name: str = "import.jsonl") -> Path:
    """The zip that mmctl gives, with what operating systems add to it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside + name, content)
        archive.writestr(inside + "data/20240101/teams/noteam/channels/x/users/y/z/picture.png", b"\x89PNG\r\n")
        archive.writestr(inside + "data/exported_emoji/abc/image.gif", b"GIF89a")
        archive.writestr(f"__MACOSX/{inside}._{name}", b"\0\5\x16\7")
        archive.writestr(inside + ".DS_Store", b"\0\0\0\1Bud1")
    return path
