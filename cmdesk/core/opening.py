"""The way to a community file: look at its header before anything is connected, then open it so that nothing in it can act by itself."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from cmdesk.core import schema
from cmdesk.core.errors import StoreProblem
from cmdesk.core.store_errors import store_problem
from cmdesk.core.text import _

_MAGIC = b"SQLite format 3\x00"
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "pcloud", "box sync")
_BUSY_MS = 5_000
CACHE = -32_000  # KiB of pages, as SQLite is told: below 0


def check_header(path: Path) -> None:
    """Raise StoreProblem unless the first 100 bytes are those of a community file of a format that we know; the file is only read."""
    head = _head(path)
    if not head:
        raise StoreProblem(
            _("{name} is empty (0 bytes).").format(name=path.name), _("Restore a copy of it, or make a new one with `cmdesk new`.")
        )
    if head[:16] != _MAGIC or len(head) < 100:
        raise StoreProblem(
            _("{name} is not a community file.").format(name=path.name),
            _("Choose a file that cmdesk made; import exports with `cmdesk import`."),
        )
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
        raise StoreProblem(_("{name} is a database of another program.").format(name=path.name), _("Choose a file that cmdesk made."))
    version = int.from_bytes(head[60:64], "big")
    if version > schema.FORMAT:
        raise StoreProblem(
            _("{name} was made by a newer cmdesk (format {version}; this one knows {FORMAT}).").format(
                name=path.name, version=version, FORMAT=schema.FORMAT
            ),
            _("Update cmdesk to open it."),
        )
    if version < schema.FORMAT:  # no older format was ever released
        raise StoreProblem(
            _("{name} has the unfinished format {version}, which no released cmdesk wrote.").format(name=path.name, version=version),
            _("Make a new file and import the exports into it."),
        )


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise StoreProblem(_("{name} is a folder, not a community file.").format(name=path.name), _("Choose a .cmdesk file."))
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError:
        raise StoreProblem(_("{path} does not exist.").format(path=path), _("Check the name, or make it with `cmdesk new`.")) from None
    except PermissionError:
        raise StoreProblem(
            _("{name} cannot be opened: you have no permission.").format(name=path.name), _("Check the permissions of the file.")
        ) from None
    except OSError as error:
        raise StoreProblem(
            _("{name} cannot be opened: {error}.").format(name=path.name, error=error.strerror or error), _("Check the name and the disk.")
        ) from None


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in `mode` ("rw", "ro", or "immutable" for a medium on which nothing can be written); never creates a file."""
    flags = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"file:{quote(os.fspath(path.absolute()), safe='/:')}?{flags}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000)
    except sqlite3.Error as error:
        raise store_problem(error, path) or error from error
    try:
        for pragma in (
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "foreign_keys=ON",
            "mmap_size=0",
            "temp_store=MEMORY",
            f"cache_size={CACHE}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: a message of SQLite that quotes damaged text
        connection.close()
        raise store_problem(error, path) or _damaged(path, error) from error
    return connection


def reading_mode(path: Path) -> str:
    """How to look at a file without leaving anything beside it: "ro" where its last changes may still be in the log of another program."""
    try:
        logged = path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        logged = False
    return "ro" if logged else "immutable"


def checked(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in `mode` to a file that is sound; in "rw" with its journal as it must be."""
    connection = connect(path, mode)
    try:
        check_content(connection, path)
        if mode == "rw":
            set_journal(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise store_problem(error, path) or error from error
    except BaseException:
        connection.close()
        raise
    return connection


def check_content(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreProblem if the file is damaged or holds code of somebody else (a trigger, a view, another table)."""
    try:
        odd = schema.foreign_objects(connection)
        result = connection.execute("PRAGMA quick_check(1)").fetchone()[0] if not odd else "ok"
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise store_problem(error, path) or _damaged(path, error) from error
    if odd:
        shown = ", ".join(odd[:5])
        raise StoreProblem(
            _("{name} is not built as cmdesk builds it ({shown}).").format(name=path.name, shown=shown),
            _("It was not opened. Restore a copy of it."),
        )
    if result != "ok":
        raise _damaged(path, result)


def _damaged(path: Path, details: object) -> StoreProblem:
    return StoreProblem(
        _("{name} is damaged.").format(name=path.name), _("Restore a copy of it; the damaged file was not changed."), details=str(details)
    )


def set_journal(connection: sqlite3.Connection, path: Path) -> None:
    """WAL on a local disk; TRUNCATE where WAL is refused or another machine may look at the folder. Always synchronous=FULL."""
    connection.execute("PRAGMA secure_delete=ON")
    shared = any(name in part.lower() for part in path.absolute().parts for name in _SYNCED)
    wanted = "TRUNCATE" if shared else "WAL"
    got = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0]
    if got.upper() != wanted:
        connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=FULL")
