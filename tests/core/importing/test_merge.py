"""Merging: what is new is stored, what is known is merged, everything is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core import dump, groups, importing, members
from cmdesk.core.community import Community
from cmdesk.core.errors import ImportProblem
from cmdesk.core.records import Accepted, Group, Membership, Origin, Page, Person, Post, Reaction, StatedTie
from tests.core.importing.stating import import_records

ORIGIN = Origin("slack", "T1", "A workspace")
DAY = 86_400_000_000


def lines(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def small() -> list:
    return [
        ORIGIN,
        Person("a", name="Ann", email="ann@example.org"),
        Person("b", name="Bob"),
        Group("g", "general"),
        Group("h", "design", parent="g"),
        Membership("a", "g"),
        Post("p1", author="a", group="g", at=DAY, text="Who knows?", mentions=("b",)),
        Post("p2", author="b", group="g", at=2 * DAY, thread="p1", reply_author="a"),
        Reaction("p1", "b", "thumbsup"),
    ]


def test_the_same_export_again_stores_nothing(community: Community, tmp_path: Path) -> None:
    first = import_records(community, tmp_path, small())
    before = lines(community)
    second = import_records(community, tmp_path, small())
    assert {kind: (line.stored, line.merged) for kind, line in first.facts.items()} == {
        "person": (2, 0), "group": (2, 0), "membership": (1, 0), "post": (2, 0), "mention": (1, 0), "reaction": (1, 0),
    }  # fmt: skip
    assert all(line.stored == 0 and line.merged == line.stated and line.changed == 0 for line in second.facts.values())
    assert lines(community) == before


def test_a_later_export_adds_only_the_new_and_its_values_win(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, small())
    later = [*small(), Post("p3", author="b", group="h", at=3 * DAY), Person("b", name="Robert")]
    later[6] = Post("p1", author="a", group="g", at=DAY, text="Who knows? Edited", mentions=("b",))
    result = import_records(community, tmp_path, later)
    assert result.facts["post"].stored == 1 and result.facts["post"].changed == 1
    assert result.facts["person"].changed == 1 and result.facts["person"].merged == 3
    assert any('"Robert"' in line.replace("\\", "") for line in lines(community))


def test_an_older_export_imported_later_does_not_win(community: Community, tmp_path: Path) -> None:
    new = [ORIGIN, Person("a", name="New name"), Post("p9", author="a", at=9 * DAY)]
    old = [ORIGIN, Person("a", name="Old name", unit="Sales"), Post("p1", author="a", at=DAY)]
    import_records(community, tmp_path, new)
    result = import_records(community, tmp_path, old)
    text = "\n".join(lines(community)).replace("\\", "")
    assert '"name":"New name"' in text and '"unit":"Sales"' in text
    assert result.facts["person"].changed == 1  # the unit, which the newer export does not say


def test_unknown_authors_become_placeholders_until_somebody_describes_them(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [ORIGIN, Post("p1", author="ghost", group="nowhere", at=DAY)])
    assert 'person\t["slack:T1/ghost",0,"{}"]' in lines(community)
    result = import_records(community, tmp_path, [ORIGIN, Person("ghost", name="Casper")])
    assert result.facts["person"].stored == 1
    with community.reading() as connection:
        assert [row.label for row in members.rows(connection, members.ids(connection), names=True)] == ["Casper"]


def test_a_reaction_to_an_unknown_post_is_set_aside_with_its_reason(community: Community, tmp_path: Path) -> None:
    result = import_records(community, tmp_path, [ORIGIN, Reaction("nowhere", "a", "heart"), Accepted("nowhere", "a")])
    assert result.facts["reaction"].set_aside == 1 and result.facts["accepted"].set_aside == 1
    assert [problem.why for problem in result.problems] == [
        "reaction: its post is in no export that was imported",
        "accepted: its post is in no export that was imported",
    ]


def test_a_reaction_finds_a_post_of_an_earlier_import(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, small())
    result = import_records(community, tmp_path, [ORIGIN, Reaction("p2", "a", "heart"), Page("page", author="a"), StatedTie("a", "b", "advice")])
    assert (result.facts["reaction"].stored, result.facts["page"].stored, result.facts["stated_tie"].stored) == (1, 1, 1)


def test_text_is_not_kept_unless_asked(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, small())
    with community.reading() as connection:
        assert connection.execute("SELECT count(*) FROM texts").fetchone()[0] == 0
        assert connection.execute("SELECT flags, length FROM posts WHERE key = 'p1'").fetchone() == (1, 10)
    result = import_records(community, tmp_path, small(), keep_text=True)
    assert result.facts["text"].stored == 1
    with community.reading() as connection:
        assert connection.execute("SELECT text FROM texts").fetchall() == [("Who knows?",)]


def test_a_message_twice_in_an_export_is_stored_once_with_its_text(community: Community, tmp_path: Path) -> None:
    twice = [ORIGIN, Post("p1", author="a", at=DAY, text="first"), Post("p2", author="a", at=DAY, text="other"), Post("p1", author="a", at=DAY, text="again")]
    for expected in ((2, 1), (0, 3)):
        facts = import_records(community, tmp_path, twice, keep_text=True).facts
        assert {(facts[kind].stored, facts[kind].merged, facts[kind].changed) for kind in ("post", "text")} == {(*expected, 0)}
    with community.reading() as connection:
        assert connection.execute("SELECT text FROM texts ORDER BY 1").fetchall() == [("first",), ("other",)]


def test_times_that_no_date_can_say_are_set_aside(community: Community, tmp_path: Path) -> None:
    result = import_records(community, tmp_path, [ORIGIN, Post("p1", at=10**18), Post("p2", at=-(10**18)), Post("p3", at=DAY)])
    assert (result.facts["post"].stated, result.facts["post"].stored, result.facts["post"].set_aside) == (3, 1, 2)


def test_lone_surrogates_and_nul_are_stored_as_replacement_signs(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [ORIGIN, Person("a", name="x\ud83d\x00y"), Group("g", "\udc00")])
    assert "\ufffd" in "\n".join(lines(community))


def test_one_address_in_two_sources_is_one_member_but_not_within_one_source(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [ORIGIN, Person("a", name="Ann", email="Ann@Example.org"), Person("x", email="team@example.org"),
                                         Person("y", email="team@example.org")])  # fmt: skip
    import_records(community, tmp_path, [Origin("spreadsheet", "staff"), Person("1", email="ann@example.org", unit="Care")])
    with community.reading() as connection:
        rows = members.rows(connection, members.ids(connection), names=True)
    assert sorted((row.label, row.unit, row.identities) for row in rows if row.label == "Ann") == [("Ann", "Care", 2)]
    assert len(rows) == 3


def test_groups_nest_and_a_circle_of_parents_is_broken(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [ORIGIN, Group("a", "A", parent="b"), Group("b", "B", parent="a"), Group("c", "C", parent="d"), Group("d", "D")])
    with community.reading() as connection:
        assert {row.path for row in groups.rows(connection)} == {"Test", "A", "B", "D/C", "D"}
        assert groups.find(connection, "d/c") == groups.find(connection, "C")


def test_a_preview_tells_the_same_and_changes_nothing(community: Community, tmp_path: Path) -> None:
    community.close()
    community = Community.open(community.path)
    before = community.path.read_bytes()
    preview = import_records(community, tmp_path, small(), preview=True)
    community.close()
    assert community.path.read_bytes() == before
    with Community.open(community.path) as again:
        real = import_records(again, tmp_path, small())
    assert preview.import_id is None and preview.facts == real.facts


def test_an_importer_must_say_where_its_facts_come_from(community: Community, tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="where its facts come from"):
        import_records(community, tmp_path, [Person("a")])


def test_imports_are_listed_with_their_ledger(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, small())
    with community.reading() as connection:
        (row,) = importing.rows(connection)
    assert (row.importer, row.first, row.last, row.facts["post"].stored) == ("test", DAY, 2 * DAY, 2)
