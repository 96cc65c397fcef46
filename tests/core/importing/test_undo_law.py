"""The law of undo: after any imports and undos, in any order, with goals set in between, the community equals one that never had what was undone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core import dump, goals, groups, history
from cmdesk.core.community import Community
from cmdesk.core.importing.undo import subtract
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
)  # fmt: skip
from tests.core.importing.stating import import_records

_people = st.sampled_from("abcd")
_groups = st.sampled_from(["", "g", "h"])
_times = st.integers(0, 6).map(lambda day: day * 86_400_000_000)
_maybe = st.one_of(st.none(), _times)
_records = st.one_of(
    st.builds(Person, _people, name=st.sampled_from(["", "N1", "N2"]), unit=st.sampled_from(["", "U"])),
    st.builds(Group, st.sampled_from("gh"), st.sampled_from(["", "G1", "G2"]), parent=st.sampled_from(["", "g"])),
    st.builds(Membership, _people, _groups, joined=_maybe, left=_maybe, audience=st.booleans()),
    st.builds(
        Post, st.sampled_from("123"), author=st.one_of(st.just(""), _people), group=_groups, at=_times, text=st.sampled_from(["", "x?", "#idea y"]),
        thread=st.sampled_from(["", "1"]), mentions=st.lists(_people, max_size=2).map(tuple),
    ),
    st.builds(Reaction, st.sampled_from("123"), _people, st.sampled_from(["", "k"]), at=_maybe),
    st.builds(Accepted, st.sampled_from("123"), _people, _maybe),
    st.builds(Share, st.sampled_from("123"), _people, _groups, _maybe),
    st.builds(Viewing, st.sampled_from("123"), _people, _maybe),
    st.builds(Attendance, st.sampled_from("e1"), _people, _groups, _maybe),
    st.builds(Page, st.sampled_from("pq"), _groups, _people, st.sampled_from(["", "T"]), _maybe, st.sampled_from([None, 3])),
    st.builds(Rating, _people, st.sampled_from("ij"), st.sampled_from([0.25, 1.0]), _groups, _maybe),
    st.builds(StatedTie, _people, _people, st.sampled_from(["", "r"]), st.sampled_from([1.0, 2.0]), st.booleans(), _maybe, st.booleans(), st.sampled_from([None, 1.0]), st.sampled_from([None, 5.0])),
    st.builds(Asked, _people, st.sampled_from(["", "r"]), st.booleans(), st.one_of(st.just(""), _people), _maybe),
)  # fmt: skip
# A reaction (and what else is about a post) counts only where its post is in the same export: in a file that never had the other export it would have been set aside.
_exports = st.lists(_records, min_size=1, max_size=10).map(lambda records: [Origin("p", "s"), *_with_own_posts(records)])


def _with_own_posts(records: list[Record]) -> list[Record]:
    posts = {record.key for record in records if isinstance(record, Post)}
    return [record for record in records if not isinstance(record, Reaction | Accepted | Share | Viewing) or record.post in posts]


def _dump(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_exports, min_size=1, max_size=5), st.data())
def test_undone_imports_never_were(exports: list[list[Record]], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(range(len(exports))), unique=True))
    goal_after = data.draw(st.integers(0, len(exports)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Community.create(folder / "a.cmdesk", "C") as community, Community.create(folder / "b.cmdesk", "C") as never:
            ids = []
            for place, export in enumerate(exports):
                result = import_records(community, folder, export)
                ids.append(result.import_id)
                for line in result.facts.values():
                    assert line.stated == line.stored + line.merged + line.set_aside
                if place == goal_after:
                    for one in (community, never):
                        goals.set(one, 1, "solve")
                if place not in gone:
                    import_records(never, folder, export)
            for place in gone:
                history.undo_import(community, ids[place])
            assert _dump(community) == _dump(never)
            with community.reading() as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@given(st.lists(_exports, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undo_all_the_way_back_and_every_step_is_as_it_was(exports: list[list[Record]]) -> None:
    with tempfile.TemporaryDirectory() as name, Community.create(Path(name) / "a.cmdesk", "C") as community:
        seen = [_dump(community)]
        for export in exports:
            import_records(community, Path(name), export)
            seen.append(_dump(community))
        goals.set(community, 1, "find", 5)
        with community.reading() as connection:
            assert groups.find(connection, "C") == 1
        while seen:
            history.undo(community)
            assert _dump(community) == seen.pop()
            if not seen:
                break
            if len(seen) == 1:
                break


_joined = st.lists(_exports, min_size=1, max_size=3).flatmap(
    lambda pool: st.lists(st.lists(st.sampled_from(pool), min_size=1, max_size=3), min_size=2, max_size=4)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_joined, st.booleans(), st.data())
def test_naming_what_is_known_is_the_same_as_stating_it(sequence: list[list[list[Record]]], keep_text: bool, data: st.DataObject) -> None:
    """Exports made of the same runs of records in any order, some of them twice, with and without blocks."""
    gone = data.draw(st.lists(st.integers(1, len(sequence)), unique=True))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Community.create(folder / "a.cmdesk", "C") as naming, Community.create(folder / "b.cmdesk", "C") as stating:
            for parts in sequence:
                records = [record for part in parts for record in part]
                named = import_records(naming, folder, records, keep_text=keep_text)
                stated = import_records(stating, folder, records, keep_text=keep_text, repeating=False)
                assert (named.facts, named.first, named.last) == (stated.facts, stated.first, stated.last)
                assert _dump(naming) == _dump(stating)
            for import_id in gone:
                history.undo_import(naming, import_id)
                history.undo_import(stating, import_id)
                assert _dump(naming) == _dump(stating)


_span = st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(_span, max_size=6), st.lists(_span, max_size=6))
def test_ranges_are_subtracted_like_sets(own: list[tuple[int, int]], others: list[tuple[int, int]]) -> None:
    disjoint: list[tuple[int, int]] = []
    for low, high in sorted(own):
        if not disjoint or low > disjoint[-1][1]:
            disjoint.append((low, high))
    want = {n for low, high in disjoint for n in range(low, high + 1)} - {n for low, high in others for n in range(low, high + 1)}
    got = [n for low, high in subtract(disjoint, sorted(others)) for n in range(low, high + 1)]
    assert sorted(want) == got
