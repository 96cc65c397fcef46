"""Any sequence of imports, undos, redos, edits, goals and decisions on who is the same: the community equals one that never had what was undone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cmdesk.core import dump, edits, goals, history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Group, Membership, Origin, Person, Post, Record
from cmdesk.core.same_person import decisions
from tests.core.importing.stating import import_records, import_records_again

_people = st.sampled_from("abc")
_sources = st.sampled_from("st")
_records = st.one_of(
    st.builds(Person, _people, name=st.sampled_from(["", "Ann Lee", "Bo Ray"]), email=st.sampled_from(["", "x@y.zz", "v@w.zz"]), unit=st.sampled_from(["", "U"])),
    st.builds(Group, st.sampled_from("gh"), st.sampled_from(["", "G1", "G2"])),
    st.builds(Membership, _people, st.sampled_from("gh")),
    st.builds(Post, st.sampled_from("123"), author=_people, group=st.sampled_from("gh"), at=st.integers(0, 4).map(lambda day: day * 86_400_000_000)),
)  # fmt: skip
Command = tuple[str, dict[str, Any], dict[str, Any] | None]


def state(community: Community) -> list[object]:
    """The dump, and what is derived from it by key."""
    with community.reading() as connection:
        members = connection.execute(
            "SELECT m.ref, m.name, m.unit, m.identities, m.first_seen, m.last_seen, m.opted_out FROM members m ORDER BY 1"
        ).fetchall()
        groups = connection.execute("SELECT ref, name, members, posts FROM groups ORDER BY 1").fetchall()
        return [*dump.text(connection), *members, *groups]


class Undoing(RuleBasedStateMachine):
    """`standing` and `undone` are what a plain model says: each an import (its records) or a command (row changes)."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.community = Community.create(self.path / "a.cmdesk", "C")
        self.standing: list[tuple[str, Any]] = []
        self.undone: list[tuple[str, Any]] = []
        self.ids: dict[int, int] = {}

    def teardown(self) -> None:
        self.community.close()
        self.folder.cleanup()

    def _did(self, kind: str, what: Any) -> None:
        self.standing.append((kind, what))
        self.undone.clear()

    @rule(source=_sources, records=st.lists(_records, min_size=1, max_size=6))
    def imports(self, source: str, records: list[Record]) -> None:
        stated = [Origin("p", source), *records]
        result = import_records(self.community, self.path, stated)
        assert result.import_id is not None
        self.ids[id(stated)] = result.import_id
        self._did("import", stated)

    def _command(self, do: Any) -> None:
        with self.community.reading() as connection:
            before = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()[0]
        try:
            do()
        except CmdeskError:
            return
        with self.community.reading() as connection:
            row = connection.execute("SELECT changes FROM history WHERE id > ? AND state = 'done'", (before,)).fetchone()
        if row is not None:
            self._did("command", history.changes_of(row[0]))

    @rule(goal=st.sampled_from(["find", "solve"]), importance=st.integers(1, 5))
    def sets_goal(self, goal: str, importance: int) -> None:
        self._command(lambda: goals.set(self.community, 1, goal, importance))

    @rule(place=st.integers(0, 5), unit=st.sampled_from(["", "V", "W"]), out=st.booleans())
    def edits_member(self, place: int, unit: str, out: bool) -> None:
        with self.community.reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM members ORDER BY ref")]
        if ids:
            self._command(lambda: edits.edit_member(self.community, ids[place % len(ids)], unit=unit, opted_out=out or None))

    @rule(one=st.tuples(_sources, _people), other=st.tuples(_sources, _people), same=st.booleans())
    def decides(self, one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
        a, b = (f"p:{source}/{key}" for source, key in (one, other))
        self._command(lambda: decisions.decide(self.community, a, b, same))

    @rule(one=st.tuples(_sources, _people), other=st.tuples(_sources, _people))
    def takes_back(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        a, b = (f"p:{source}/{key}" for source, key in (one, other))
        self._command(lambda: decisions.take_back(self.community, [(a, b)]))

    @precondition(lambda self: self.standing)
    @rule()
    def undoes(self) -> None:
        history.undo(self.community)
        self.undone.append(self.standing.pop())

    @precondition(lambda self: any(kind == "import" for kind, _what in self.standing))
    @rule(place=st.integers(0, 9))
    def undoes_an_import(self, place: int) -> None:
        imports = [entry for entry in self.standing if entry[0] == "import"]
        entry = imports[place % len(imports)]
        history.undo_import(self.community, self.ids[id(entry[1])])
        self.standing = [each for each in self.standing if each[1] is not entry[1]]
        self.undone.append(entry)

    @precondition(lambda self: self.undone)
    @rule()
    def redoes(self) -> None:
        entry = self.undone.pop()

        def again(imported: history.Imported, line: int) -> None:
            result = import_records_again(self.community, self.path, entry[1], imported, line)
            assert result.import_id is not None
            self.ids[id(entry[1])] = result.import_id

        try:
            history.redo(self.community, again)
        except CmdeskError:  # a command whose row was changed by one that stands
            self.undone.append(entry)
            return
        # A redone line keeps its place in history; an import counts as imported now.
        self.standing.append(entry)
        self.standing = self._in_order()

    def _in_order(self) -> list[tuple[str, Any]]:
        with self.community.reading() as connection:
            lines = connection.execute("SELECT kind, changes FROM history WHERE state = 'done' ORDER BY id").fetchall()
        imports = {number: entry for entry in self.standing if entry[0] == "import" for number in (self.ids[id(entry[1])],)}
        commands = [entry for entry in self.standing if entry[0] == "command"]
        ordered = []
        for kind, changes in lines:
            if kind == "import":
                ordered.append(imports[history.import_of(changes)])
            else:
                found = history.changes_of(changes)
                place = next(k for k, entry in enumerate(commands) if entry[1] == found)
                ordered.append(commands.pop(place))
        return ordered

    @invariant()
    def equals_one_that_never_had_the_undone(self) -> None:
        with tempfile.TemporaryDirectory() as name, Community.create(Path(name) / "b.cmdesk", "C") as never:
            for _kind, stated in sorted((e for e in self.standing if e[0] == "import"), key=lambda e: self.ids[id(e[1])]):
                import_records(never, Path(name), stated)
            rows: dict[tuple[str, str], history.RowChange] = {}
            for kind, changes in self.standing:
                for change in changes if kind == "command" else ():
                    rows[change.table, str(sorted(change.key.items()))] = change
            with never.reading() as connection:
                wanted = [history.change(connection, row.table, row.key, row.after) for row in rows.values()]
            if wanted:
                history.command(never, "test", "all", wanted, tables=("members", "groups"))
            assert state(self.community) == state(never)


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
