"""Times without a zone: as they are until somebody says whose clock it was; per import, changed at will, undone exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.core import dump, history, importing
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.importing import zones

LOG = "actor,type,time,id,parent\nann,message,2024-07-01 10:00,m1,\nbob,reply,2024-07-01 23:30,m2,m1\nann,like,2024-07-02 09:00,,m2\n"
TEN, TWO_HOURS = 1_719_828_000_000_000, 7_200_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


def times(community: Community) -> list[tuple[int, int]]:
    with community.reading() as connection:
        return connection.execute("SELECT at, local FROM posts ORDER BY key").fetchall()


def text(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def test_a_zone_is_said_changed_and_taken_back(tmp_path: Path, file: Path) -> None:
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [file])
        assert done.import_id is not None and done.local == 2
        before = text(community)
        assert times(community)[0] == (TEN, 1)
        zones.choose(community, done.import_id, "Europe/Amsterdam")
        assert times(community)[0] == (TEN - TWO_HOURS, 0)
        with community.reading() as connection:
            assert connection.execute("SELECT at FROM reactions").fetchone() == (1_719_910_800_000_000 - TWO_HOURS,), "a reaction goes with its message"
            assert connection.execute("SELECT min(first_seen) FROM members").fetchone() == (TEN - TWO_HOURS,)
            assert importing.rows(connection)[0].zone == "Europe/Amsterdam"
        zones.choose(community, done.import_id, "America/New_York")
        assert times(community)[0] == (TEN + 2 * TWO_HOURS, 0), "from what was stated, not from what was moved before"
        history.undo(community)
        assert times(community)[0] == (TEN - TWO_HOURS, 0)
        history.undo(community)
        assert text(community) == before


def test_a_zone_said_with_the_import_can_be_changed_later(tmp_path: Path, file: Path) -> None:
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [file], options={"zone": "Europe/Amsterdam"})
        assert done.import_id is not None and times(community)[0] == (TEN - TWO_HOURS, 0)
        again = importing.run(community, [file], options={"zone": "Europe/Amsterdam"})
        assert again.facts["post"].changed == 0 and again.facts["post"].merged == 2
        history.undo(community)
        zones.choose(community, done.import_id, "unknown")
        assert times(community)[0] == (TEN, 1)


def test_undo_of_an_import_with_a_zone_leaves_the_other_as_it_was(tmp_path: Path, file: Path) -> None:
    later = tmp_path / "later.csv"
    later.write_text(LOG + "cem,message,2024-08-01 12:00,m3,\n")
    with Community.create(tmp_path / "c.cmdesk") as community:
        importing.run(community, [file])
        before = text(community)
        importing.run(community, [later], options={"zone": "Asia/Tokyo"})
        assert times(community)[0] == (TEN - 9 * TWO_HOURS // 2, 0)
        history.undo(community)
        assert text(community) == before


def test_no_zone_of_that_name(tmp_path: Path, file: Path) -> None:
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [file])
        assert done.import_id is not None
        with pytest.raises(CmdeskError, match="not known"):
            zones.choose(community, done.import_id, "Mars/Base")
        for zone in ("Mars/Base", "../../etc/passwd"):
            with pytest.raises(CmdeskError, match="is not known"):
                importing.run(community, [file], options={"zone": zone})


KINDS = {
    "a log of everything": (
        "actor,type,time,id,parent,group\nann,message,2024-07-01 10:00,m1,,g\nbob,reply,2024-07-01 23:30,m2,m1,g\nann,like,2024-07-02 09:00,,m2,\n"
        "ann,accepted,2024-07-02 09:05,,m2,\ncem,share,2024-07-02 10:00,,m1,h\ncem,viewed,2024-07-02 10:00,,m1,\nann,attended,2024-07-03 20:00,kick-off,,g\n"
        "bob,page,2024-07-03 23:00,p1,,g\ncem,message,2024-07-01T10:00:00Z,m3,,g\n", 7,
    ),
    "ties": ("from,to,date\na,b,2024-07-01 10:00\nb,c,2024-07-01T10:00:00Z\n", 1),
    "answers": (
        "Timestamp,Respondent,Colleague,How often do you ask this person for advice? (1-5)\n2024-07-01 10:00,Ann,Bob,5\n2024-07-02 10:00,Bob,Ann,1\n"
        "2024-07-02 11:00,Cem,Ann,3\n2024-07-02 11:00,Cem,Bob,4\n", 6,
    ),
    "a graph": (
        '<gexf xmlns="http://www.gexf.net/1.3" version="1.3"><graph mode="dynamic" timeformat="dateTime"><nodes><node id="a" label="A"/>'
        '<node id="b" label="B"/></nodes><edges><edge id="0" source="a" target="b" start="2024-07-01T10:00:00"/></edges></graph></gexf>', 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_zone_said_later_is_the_same_as_one_said_at_once(tmp_path: Path, kind: str) -> None:
    content, local = KINDS[kind]
    path = tmp_path / "file.csv"
    path.write_text(content)
    with Community.create(tmp_path / "c.cmdesk", "C") as later, Community.create(tmp_path / "d.cmdesk", "C") as at_once:
        done = importing.run(later, [path])
        before = text(later)
        assert done.import_id is not None and done.records.set_aside == 0 and done.local == local
        zones.choose(later, done.import_id, "America/New_York")
        assert text(later) != before
        importing.run(at_once, [path], options={"zone": "America/New_York"})
        assert [line for line in text(later) if not line.startswith("edit\t")] == text(at_once)
        again = importing.run(later, [path])
        assert not any(fact.stored or fact.changed for fact in again.facts.values()), "the same facts, whatever zone is said"
        history.undo(later)
        history.undo(later)
        assert text(later) == before


def test_a_day_is_that_day_wherever_it_is(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,joined\n1,Ann,2024-07-01\n")
    with Community.create(tmp_path / "c.cmdesk", "C") as one, Community.create(tmp_path / "d.cmdesk", "C") as other:
        importing.run(one, [path])
        importing.run(other, [path], options={"zone": "America/New_York"})
        assert text(one) == text(other)
