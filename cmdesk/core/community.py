"""An open community file: who may read, who may write, and who is told."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core import opening, schema
from cmdesk.core.changes import Changes
from cmdesk.core.errors import StoreProblem
from cmdesk.core.store_errors import disk_full, full, store_problem
from cmdesk.core.text import _

ROOT_REF = "community"
"""The platform key of the root group."""


class Community:
    """One open `.cmdesk` file. Reads run on fresh connections in any thread; writes are one at a time, each one transaction."""

    def __init__(self, path: Path, connection: sqlite3.Connection, refusal: StoreProblem | None = None) -> None:
        """`refusal` is what to tell whoever wants to write; None where that is possible."""
        self.path = path
        self.changed: list[Callable[[Changes], None]] = []
        self._connection = connection
        self._refusal = refusal
        self._lock = threading.RLock()
        self._open = True
        self._identity = _file_identity(path)

    @classmethod
    def create(cls, path: Path, name: str = "") -> Community:
        """A new file at `path` (StoreProblem if there is one already) with the root group named `name` or like the file."""
        path = Path(path)
        if path.exists() or path.is_symlink():
            raise StoreProblem(_("{name} exists already.").format(name=path.name), _("Choose another name, or open it."))
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            os.close(descriptor)
        except OSError as error:
            raise StoreProblem(
                _("{name} cannot be made: {error}.").format(name=path.name, error=error.strerror or error),
                _("Check the folder and its permissions."),
            ) from None
        try:
            connection = opening.connect(path, "rw")
            try:
                schema.create(connection)
                _first_rows(connection, name.strip() or path.stem)
                opening.set_journal(connection, path)
            except BaseException:
                connection.close()
                raise
        except BaseException as error:
            for leftover in (
                path,
                path.with_name(path.name + "-wal"),
                path.with_name(path.name + "-shm"),
                path.with_name(path.name + "-journal"),
            ):
                leftover.unlink(missing_ok=True)
            if isinstance(error, sqlite3.Error):
                raise store_problem(error, path) or error from error
            raise
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> Community:
        """Open an existing file; read-only where it or its folder cannot be written, or the disk is full. StoreProblem says what is
        wrong with it."""
        path = Path(path)
        opening.check_header(path)
        folder = path.absolute().parent
        if not (os.access(path, os.W_OK) and os.access(folder, os.W_OK)):
            refusal = StoreProblem(_("{name} is read-only here.").format(name=path.name), _("Copy it to a folder where you may write, and open the copy."))
        elif full(folder):
            refusal = disk_full(path)
        else:
            return cls(path, opening.checked(path, "rw"))
        return cls(path, opening.checked(path, opening.reading_mode(path)), refusal)

    def close(self) -> None:
        """Write everything into the one file and let it go; closing twice does nothing."""
        with self._lock:
            if self._open and self._refusal is None:
                self._checkpoint()
            self._open = False
            self._connection.close()

    def __enter__(self) -> Community:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The community's name."""
        return str(self.setting("name", self.path.stem))

    @property
    def zone(self) -> str:
        """The IANA name of the time zone in which days begin."""
        return str(self.setting("zone", "UTC"))

    @property
    def read_only(self) -> bool:
        """True where the file or its folder cannot be written, or the disk was full."""
        return self._refusal is not None

    def setting(self, key: str, default: Any = None) -> Any:
        """A value kept in the file."""
        with self.reading() as connection:
            return setting(connection, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a value in the file (not undoable: the desk's own memory, such as the pseudonym key)."""
        with self.writing("settings") as connection:
            put_setting(connection, key, value)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A fresh read-only connection in one read transaction: what it sees does not move."""
        connection = opening.connect(self.path, opening.reading_mode(self.path) if self._refusal else "ro")
        try:
            connection.execute("BEGIN")
            yield connection
        except sqlite3.Error as error:
            raise store_problem(error, self.path) or error from error
        finally:
            connection.close()

    @contextmanager
    def writing(self, *tables: str) -> Iterator[sqlite3.Connection]:
        """The writing connection in BEGIN IMMEDIATE … COMMIT; anything raised rolls back. `tables` are told to `changed`."""
        with self._lock:
            self._check_place()
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise store_problem(error, self.path) or error from error
        if tables:
            told = Changes(frozenset(tables))
            for listener in list(self.changed):
                listener(told)

    @contextmanager
    def pragma(self, statement: str, back: str) -> Iterator[None]:
        """Run with another setting of the writing connection (it cannot be changed inside a transaction)."""
        with self._lock:
            self._connection.execute(f"PRAGMA {statement}")
            try:
                yield
            finally:
                self._connection.execute(f"PRAGMA {back}")

    @contextmanager
    def attached(self, path: Path) -> Iterator[None]:
        """With the staging file `path` attached as "staging" to the writing connection."""
        with self._lock:
            self._connection.execute("ATTACH DATABASE ? AS staging", (os.fspath(path),))
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._connection.execute("DETACH DATABASE staging")

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file, so that the file stands alone."""
        with self._lock:
            self._checkpoint()

    def _checkpoint(self) -> None:
        # A reader of another process may hold the log open; then it is folded in by whoever closes last.
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if not (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise

    def _check_place(self) -> None:
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        if _file_identity(self.path) != self._identity:
            raise StoreProblem(
                _("{name} was moved or replaced while it was open.").format(name=self.path.name),
                _("Nothing was written. Open it again, and compare it with your copy."),
            )


def setting(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """A value of the settings table, `default` where it is not set."""
    row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    try:
        return default if row is None else msgspec.json.decode(row[0])
    except msgspec.DecodeError as error:
        raise StoreProblem(
            _("The setting {key} of this community is damaged.").format(key=key), _("Restore a copy of the file."), str(error)
        ) from None


def put_setting(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Set a value of the settings table."""
    text = msgspec.json.encode(value).decode()
    connection.execute("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, text))


SIMULATED_KEY = "TSIMULATED"
"""The platform key of every simulated source begins with this; no platform gives out such a key."""


def simulated(connection: sqlite3.Connection) -> bool:
    """True where the community's people and messages are invented, wholly or in part: it was made so, or a simulated export is in it."""
    if setting(connection, "simulated", False):
        return True
    found = connection.execute("SELECT 1 FROM sources WHERE key LIKE ? LIMIT 1", (SIMULATED_KEY + "%",)).fetchone()
    return found is not None


def _first_rows(connection: sqlite3.Connection, name: str) -> None:
    import secrets  # only a new community needs it

    connection.execute("BEGIN IMMEDIATE")
    put_setting(connection, "name", name)
    put_setting(connection, "zone", "UTC")
    put_setting(connection, "pseudonym_key", secrets.token_hex(32))
    connection.execute(
        "INSERT INTO groups (id, source_id, key, stated, facts, ref, parent_id, name, kind, purpose, owner)"
        " VALUES (?, NULL, '', 1, '{}', ?, NULL, ?, 'community', '', '')",
        (schema.ROOT, ROOT_REF, name),
    )
    connection.execute("COMMIT")


def _file_identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


class Opening:
    """A community file that is opened in a thread of its own, so that a program can load its window while the file is looked through."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._community: Community | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="cmdesk opening", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._community = Community.open(self.path)
        except BaseException as error:  # noqa: BLE001 -- told to whoever asks for the result
            self._error = error

    @property
    def ended(self) -> bool:
        """True once the result is there."""
        return not self._thread.is_alive()

    def result(self) -> Community:
        """The open community, waited for; StoreProblem says what is wrong with the file."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._community is not None
        return self._community
