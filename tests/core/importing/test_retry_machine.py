"""Any sequence of imports, readings again, undos and redos: the community equals one in which each import that stands was read at once as it was read last."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cmdesk.core import history
from cmdesk.core.community import Community
from cmdesk.core.records import (
    Accepted,
    Asked,
    Attendance,
    Group,
    Membership,
    Origin,
    Page,
    Person,
    Post,
    Rating,
    Reaction,
    Record,
    Share,
    StatedTie,
    Viewing,
)
from tests.core.importing.stating import import_records
from tests.core.importing.test_undo_machine import state

_people, _groups, _posts = st.sampled_from("abc"), st.sampled_from(["", "g", "h"]), st.sampled_from("123")
_times = st.one_of(st.none(), st.integers(0, 3).map(lambda day: day * 86_400_000_000))
_records = st.one_of(
    st.builds(Person, _people, name=st.sampled_from(["", "Ann Lee", "Bo Ray"]), unit=st.sampled_from(["", "U"])),
    st.builds(Group, st.sampled_from("gh"), st.sampled_from(["", "G1", "G2"]), parent=_groups),
    st.builds(Membership, _people, _groups, joined=_times, audience=st.booleans()),
    st.builds(
        Post, _posts, author=_people, group=_groups, at=_times, text=st.sampled_from(["", "Why?"]), reply_author=st.sampled_from(["", "c"]),
        mentions=st.sampled_from([(), ("b",), ("a", "c")]), title=st.sampled_from(["", "T"]), local=st.booleans(),
    ),
    st.builds(Reaction, _posts, _people, at=_times, local=st.booleans()), st.builds(Accepted, _posts, _people, at=_times), st.builds(Viewing, _posts, _people, at=_times),
    st.builds(Share, _posts, _people, _groups, at=_times),
    st.builds(Page, st.sampled_from("pq"), _groups, _people, st.sampled_from(["", "P"]), updated=_times),
    st.builds(Attendance, st.sampled_from("ef"), _people, _groups, at=_times),
    st.builds(Rating, _people, st.sampled_from("ij"), st.sampled_from([0.0, 1.0]), st.sampled_from(["", "g"]), at=_times),
    st.builds(StatedTie, _people, _people, st.sampled_from(["", "advice"]), st.sampled_from([1.0, 2.0]), at=_times, local=st.booleans()),
    st.builds(Asked, _people, st.just("advice"), st.booleans(), st.sampled_from(["", "b"]), at=_times),
)  # fmt: skip


def _with_their_posts(records: list[Record]) -> list[Record]:
    """An export in which every post is that it speaks of: what an import set aside for want of a post comes in when that one is read again."""
    stated = {record.key for record in records if isinstance(record, Post)}
    wanted = {record.post for record in records if isinstance(record, Reaction | Accepted | Viewing | Share)}
    return [*(Post(key, author="a", at=0) for key in sorted(wanted - stated)), *records]


_exports = st.lists(_records, min_size=1, max_size=7).map(_with_their_posts)


@dataclass(eq=False)
class Line:
    """A line of the history: an import, or the same read again."""

    number: int
    stated: list[Record]
    done: bool = True


class Rereading(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.community = Community.create(self.path / "a.cmdesk", "C")
        self.lines: list[Line] = []
        self.undone: list[Line] = []

    def teardown(self) -> None:
        self.community.close()
        self.folder.cleanup()

    def _standing(self) -> dict[int, list[Record]]:
        return {line.number: line.stated for line in self.lines if line.done}

    def _did(self, stated: list[Record], number: int | None) -> None:
        result = import_records(self.community, self.path, stated, keep_text=True, import_id=number)
        assert result.import_id is not None and number in (None, result.import_id)
        self.lines = [line for line in self.lines if line.done]
        self.lines.append(Line(result.import_id, stated))
        self.undone.clear()

    @rule(source=st.sampled_from("st"), records=_exports)
    def imports(self, source: str, records: list[Record]) -> None:
        self._did([Origin("p", source), *records], None)

    @precondition(lambda self: self._standing())
    @rule(source=st.sampled_from("st"), records=_exports, place=st.integers(0, 9))
    def reads_again(self, source: str, records: list[Record], place: int) -> None:
        numbers = sorted(self._standing())
        self._did([Origin("p", source), *records], numbers[place % len(numbers)])

    @precondition(lambda self: self._standing())
    @rule()
    def undoes(self) -> None:
        history.undo(self.community)
        line = next(line for line in reversed(self.lines) if line.done)
        line.done = False
        self.undone.append(line)

    @precondition(lambda self: self._standing())
    @rule(place=st.integers(0, 9))
    def undoes_an_import(self, place: int) -> None:
        numbers = sorted(self._standing())
        number = numbers[place % len(numbers)]
        history.undo_import(self.community, number)
        own = [line for line in self.lines if line.number == number and line.done]
        for line in own:
            line.done = False
        self.undone.append(own[-1])

    @precondition(lambda self: self.undone)
    @rule()
    def redoes(self) -> None:
        line = self.undone.pop()

        def again(imported: history.Imported, entry: int) -> None:
            assert imported.import_id == line.number
            import_records(self.community, self.path, line.stated, keep_text=True, entry=entry, import_id=imported.import_id, at=imported.at)

        history.redo(self.community, again)
        for each in self.lines[: self.lines.index(line) + 1]:
            each.done = each.done or each.number == line.number

    @invariant()
    def equals_one_that_was_read_right_at_once(self) -> None:
        with tempfile.TemporaryDirectory() as name, Community.create(Path(name) / "b.cmdesk", "C") as at_once:
            for _number, stated in sorted(self._standing().items()):
                import_records(at_once, Path(name), stated, keep_text=True)
            assert state(self.community) == state(at_once)


TestRereading = Rereading.TestCase
TestRereading.settings = settings(max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
