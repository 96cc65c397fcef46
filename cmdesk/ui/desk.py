"""What the person at this desk prefers: a live copy of the settings, saved at each change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import settings as stored
from cmdesk.core.errors import FileProblem
from cmdesk.core.settings import Settings

_RECENT_AT_MOST = 8


class Desk:
    """`settings` as they are now; `problem` is a sentence where the file could not be read."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.settings: Settings
        self.settings, self.problem = stored.load(path)

    def change(self, **values: Any) -> None:
        """Set and save; FileProblem if they cannot be written."""
        self.settings = msgspec.structs.replace(self.settings, **values)
        stored.save(self.settings, self.path)

    def remember(self, key: str, text: str) -> None:
        """Keep a trifle of the window; not being able to is no reason to trouble anybody."""
        if self.settings.window.get(key) == text:
            return
        try:
            self.change(window={**self.settings.window, key: text})
        except FileProblem:
            pass

    def recall(self, key: str, default: str = "") -> str:
        """A trifle kept earlier."""
        return self.settings.window.get(key, default)

    def recent(self) -> list[Path]:
        """Communities opened lately that are still there, newest first."""
        return [path for path in map(Path, self.settings.recent) if path.is_file()]

    def opened(self, path: Path) -> None:
        """Put `path` in front of the recent ones."""
        here = str(path.absolute())
        try:
            self.change(recent=(here, *[each for each in self.settings.recent if each != here])[:_RECENT_AT_MOST])
        except FileProblem:
            pass

    def forget(self, path: Path) -> None:
        """Take `path` out of the recent ones."""
        here = str(path.absolute())
        try:
            self.change(recent=tuple(each for each in self.settings.recent if each != here))
        except FileProblem:
            pass
