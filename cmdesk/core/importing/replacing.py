"""An import read again: it takes its own place, with all that it stated before taken back, as if it had been read so at once. What it stated is put on
a shelf, from which an undo brings it back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cmdesk.core import derived, history
from cmdesk.core.importing import shelf, temporary, zones
from cmdesk.core.importing.blocks import Known, Range
from cmdesk.core.importing.ledger import Records
from cmdesk.core.importing.merge import merge
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.importing.undo import clear, withdraw
from cmdesk.core.progress import Progress

if TYPE_CHECKING:
    from cmdesk.core.community import Community
    from cmdesk.core.importing.job import Job

_TOUCHED = ("facts", "members", "groups", "imports", "history")


class Withdrawn(msgspec.Struct, frozen=True):
    """The import that stood under the number of a new one: when it was made (µs UTC), what it had read, the rows that it left bare
    (`undo.withdraw`), and where its facts are shelved."""

    at: int
    records: Records
    bare: dict[str, list[Range]]
    shelved: Path

    def settle(self, connection: sqlite3.Connection) -> None:
        """After the new one is merged: clear away what nobody mentions any more."""
        clear(connection, self.bare)
        zones.lay(connection)
        derived.rebuild(connection)
        history.check_references(connection)

    def keep(self, connection: sqlite3.Connection, entry: int) -> None:
        """Keep what it stated for the undo of history line `entry`."""
        shelf.keep(connection, entry, self.shelved)
        self.shelved.unlink()


def withdrawn(connection: sqlite3.Connection, job: Job, *, preview: bool) -> Withdrawn | None:
    """Take back what stands under the number that `job` is to have, in the caller's transaction and with zones lifted; None if nothing does.
    For a preview it is not shelved."""
    found = connection.execute("SELECT at, read, used, left_out, set_aside FROM imports WHERE id IS ?", (job.import_id,)).fetchone()
    if found is None or job.import_id is None:
        return None
    at, read, used, left_out, set_aside = found
    path = Path(job.staging).with_name(f"shelf of {Path(job.staging).name}")
    if not preview:
        shelf.take(connection, job.import_id, path)
    bare = withdraw(connection, job.import_id)
    return Withdrawn(at, Records(read, used, msgspec.json.decode(left_out), set_aside), bare, path)


def undo(community: Community, entry: int, title: str, import_id: int) -> None:
    """Put back what an import had stated before history line `entry` read it again."""
    with temporary.folder() as folder:
        path = folder / "staging.db"
        with community.reading() as connection:
            shelf.unpack(connection, entry, path)
        unchecked = community.pragma("foreign_keys=OFF", "foreign_keys=ON")
        with community.attached(path), unchecked, community.writing(*_TOUCHED) as connection:
            zones.lift(connection)
            bare = withdraw(connection, import_id)
            _put_back(connection, import_id)
            clear(connection, bare)
            zones.lay(connection)
            derived.rebuild(connection)
            history.check_references(connection)
            connection.execute("DELETE FROM shelved WHERE entry = ?", (entry,))
            history.note_undo(connection, title, entry)
    community.checkpoint()


def _put_back(connection: sqlite3.Connection, import_id: int) -> None:
    """The import that is attached as "staging", with its ledger as it was."""
    meta = dict(connection.execute("SELECT key, value FROM staging.meta").fetchall())
    row = msgspec.json.decode(meta["import"], type=dict[str, object])
    connection.execute(f"INSERT INTO imports ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    merge(connection, import_id, msgspec.json.decode(meta["summary"], type=Summary), Known(), Progress())
    connection.execute(
        "INSERT INTO set_aside (import_id, place, why, records) SELECT ?, place, why, records FROM staging.set_aside ORDER BY id", (import_id,)
    )
