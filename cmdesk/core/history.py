"""What the user did, in order: the undo stack and the audit trail. Append-only: an undo appends the inverse, or is refused naming the later
change in its way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cmdesk.core import derived
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _
from cmdesk.core.when import now

_KEYS = {
    "goals": ("group_ref", "goal"), "edits": ("kind", "ref", "field"), "settings": ("key",), "notes": ("day", "text"), "named_views": ("page", "name"), "goal_models": ("id",),
    "made_groups": ("ref",),
    "links": ("one", "other"),
    "entries": ("about", "ref", "field", "day"),
}


class RowChange(msgspec.Struct, frozen=True):
    """One row of a table of commands, before and after (None: not there)."""

    table: str
    key: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class HistoryRow(msgspec.Struct, frozen=True):
    """A line of the history. `state`: "done", "undone", "replaced" (undone, and
    something else was done since), or "undo"/"redo" for a line that records one; `at` in µs UTC."""

    id: int
    at: int
    kind: str
    title: str
    effect: str
    state: str

    @property
    def undone(self) -> bool:
        """True if this was taken back."""
        return self.state in ("undone", "replaced")


class Imported(msgspec.Struct, frozen=True):
    """What history keeps of an import, to undo it by its id and to do it again from the same file. `at` is when it was made (µs UTC); `again`: it
    took the place of what an earlier line imported under the same id."""

    import_id: int
    paths: tuple[str, ...]
    importer: str
    options: dict[str, str]
    sha256: str
    at: int
    again: bool = False


def changes_of(text: str) -> list[RowChange]:
    """The row changes that a line of history keeps."""
    return msgspec.json.decode(text, type=list[RowChange])


def import_of(text: str) -> int:
    """The id of the import that a line of history keeps."""
    return _imported(text).import_id


def rows(connection: sqlite3.Connection) -> list[HistoryRow]:
    """The whole history, newest first."""
    found = connection.execute("SELECT id, at, kind, title, effect, state FROM history ORDER BY id DESC")
    return [HistoryRow(*row) for row in found]


def record(connection: sqlite3.Connection, kind: str, title: str, effect: str, changes: Any) -> int:
    """Append a done command, in the caller's transaction; what was undone before can then no longer be redone."""
    connection.execute("UPDATE history SET state = 'replaced' WHERE state = 'undone'")
    connection.execute("DELETE FROM shelved WHERE entry IN (SELECT id FROM history WHERE state = 'replaced')")
    text = msgspec.json.encode(changes).decode()
    cursor = connection.execute(
        "INSERT INTO history (at, kind, title, effect, changes, undoes, state) VALUES (?,?,?,?,?,NULL,'done')",
        (now(), kind, title, effect, text),
    )
    return int(cursor.lastrowid or 0)


def command(community: Community, kind: str, title: str, changes: Sequence[RowChange], *, tables: Sequence[str]) -> None:
    """Carry out row changes as one undoable command."""
    with community.writing(*tables, "history") as connection:
        for change in changes:
            _apply(connection, change, forward=True)
        record(connection, kind, title, "", list(changes))
        derived.rebuild(connection, tables)


def change(connection: sqlite3.Connection, table: str, key: dict[str, Any], after: dict[str, Any] | None) -> RowChange:
    """A RowChange from what the row is now to `after`."""
    return RowChange(table, key, _row(connection, table, key), after)


