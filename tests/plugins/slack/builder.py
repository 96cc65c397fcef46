"""Slack exports built by hand, message by message, and read by the importer with its ledger checked."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from cmdesk.plugins.slack import plugin
from tests.plugins.stating import Stated

START = 1_700_000_000  # seconds; 2023-11-14
TEAM = "T00000001"


def ts(number: int) -> str:
    """The `ts` of the message of this number."""
    return f"{START + number * 60}.{number:06}"


def micro(number: int) -> int:
    """Its time in µs."""
    return (START + number * 60) * 1_000_000 + number


class Export:
    """Files of an export by name. `user`, `channel` and `message` add to lists; `files` takes anything else, as bytes."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Any]] = {"users.json": [], "channels.json": []}
        self.days: dict[str, list[Any]] = defaultdict(list)
        self.files: dict[str, bytes] = {}

    def user(self, key: str, name: str = "", *, file: str = "users.json", profile: dict[str, Any] | None = None, **more: Any) -> None:
        name = name or key.lower()
        user = {"id": key, "team_id": TEAM, "name": name, "deleted": False, "profile": {"real_name": name.title(), **(profile or {})}, **more}
        self.lists.setdefault(file, []).append(user)

    def channel(self, key: str, name: str, members: list[str] | None = None, *, file: str = "channels.json", **more: Any) -> None:
        self.lists.setdefault(file, []).append({"id": key, "name": name, "created": START, "members": members or [], **more})

    def message(self, number: int, user: str | None = "UANN00001", text: str = "Hello", *, at: str = "general/2023-11-14.json", **more: Any) -> str:
        """Add a message to the day file `at`; `user` None: none. Returns its `ts`."""
        message = {"type": "message", "text": text, "ts": ts(number), **({} if user is None else {"user": user}), **more}
        self.days[at].append(message)
        return ts(number)

    def contents(self) -> dict[str, bytes]:
        written = {name: json.dumps(value).encode() for name, value in (self.lists | self.days).items()}
        return written | self.files

    def zip(self, path: Path, inside: str = "", noise: bool = False) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.contents().items():
                archive.writestr(inside + name, data)
                if noise:
                    archive.writestr(f"__MACOSX/{inside}{name}".replace(name, "._" + name.rpartition("/")[2]), b"\0\5")
            if noise:
                archive.writestr(inside + ".DS_Store", b"\0\0\0\1Bud1")
        return path

    def folder(self, path: Path) -> Path:
        for name, data in self.contents().items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
        return path


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()


def small() -> Export:
    """Ann and Bob in #general, with nothing said."""
    export = Export()
    export.user("UANN00001", "ann")
    export.user("UBOB00002", "bob")
    export.channel("CGEN00001", "general", ["UANN00001", "UBOB00002"])
    return export
