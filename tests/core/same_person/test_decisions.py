"""Decisions: linked, parted, exported, taken over, and taken back without a trace."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core import dump, edits, history
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError, FileProblem
from cmdesk.core.records import Origin, Person, Record
from cmdesk.core.same_person import decided, decision_file, decisions
from cmdesk.core.same_person.suggestions import suggest
from tests.core.importing.stating import import_records

ANN = "list:l/a"
ALSO_ANN = "slack:T/1"


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "c.cmdesk", "C") as opened:
        _fill(opened, tmp_path)
        yield opened


def _fill(community: Community, folder: Path) -> None:
    records: list[Record] = [Origin("list", "l"), Person("a", name="Ann Smith"), Person("b", name="Bo Ray"), Person("i", name="Info", email="info@x.zz")]
    import_records(community, folder, records)
    records = [Origin("slack", "T"), Person("1", name="Smith, Ann", unit="Care"), Person("2", name="Bo Ray", is_bot=True), Person("3", name="Support", email="info@x.zz")]
    import_records(community, folder, records)


def state(community: Community) -> list[object]:
    with community.reading() as connection:
        return [*dump.text(connection), *connection.execute("SELECT * FROM members ORDER BY ref").fetchall()]


def suggested(community: Community) -> list[tuple[str, str]]:
    with community.reading() as connection:
        return [(pair.one, pair.other) for pair in suggest(connection)]


def test_only_who_may_be_one_is_suggested_and_decided_pairs_no_more(community: Community) -> None:
    assert suggested(community) == [(ANN, ALSO_ANN)]  # neither the bot nor the shared mailbox
    decisions.decide(community, ANN, ALSO_ANN, same=False)
    assert suggested(community) == []
    with pytest.raises(CmdeskError, match="decided already"):
        decisions.decide(community, ALSO_ANN, ANN, same=False)
    history.undo(community)
    assert suggested(community) == [(ANN, ALSO_ANN)]


def test_an_opt_out_and_an_edit_stay_with_the_merged_member(community: Community) -> None:
    with community.reading() as connection:
        member = connection.execute("SELECT id FROM members WHERE ref = ?", (ALSO_ANN,)).fetchone()[0]
    edits.edit_member(community, member, unit="Press", opted_out=True)
    decisions.decide(community, ANN, ALSO_ANN, same=True)
    with community.reading() as connection:
        assert connection.execute("SELECT unit, opted_out, identities FROM members WHERE ref = ?", (ANN,)).fetchone() == ("Press", 1, 2)


def test_who_is_marked_apart_is_joined_neither_directly_nor_through_a_third(community: Community) -> None:
    decisions.decide(community, ANN, ALSO_ANN, same=False)
    decisions.decide(community, ANN, "list:l/b", same=True)
    with pytest.raises(CmdeskError, match="marked as not the same"):
        decisions.decide(community, "list:l/b", ALSO_ANN, same=True)
    with pytest.raises(CmdeskError, match="Nobody here"):
        decisions.decide(community, ANN, "list:l/nobody", same=True)


def test_a_table_of_decisions_comes_back_elsewhere_also_before_its_accounts(community: Community, tmp_path: Path) -> None:
    decisions.decide(community, ANN, ALSO_ANN, same=True)
    decisions.decide(community, ANN, "slack:T/3", same=False)
    with community.reading() as connection:
        decision_file.write(tmp_path / "d.csv", decided.rows(connection))
    with pytest.raises(FileProblem, match="exists already"):
        decision_file.write(tmp_path / "d.csv", [])
    found, odd = decision_file.read(tmp_path / "d.csv")
    assert (len(found), odd) == (2, 0)
    with Community.create(tmp_path / "e.cmdesk", "C") as other:
        assert decisions.add(other, found) == {"new": 2, "known": 0, "contradicting": 0}
        _fill(other, tmp_path)
        assert [line for line in state(other) if str(line).startswith("link")] == [line for line in state(community) if str(line).startswith("link")]
        with other.reading() as connection:
            assert decisions.accounts_of(connection, ANN) == [ANN, ALSO_ANN]
        assert decisions.add(other, {(ANN, ALSO_ANN): False}) == {"new": 0, "known": 0, "contradicting": 1}


@pytest.mark.parametrize(("text", "found", "odd"), [
    ("account;other account;decision\na:b/1;c:d/2;Same\n", 1, 0), ("account,other account,decision\na:b/1,c:d/2,maybe\nx,y,same\n", 0, 2),
    ("account,other account,decision\na:b/1,c:d/2,same\nc:d/2,a:b/1,not the same\n", 0, 2), ("account,other account,decision\na:b/1\n", 0, 1),
])  # fmt: skip
def test_tables_as_people_change_them(tmp_path: Path, text: str, found: int, odd: int) -> None:
    path = tmp_path / "d.csv"
    path.write_text(text, "utf-8-sig")
    decided_there, lines = decision_file.read(path)
    assert (len(decided_there), lines) == (found, odd)


@pytest.mark.parametrize("content", [b"", b"name\nAnn\n", b"\xff\xfe\x00", b"\x00\x01"])
def test_what_is_no_such_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d.csv").write_bytes(content)
    with pytest.raises(FileProblem):
        decision_file.read(tmp_path / "d.csv")


_refs = st.sampled_from([ANN, "list:l/b", "list:l/i", ALSO_ANN, "slack:T/2", "slack:T/3"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_refs, _refs, st.booleans()), max_size=6), st.randoms())
def test_unmerge_is_lossless_in_any_order(decided_pairs: list[tuple[str, str, bool]], luck: object) -> None:
    with tempfile.TemporaryDirectory() as name, Community.create(Path(name) / "c.cmdesk", "C") as community:
        _fill(community, Path(name))
        before, done = state(community), []
        for one, other, same in decided_pairs:
            try:
                decisions.decide(community, one, other, same)
                done.append((one, other))
            except CmdeskError:
                pass
        pairs = list(dict.fromkeys(tuple(sorted(pair)) for pair in done))
        luck.shuffle(pairs)  # type: ignore[attr-defined]
        for one, other in pairs:
            decisions.take_back(community, [(one, other)])
        assert state(community) == before
