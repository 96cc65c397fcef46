"""One table decides whose fault an SQLite error is: the world's (StoreProblem, with what to do) or ours (it goes on as it is)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cmdesk.core.errors import StoreProblem

_WORLD = {
    "SQLITE_BUSY": ("another program is changing it", "Close the other program or wait a moment, then try again."),
    "SQLITE_LOCKED": ("another program is changing it", "Close the other program or wait a moment, then try again."),
    "SQLITE_READONLY": ("it is read-only", "Copy it to a folder where you may write, and open the copy."),
    "SQLITE_PERM": ("you have no permission", "Check the permissions of the file and its folder."),
    "SQLITE_CANTOPEN": ("it or its folder cannot be opened", "Check that the file exists and that you may write in its folder."),
    "SQLITE_FULL": ("the disk is full", "Free some space; nothing was changed."),
    "SQLITE_IOERR": ("the disk could not be read or written", "Check the disk or the network share; nothing was changed."),
    "SQLITE_CORRUPT": ("it is damaged", "Restore a copy of it; the damaged file was not changed."),
    "SQLITE_NOTADB": ("it is not a community file", "Choose a file that cmdesk made."),
    "SQLITE_TOOBIG": ("a value in it is too large", "Restore a copy of it."),
    "SQLITE_NOMEM": ("memory ran out", "Close other programs and try again."),
}


def store_problem(error: Exception, path: Path) -> StoreProblem | None:
    """The StoreProblem that an SQLite error stands for, None where it is a bug of ours (a wrong statement, a broken constraint)."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for code, (what, hint) in _WORLD.items():
        if name == code or name.startswith(code + "_"):
            return StoreProblem(f"{path.name}: {what}.", hint, details=f"{name}: {error}")
    if isinstance(error, sqlite3.DatabaseError) and not name and "not a database" in str(error):
        return StoreProblem(f"{path.name}: it is not a community file.", "Choose a file that cmdesk made.")
    return None