def undo(community: Community) -> str:
    """Take the newest standing command back and return its title; CmdeskError if there is none."""
    with community.reading() as connection:
        row = connection.execute("SELECT id, kind, title, changes FROM history WHERE state = 'done' ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        raise CmdeskError(_("There is nothing to undo."), _("`cmdesk history FILE` lists what was done."))
    entry, kind, title, changes = row
    if kind == "import":
        imported = _imported(changes)
        if imported.again:
            from cmdesk.core.importing import replacing

            replacing.undo(community, entry, title, imported.import_id)
        else:
            _undo_import(community, [entry], title, imported)
    else:
        _reverse(community, entry, title, msgspec.json.decode(changes, type=list[RowChange]), forward=False)
    return str(title)


def redo(community: Community, import_again: Callable[[Imported, int], None]) -> str:
    """Do the command again that was undone last, and return its title. `import_again(imported, entry)` repeats an import from its file and
    notes it with `renew`. CmdeskError if nothing was undone, or if something was done since."""
    with community.reading() as connection:
        row = connection.execute(
            "SELECT e.id, e.kind, e.title, e.changes FROM history u JOIN history e ON e.id = u.undoes"
            " WHERE u.state = 'undo' AND e.state = 'undone' ORDER BY u.id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        raise CmdeskError(_("There is nothing to redo."), _("Nothing was undone, or something was done since."))
    entry, kind, title, changes = row
    if kind == "import":
        import_again(_imported(changes), entry)
    else:
        _reverse(community, entry, title, msgspec.json.decode(changes, type=list[RowChange]), forward=True)
    return str(title)


def renew(connection: sqlite3.Connection, entry: int, imported: Imported) -> None:
    """Note that an undone import stands again, in the caller's transaction; so do the lines before it that were undone with it."""
    lines = connection.execute("SELECT id, changes FROM history WHERE kind = 'import' AND state = 'undone' AND id <= ?", (entry,)).fetchall()
    own = [(line,) for line, changes in lines if import_of(changes) == imported.import_id]
    connection.executemany("UPDATE history SET state = 'done' WHERE id = ?", own)
    _note(connection, "redo", connection.execute("SELECT title FROM history WHERE id = ?", (entry,)).fetchone()[0], entry)


def undo_import(community: Community, import_id: int) -> str:
    """Take one import back, the newest or an older one, also where it was read again since, and return its title."""
    with community.reading() as connection:
        found = connection.execute("SELECT id, title, changes FROM history WHERE kind = 'import' AND state = 'done' ORDER BY id").fetchall()
    lines = [(entry, title, imported) for entry, title, changes in found if (imported := _imported(changes)).import_id == import_id]
    if not lines:
        raise CmdeskError(
            _("There is no import {import_id} to undo.").format(import_id=import_id), _("`cmdesk show FILE imports` lists them.")
        )
    _entry, title, imported = lines[-1]
    _undo_import(community, [entry for entry, _title, _imported in lines], title, imported)
    return str(title)


def _imported(changes: str) -> Imported:
    return msgspec.json.decode(changes, type=Imported)


def _undo_import(community: Community, entries: Sequence[int], title: str, imported: Imported) -> None:
    """Retract an import, which `entries` of history made; the last of them is noted as undone, and redoes all."""
    from cmdesk.core.importing import zones
    from cmdesk.core.importing.undo import retract

    tables = ("facts", "members", "groups", "imports", "history")
    with community.pragma("foreign_keys=OFF", "foreign_keys=ON"), community.writing(*tables) as connection:
        zones.lift(connection)
        retract(connection, imported.import_id)
        zones.lay(connection)
        derived.rebuild(connection, tables)
        check_references(connection)
        connection.executemany("UPDATE history SET state = 'undone' WHERE id = ?", [(entry,) for entry in entries])
        note_undo(connection, title, entries[-1])
    community.checkpoint()


def check_references(connection: sqlite3.Connection) -> None:
    """AssertionError (a bug of ours) if a fact points at one that is gone."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise AssertionError(f"taking an import back left a loose end: {broken}")


def note_undo(connection: sqlite3.Connection, title: str, entry: int) -> None:
    """Note in the caller's transaction that `entry` is undone."""
    connection.execute("UPDATE history SET state = 'undone' WHERE id = ?", (entry,))
    _note(connection, "undo", title, entry)


def _reverse(community: Community, entry: int, title: str, changes: Sequence[RowChange], *, forward: bool) -> None:
    tables = ["history", *{_TOUCHES.get((change.table, change.key.get("kind", "")), change.table) for change in changes}]
    if "times" in tables:
        tables += ["facts", "members", "groups", "imports"]
    if any(change.table == "entries" and names_group(change.key["about"], change.key["field"]) for change in changes):
        tables.append("groups")
    with community.writing(*tables) as connection:
        for row_change in changes if forward else reversed(changes):
            _apply(connection, row_change, forward=forward)
        derived.rebuild(connection, tables)
        connection.execute("UPDATE history SET state = ? WHERE id = ?", ("done" if forward else "undone", entry))
        _note(connection, "redo" if forward else "undo", title, entry)


_TOUCHES = {
    ("edits", "member"): "members", ("edits", "group"): "groups", ("edits", "assessment"): "assessments", ("made_groups", ""): "groups",
    ("links", ""): "members", ("edits", "import"): "times",
}


def names_group(about: str, field: str) -> bool:
    """True for what is filled in and stands in the table of groups."""
    return about == "group" and field in ("owner", "purpose")


def _note(connection: sqlite3.Connection, what: str, title: str, entry: int) -> None:
    """Append the line that says that `entry` was undone or redone."""
    connection.execute(
        "INSERT INTO history (at, kind, title, effect, changes, undoes, state) VALUES (?, ?, ?, '', '[]', ?, ?)",
        (now(), what, title, entry, what),
    )


def _apply(connection: sqlite3.Connection, row_change: RowChange, *, forward: bool) -> None:
    """Bring one row from its before to its after, or back; CmdeskError if somebody changed it since."""
    expected, wanted = (row_change.before, row_change.after) if forward else (row_change.after, row_change.before)
    if _row(connection, row_change.table, row_change.key) != expected:
        name = " ".join(str(value) for value in row_change.key.values())
        raise CmdeskError(_("A later change of {name} is in the way.").format(name=name), _("Undo the later change first."))
    where = " AND ".join(f"{column} = ?" for column in _KEYS[row_change.table])
    keys = [row_change.key[column] for column in _KEYS[row_change.table]]
    connection.execute(f"DELETE FROM {row_change.table} WHERE {where}", keys)
    if wanted is not None:
        values = {**row_change.key, **wanted}
        marks = ",".join("?" * len(values))
        connection.execute(f"INSERT INTO {row_change.table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _row(connection: sqlite3.Connection, table: str, key: dict[str, Any]) -> dict[str, Any] | None:
    where = " AND ".join(f"{column} = ?" for column in _KEYS[table])
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {where}", [key[column] for column in _KEYS[table]])
    row = cursor.fetchone()
    if row is None:
        return None
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True) if column[0] not in key}
