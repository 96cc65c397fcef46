"""What can go wrong, by whose fault it is (docs/architecture.md §9).

`CmdeskError` and its children say that the world is wrong and the user can act; anything else that escapes is our bug.
"""

from __future__ import annotations

from typing import Any


class CmdeskError(Exception):
    """The world is wrong and the user can act: `message` says what happened, `hint` what to do, `details` is folded away."""

    seen: tuple[Any, ...] = ()
    """The tables (core.reading.seen) that an import looked at before it failed."""

    def __init__(self, message: str, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class FileProblem(CmdeskError):
    """A file on disk cannot be read or written (missing, locked, no permission, disk full …)."""


class ImportProblem(CmdeskError):
    """A source cannot be imported: not recognised, damaged, over a limit, or a reader that failed."""


class Unrecognised(ImportProblem):
    """No importer reads this source."""


class Unknown(Unrecognised):
    """And nobody knows what it is."""


class StoreProblem(CmdeskError):
    """The community file cannot be opened or written as asked."""


class PluginProblem(CmdeskError):
    """A plugin failed; the message names it."""


class Cancelled(Exception):
    """The user asked to stop. Nothing is shown; nothing was changed."""
