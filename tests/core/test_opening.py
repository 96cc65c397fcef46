"""Opening a community file: every damaged, foreign or busy file is refused in words and stays as it was, byte for byte (robustness I)."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cmdesk.core import goals, schema, store_errors
from cmdesk.core.community import Community
from cmdesk.core.errors import StoreProblem
from cmdesk.core.store_errors import store_problem


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "home.cmdesk"
    Community.create(made, "Home").close()
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path) -> StoreProblem:
    """Opening fails with a plain sentence and a hint, and changes nothing in the folder."""
    before = digest(path) if path.is_file() else ""
    beside = sorted(path.parent.iterdir())
    with pytest.raises(StoreProblem) as caught:
        Community.open(path)
    assert caught.value.message and caught.value.hint
    assert (digest(path) if path.is_file() else "") == before
    assert sorted(path.parent.iterdir()) == beside
    return caught.value


def test_a_file_stands_alone_after_closing(path: Path) -> None:
    with Community.open(path) as community:
        goals.set(community, 1, "find")
    assert [one.name for one in path.parent.iterdir()] == ["home.cmdesk"]
    with Community.open(path) as community, community.reading() as connection:
        assert [row.goal for row in goals.rows(connection)] == ["find"]


def test_I01_locked_by_another_process(path: Path) -> None:
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE');"
        "print('locked', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        holder.stdout.readline()
        try:
            with Community.open(path) as community:
                community._connection.execute("PRAGMA busy_timeout = 100")
                with pytest.raises(StoreProblem, match="another program is changing it"):
                    goals.set(community, 1, "find")
        finally:
            holder.stdin.close()
    with Community.open(path) as community:
        goals.set(community, 1, "find")


def test_I02_a_second_cmdesk_sees_and_adds(path: Path) -> None:
    with Community.open(path) as first, Community.open(path) as second:
        goals.set(first, 1, "find")
        goals.set(second, 1, "solve")
        with first.reading() as connection:
            assert [row.goal for row in goals.rows(connection)] == ["find", "solve"]


def test_I03_read_only_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(path)
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: Path(where) != path.absolute() and Path(where) != path and real(where, mode))
    with Community.open(path) as community:
        assert community.read_only and community.name == "Home"
        with pytest.raises(StoreProblem, match="read-only"):
            goals.set(community, 1, "find")
        assert [one.name for one in path.parent.iterdir()] == ["home.cmdesk"]
    assert digest(path) == before


def test_who_may_only_read_sees_what_another_window_wrote_last(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is still in the log beside the file then."""
    real = os.access
    with Community.open(path) as owner:
        monkeypatch.setattr(os, "access", lambda where, mode: Path(where) != path and real(where, mode))
        with Community.open(path) as reader:
            goals.set(owner, 1, "find")
            with reader.reading() as connection:
                assert [row.goal for row in goals.rows(connection)] == ["find"]


def test_a_file_on_a_full_disk_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(path)
    monkeypatch.setattr(store_errors, "_free", lambda _folder: 0)
    with Community.open(path) as community:
        assert community.read_only and community.name == "Home"
        with pytest.raises(StoreProblem, match="the disk is full"):
            goals.set(community, 1, "find")
    assert digest(path) == before and [one.name for one in path.parent.iterdir()] == ["home.cmdesk"]


def test_I04_read_only_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(path)
    real = os.access
    monkeypatch.setattr(os, "access", lambda where, mode: Path(where) != path.parent and real(where, mode))
    with Community.open(path) as community:
        assert community.name == "Home"
        with pytest.raises(StoreProblem, match="read-only"):
            goals.set(community, 1, "find")
    assert digest(path) == before and [one.name for one in path.parent.iterdir()] == ["home.cmdesk"]


def test_I12_replaced_while_open(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    Community.create(other / "theirs.cmdesk", "Theirs").close()
    with Community.open(path) as community:
        (other / "theirs.cmdesk").replace(path)
        theirs = digest(path)
        with pytest.raises(StoreProblem, match="replaced while it was open"):
            goals.set(community, 1, "find")
    assert digest(path) == theirs


def test_I14_truncated(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    refused(path)


def test_I16_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.cmdesk"
    path.touch()
    assert "empty" in refused(path).message


def test_I17_a_mistyped_path_creates_nothing(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "hoem.cmdesk").message


def test_I18_a_zip_with_our_name(tmp_path: Path) -> None:
    path = tmp_path / "zip.cmdesk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", "[]" * 100)
    assert "not a community file" in refused(path).message


def test_I19_a_newer_format(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    assert "newer cmdesk" in refused(path).message


def test_I20_an_unfinished_older_format(path: Path) -> None:
    """No older format was released; when the next one comes, a file of each released one must be opened here."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert schema.FORMAT == 1
    assert "unfinished format 0" in refused(path).message


def test_I21_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.cmdesk"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE messages (id INTEGER)")
    connection.close()
    assert "another program" in refused(path).message


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON goals BEGIN DELETE FROM members; END",
        "CREATE VIEW extra AS SELECT * FROM members",
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON posts (abs(at))",
        "DROP TABLE criteria",
    ],
)
def test_I24_I25_code_of_somebody_else_in_the_file(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute(statement)
    connection.close()
    assert "not built as cmdesk builds it" in refused(path).message


@pytest.mark.parametrize("name", ["100% sure?.cmdesk", "a#b.cmdesk", "ünïcode 名前.cmdesk", "it's & <b>.cmdesk", "x" * 200 + ".cmdesk"])
def test_I33_names_that_an_address_would_misread(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Community.create(path, "Odd") as community:
        goals.set(community, 1, "find")
    with Community.open(path) as community:
        assert community.name == "Odd"
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_I15_flipped_bytes_are_found_or_harmless(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(120, len(data), len(data) // 60):
        damaged = tmp_path / "damaged.cmdesk"
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        damaged.write_bytes(flipped)
        try:
            with Community.open(damaged) as community:
                assert isinstance(community.name, str)
        except StoreProblem:
            pass
        finally:
            for leftover in tmp_path.glob("damaged.cmdesk*"):
                leftover.unlink()


def test_a_folder_and_an_existing_file_are_refused_in_words(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="is a folder"):
        Community.open(tmp_path)
    with pytest.raises(StoreProblem, match="exists already"):
        Community.create(path)
    with pytest.raises(StoreProblem, match="cannot be made"):
        Community.create(tmp_path / "no" / "such" / "folder.cmdesk")


def test_a_copy_made_while_it_is_open_can_be_opened(path: Path, tmp_path: Path) -> None:
    with Community.open(path) as community:
        goals.set(community, 1, "find")
        community.checkpoint()
        shutil.copy(path, tmp_path / "copy.cmdesk")
    with Community.open(tmp_path / "copy.cmdesk") as copy, copy.reading() as connection:
        assert [row.goal for row in goals.rows(connection)] == ["find"]


@pytest.mark.parametrize(("free", "said"), [(0, "the disk is full"), (1 << 30, "could not be read or written")])
def test_without_room_for_its_index_a_file_is_on_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str) -> None:
    """SQLite tells of an I/O error where the 32 KiB beside the file cannot be had."""
    monkeypatch.setattr(store_errors, "_free", lambda _folder: free)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    problem = store_problem(error, path)
    assert problem is not None and said in problem.message
