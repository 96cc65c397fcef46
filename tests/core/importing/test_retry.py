"""What was set aside is read again when the cause is corrected; places that were left out are kept; several files are one import."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cmdesk.core import dump, edits, goals, history, importing
from cmdesk.core.community import Community
from cmdesk.core.errors import ImportProblem

LOG = "actor,type,time,id\nann,message,03/04/2024 10:00,m1\nbob,message,2024-04-05 10:00,m2\n"


def text(community: Community) -> list[str]:
    with community.reading() as connection:
        return list(dump.text(connection))


def test_a_date_order_is_corrected(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    with Community.create(tmp_path / "c.cmdesk") as community:
        first = importing.run(community, [file])
        before = text(community)
        assert first.records.set_aside == 1 and first.import_id is not None
        second = importing.retry(community, first.import_id, {"date_order": "dmy"})
        assert (second.records.read, second.records.used, second.records.set_aside) == (2, 2, 0)
        assert second.import_id == first.import_id and second.before == first.records
        after = text(community)
        with community.reading() as connection:
            rows = importing.rows(connection)
        assert [(row.id, row.again is not None) for row in rows] == [(first.import_id, True)], "it takes its own place"
        history.undo(community)
        assert text(community) == before
        with community.reading() as connection:
            (row,) = importing.rows(connection)
            assert (row.again, row.set_aside, len(importing.problems(connection, row.id))) == (None, 1, len(first.problems))
        history.redo(community, lambda imported, entry: importing.again(community, imported, entry))
        assert text(community) == after
        file.unlink()
        history.undo(community)
        assert text(community) == before, "an undo needs no file"


def test_an_encoding_is_corrected(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("id,name\n1,Ann\n2,Zo\u00eb\n".encode() + b"3,Bj\xf6rn\n" * 1)
    with Community.create(tmp_path / "c.cmdesk") as community:
        first = importing.run(community, [file], options={"encoding": "utf-8"})
        assert first.records.set_aside == 1 and first.import_id is not None
        second = importing.retry(community, first.import_id, {"encoding": "cp1252"})
        assert second.records.set_aside == 0 and second.facts["person"].stored == 3


def test_a_file_that_changed_is_no_retry(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    with Community.create(tmp_path / "c.cmdesk") as community:
        first = importing.run(community, [file])
        file.write_text(LOG + "cem,message,2024-04-06 10:00,m3\n")
        assert first.import_id is not None
        with pytest.raises(ImportProblem, match="not the one"):
            importing.retry(community, first.import_id, {"date_order": "dmy"})
        file.unlink()
        with pytest.raises(ImportProblem, match="no longer"):
            importing.retry(community, first.import_id, {})
        with pytest.raises(ImportProblem, match="no import 99"):
            importing.retry(community, 99, {})


def test_rows_left_out_by_a_rule_keep_their_place(tmp_path: Path) -> None:
    file = tmp_path / "ties.csv"
    file.write_text("from,to,weight\na,b,1\na,a,1\nb,c,0\n")
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [file])
    left = [(problem.where, problem.why) for problem in done.problems if problem.left_out]
    assert left == [("ties.csv, line 3", "left out: tie to oneself"), ("ties.csv, line 4", "left out: weight zero or less")]
    assert done.records.left_out == {"tie_to_oneself": 1, "weight_zero_or_less": 1}


PARTS = {
    "people.csv": "id,name,email,team\n1,Ann,ann@example.org,A\n2,Bob,bob@example.org,B\n",
    "ties.csv": "from,to\n1,2\n",
    "log.csv": "actor,type,time,id\n1,message,2024-04-05 10:00,m1\n",
}


@pytest.mark.parametrize("how", ["files", "folder", "zip"])
def test_people_ties_and_a_log_are_one_import(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, content in PARTS.items():
        (folder / name).write_text(content)
    paths = [folder / name for name in PARTS] if how == "files" else [folder]
    if how == "zip":
        with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
            for name, content in PARTS.items():
                archive.writestr(name, content)
        paths = [tmp_path / "export.zip"]
    with Community.create(tmp_path / "c.cmdesk") as community:
        empty = text(community)
        done = importing.run(community, paths)
        assert {kind: fact.stored for kind, fact in done.facts.items()} == {"person": 2, "stated_tie": 1, "post": 1}
        with community.reading() as connection:
            assert len(importing.rows(connection)) == 1
            assert connection.execute("SELECT count(*) FROM members").fetchone() == (2,), "the same people everywhere"
        history.undo(community)
        assert text(community) == empty


def test_a_folder_of_exports_of_several_platforms(tmp_path: Path) -> None:
    from cmdesk.simulation import slack_zip

    folder = tmp_path / "all"
    (folder / "more").mkdir(parents=True)
    slack_zip(folder / "slack.zip", people=20, messages=300, seed=1)
    (folder / "more" / "people.csv").write_text(PARTS["people.csv"])
    (folder / "readme.txt").write_text("Dear colleague, here are our exports.\n\nGreetings, all of us\n")
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [folder])
        assert set(done.importer.split("+")) == {"slack.export", "spreadsheet.people"}
        assert done.ignored == {"readme.txt": "its columns are not known"}
        assert done.records.read == done.records.used + sum(done.records.left_out.values()) + done.records.set_aside


def test_a_folder_of_archives_alone(tmp_path: Path) -> None:
    from cmdesk.simulation import slack_zip

    folder = tmp_path / "all"
    folder.mkdir()
    for seed in (1, 2):
        slack_zip(folder / f"slack {seed}.zip", people=20, messages=300, seed=seed)
    with Community.create(tmp_path / "c.cmdesk") as community:
        done = importing.run(community, [folder])
        assert done.importer == "slack.export" and done.facts["post"].stored >= 300


def test_a_folder_without_any_export_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    folder.mkdir()
    (folder / "a.txt").write_text("Dear colleague,\n\nnothing here\n")
    with Community.create(tmp_path / "c.cmdesk") as community, pytest.raises(ImportProblem, match="no importer recognises"):
        importing.run(community, [folder])


PEOPLE = "id;name;team;joined\n1;Zoë Bär;Größe;03-04-2020\n2;Ann;Größe;04-05-2021\n3;Bob;B;01-02-2020\n"
PEOPLE_LATER = "id;name;team\n2;Ann Lee;C\n4;Dirk;C\n"


@pytest.mark.parametrize(
    ("content", "wrong", "right"),
    [
        (PEOPLE.encode(), {"encoding": "cp1252"}, {"encoding": "utf-8"}),
        (PEOPLE.encode(), {"encoding": "cp437", "columns": "name=team;unit=name"}, {"encoding": "utf-8", "columns": "name=name;unit=team"}),
        (LOG.encode(), {}, {"date_order": "dmy"}),
        (LOG.encode(), {"date_order": "mdy"}, {"date_order": "dmy", "zone": "Europe/Amsterdam"}),
        (b"from;to;since;weight\na;b;03/04/2024;1,5\nb;c;04/05/2024;2\n", {"date_order": "mdy"}, {"date_order": "dmy", "relation": "advice", "directed": "no"}),
    ],
)  # fmt: skip
def test_it_is_as_if_it_had_been_read_right_at_once(tmp_path: Path, content: bytes, wrong: dict[str, str], right: dict[str, str]) -> None:
    file, later = tmp_path / "file.csv", tmp_path / "later.csv"
    file.write_bytes(content)
    later.write_text(PEOPLE_LATER)
    with Community.create(tmp_path / "c.cmdesk", "C") as community, Community.create(tmp_path / "d.cmdesk", "C") as at_once:
        first = importing.run(community, [file], options=wrong)
        assert first.import_id is not None
        goals.set(community, 1, "find", 3)
        importing.run(community, [later])
        importing.retry(community, first.import_id, right)
        importing.run(at_once, [file], options=wrong | right)
        goals.set(at_once, 1, "find", 3)
        importing.run(at_once, [later])
        assert text(community) == text(at_once)


def test_who_is_meant_stays_the_same(tmp_path: Path) -> None:
    """Edits, assessments and open pages know a person and a group by their numbers or keys: these hold."""
    file = tmp_path / "people.csv"
    file.write_bytes(PEOPLE.encode())
    with Community.create(tmp_path / "c.cmdesk", "C") as community:
        first = importing.run(community, [file], options={"encoding": "cp1252"})
        with community.reading() as connection:
            members = connection.execute("SELECT ref, id FROM members ORDER BY 1").fetchall()
        edits.edit_member(community, members[0][1], role="Lead")
        assert first.import_id is not None
        importing.retry(community, first.import_id, {"encoding": "utf-8"})
        with community.reading() as connection:
            assert connection.execute("SELECT ref, id FROM members ORDER BY 1").fetchall() == members
            assert connection.execute("SELECT name, role FROM members ORDER BY ref").fetchone() == ("Zoë Bär", "Lead")
            names = [row[0] for row in connection.execute("SELECT name FROM groups WHERE source_id IS NOT NULL")]
        assert not any("Ã" in name for name in names), "what was read with wrong letters is gone"


def test_a_preview_of_another_reading_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    with Community.create(tmp_path / "c.cmdesk", "C") as community:
        first = importing.run(community, [file])
        before = text(community)
        assert first.import_id is not None
        seen = importing.retry(community, first.import_id, {"date_order": "dmy"}, preview=True)
        assert (seen.import_id, seen.before, seen.records.set_aside) == (None, first.records, 0)
        assert text(community) == before
        with community.reading() as connection:
            assert importing.rows(connection)[0].again is None
            assert connection.execute("SELECT count(*) FROM shelved").fetchone() == (0,)


def test_a_whole_import_is_taken_back_also_where_it_was_read_again(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG)
    with Community.create(tmp_path / "c.cmdesk", "C") as community:
        empty = text(community)
        first = importing.run(community, [file])
        wrong = text(community)
        assert first.import_id is not None
        importing.retry(community, first.import_id, {"date_order": "dmy"})
        right = text(community)
        history.undo_import(community, first.import_id)
        assert text(community) == empty
        history.redo(community, lambda imported, entry: importing.again(community, imported, entry))
        assert text(community) == right
        history.undo(community)
        assert text(community) == wrong
        history.undo(community)
        assert text(community) == empty


def test_what_a_later_export_says_of_its_messages_stays(tmp_path: Path) -> None:
    file, later = tmp_path / "log.csv", tmp_path / "later.csv"
    file.write_text(LOG)
    later.write_text("actor,type,time,parent,id\ncem,like,2024-04-07 10:00,m2,\n")
    with Community.create(tmp_path / "c.cmdesk", "C") as community, Community.create(tmp_path / "d.cmdesk", "C") as at_once:
        first = importing.run(community, [file])
        importing.run(community, [later])
        before = text(community)
        assert first.import_id is not None
        importing.retry(community, first.import_id, {"date_order": "dmy"})
        importing.run(at_once, [file], options={"date_order": "dmy"})
        importing.run(at_once, [later])
        assert text(community) == text(at_once)
        with community.reading() as connection:
            assert connection.execute("SELECT count(*) FROM reactions").fetchone() == (1,)
        history.undo(community)
        assert text(community) == before
