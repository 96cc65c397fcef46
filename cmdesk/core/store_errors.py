"""One table decides whose fault an SQLite error is: the world's (StoreProblem, with what to do) or ours (it goes on as it is)."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from cmdesk.core.errors import StoreProblem
from cmdesk.core.text import N_, _

_WORLD = {
    "SQLITE_BUSY": (N_("another program is changing it"), N_("Close the other program or wait a moment, then try again.")),
    "SQLITE_LOCKED": (N_("another program is changing it"), N_("Close the other program or wait a moment, then try again.")),
    "SQLITE_READONLY": (N_("it is read-only"), N_("Copy it to a folder where you may write, and open the copy.")),
    "SQLITE_PERM": (N_("you have no permission"), N_("Check the permissions of the file and its folder.")),
    "SQLITE_CANTOPEN": (N_("it or its folder cannot be opened"), N_("Check that the file exists and that you may write in its folder.")),
    "SQLITE_FULL": (N_("the disk is full"), N_("Free some space; nothing was changed.")),
    "SQLITE_IOERR": (N_("the disk could not be read or written"), N_("Check the disk or the network share; nothing was changed.")),
    "SQLITE_CORRUPT": (N_("it is damaged"), N_("Restore a copy of it; the damaged file was not changed.")),
    "SQLITE_NOTADB": (N_("it is not a community file"), N_("Choose a file that cmdesk made.")),
    "SQLITE_TOOBIG": (N_("a value in it is too large"), N_("Restore a copy of it.")),
    "SQLITE_NOMEM": (N_("memory ran out"), N_("Close other programs and try again.")),
}


_LEAST = 64 << 10
"""Bytes free that SQLite needs beside a file to read it: its shared index takes 32 KiB, and where they are missing it tells of an I/O error."""


def store_problem(error: Exception, path: Path) -> StoreProblem | None:
    """The StoreProblem that an SQLite error stands for, None where it is a bug of ours (a wrong statement, a broken constraint)."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for code, (what, hint) in _WORLD.items():
        if name == code or name.startswith(code + "_"):
            if code == "SQLITE_FULL" or (code == "SQLITE_IOERR" and full(path.absolute().parent)):
                return disk_full(path, f"{name}: {error}")
            return StoreProblem(f"{path.name}: {_(what)}.", _(hint), details=f"{name}: {error}")
    if isinstance(error, sqlite3.DatabaseError) and not name and N_("not a database") in str(error):
        return StoreProblem(_("{name}: it is not a community file.").format(name=path.name), _("Choose a file that cmdesk made."))
    return None


def disk_full(path: Path, details: str = "") -> StoreProblem:
    """The problem of a community file for which there is no room."""
    what, hint = _WORLD["SQLITE_FULL"]
    return StoreProblem(f"{path.name}: {_(what)}.", _(hint), details=details)


def full(folder: Path) -> bool:
    """True where SQLite could not even read a file of this folder in the usual way."""
    try:
        return _free(folder) < _LEAST
    except OSError:
        return False


def _free(folder: Path) -> int:
    if hasattr(os, "statvfs"):  # each start asks; shutil brings all that packs and unpacks along
        disk = os.statvfs(folder)
        return disk.f_bavail * disk.f_frsize
    import shutil

    return shutil.disk_usage(folder).free
