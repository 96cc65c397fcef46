"""Members: accounts become persons, edits lie over what platforms say, pseudonyms hide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import dump, edits, history, members
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.pseudonyms import code
from cmdesk.core.records import Group, Membership, Origin, Person, Post
from tests.core.importing.stating import import_records


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        yield opened


def labels(community: Community, search: str = "", names: bool = True, **order: object) -> list[str]:
    with community.reading() as connection:
        wanted = members.ids(connection, search, names=names, **order)  # type: ignore[arg-type]
        return [row.label for row in members.rows(connection, wanted, names)]


def state(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def test_one_address_in_two_sources_is_one_person_and_in_one_source_it_is_two(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("slack", "T1"), Person("U1", "Ann", email="ann@example.org"), Person("U2", "Ben", email="team@example.org"), Person("U3", "Cas", email="Team@example.org")])  # fmt: skip
    import_records(community, tmp_path, [Origin("sheet", "people"), Person("1", "Ann Anders", email="ANN@example.org"), Person("2", "Dee")])
    with community.reading() as connection:
        found = members.rows(connection, members.ids(connection, names=True), names=True)
    assert sorted((row.label, row.identities) for row in found) == [("Ann Anders", 2), ("Ben", 1), ("Cas", 1), ("Dee", 1)]


def test_search_finds_names_only_while_names_are_shown(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("slack", "T1"), Person("U1", "Zoë Müller", email="zm@example.org"), Person("U2", "Łukasz")])
    assert labels(community, "zoe") == ["Zoë Müller"]
    assert labels(community, "MULLER") == ["Zoë Müller"]
    assert labels(community, "zm@") == ["Zoë Müller"]
    assert labels(community, "zoe", names=False) == []
    [pseudonym] = [label for label in labels(community, names=False) if label in labels(community, label, names=False)][:1]
    assert labels(community, pseudonym.lower(), names=False) == [pseudonym]
    assert not {"Zoë Müller", "Łukasz"} & set(labels(community, names=False))


def test_a_pseudonym_is_the_same_in_one_file_and_another_in_the_next() -> None:
    assert code("00" * 32, "slack:T/U1") == code("00" * 32, "slack:T/U1") != code("11" * 32, "slack:T/U1")
    assert len({code("00" * 32, f"slack:T/U{n}") for n in range(20_000)}) == 20_000


def test_a_department_of_few_reads_other_while_pseudonyms_are_on(community: Community, tmp_path: Path) -> None:
    people = [Person(f"U{n}", f"N{n}", unit="Sales" if n < 5 else "Board") for n in range(7)]
    import_records(community, tmp_path, [Origin("slack", "T"), *people])
    with community.reading() as connection:
        wanted = members.ids(connection)
        assert sorted(row.unit for row in members.rows(connection, wanted)) == ["Sales"] * 5 + ["other"] * 2
        assert sorted(row.unit for row in members.rows(connection, wanted, names=True)) == ["Board"] * 2 + ["Sales"] * 5


def test_rows_sort_by_every_column_both_ways(community: Community, tmp_path: Path) -> None:
    records = [Origin("slack", "T"), Group("g", "G"), Group("h", "H"), Person("a", "Ann", unit="Y"), Person("b", "Ben", unit="X"), Membership("a", "g"), Membership("a", "h"),
               Membership("b", "g"), Post("1", "a", "g", 5), Post("2", "b", "g", 3)]  # fmt: skip
    import_records(community, tmp_path, records)
    up = {"label": ["Ann", "Ben"], "unit": ["Ben", "Ann"], "groups": ["Ben", "Ann"], "first": ["Ben", "Ann"], "last": ["Ben", "Ann"]}
    for sort, order in up.items():
        assert labels(community, sort=sort) == order, sort
        assert labels(community, sort=sort, descending=True) == order[::-1], sort


def test_an_edit_stands_over_later_imports_and_undo_restores(community: Community, tmp_path: Path) -> None:
    people = [Origin("slack", "T"), Person("U1", "Ann", unit="Sales")]
    import_records(community, tmp_path, people)
    before = state(community)
    with community.reading() as connection:
        [member] = members.ids(connection)
    edits.edit_member(community, member, unit="Care", is_leader=True)
    import_records(community, tmp_path, [Origin("slack", "T"), Person("U1", "Ann", unit="Marketing")])
    with community.reading() as connection:
        assert members.rows(connection, [member], names=True)[0].unit == "Care"
    history.undo(community)
    history.undo(community)
    assert state(community) == before


def test_what_cannot_be_edited_is_said(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("slack", "T"), Person("U1", "Ann")])
    with pytest.raises(CmdeskError, match="shoe_size"):
        edits.edit_member(community, 1, shoe_size=42)
    with pytest.raises(CmdeskError, match="no longer there"):
        edits.edit_member(community, 99, unit="X")
