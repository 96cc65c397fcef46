"""Folder, single file, ledger and limits: what an importer sees, whatever it is given."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cmdesk.core.errors import CmdeskError, FileProblem, ImportProblem
from cmdesk.core.reading.ledger import KEPT_PROBLEMS, Ledger, Problem
from cmdesk.core.reading.limits import Limits, limits_from
from cmdesk.core.reading.source import Entry, Source

from . import corpus
from .make_archives import case_A39
from .slack_shape import DAY, files, zipped


def _folder(tmp_path: Path) -> Path:
    top = tmp_path / "export"
    for name, content in files().items():
        path = top / "deep" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return top


def test_zip_tar_and_folder_look_the_same(tmp_path: Path) -> None:
    sources = [Source(zipped(tmp_path, files())), Source(case_A39(tmp_path)), Source(_folder(tmp_path))]
    expected = tuple(Entry(name, len(content)) for name, content in sorted(files().items()))
    for source in sources:
        assert source.entries() == expected
        assert source.has(DAY)
        assert not source.has("none.json")
        assert source.head(DAY, 5) == files()[DAY][:5]
        assert source.data(DAY) == files()[DAY]
        assert source.ledger == Ledger()
        source.close()


def test_enclosing_folders_are_stripped(tmp_path: Path) -> None:
    with Source(zipped(tmp_path, {f"a/b/{name}": content for name, content in files().items()})) as source:
        assert source.enclosing == "a/b"
        assert source.has("users.json")
    with Source(zipped(tmp_path, {"general/2024-01-01.json": b"[]", "general/2024-01-02.json": b"[]"})) as source:
        assert source.enclosing == "general"


def test_folder_does_not_follow_links(tmp_path: Path) -> None:
    top = _folder(tmp_path)
    (tmp_path / "secret.json").write_text("[]")
    try:
        (top / "link.json").symlink_to(tmp_path / "secret.json")
        (top / "loop").symlink_to(top, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    with Source(top) as source:
        assert len(source.entries()) == 3
        assert source.ledger.ignored == {"link.json": "a link is not followed", "loop": "a link is not followed"}


@pytest.mark.parametrize(
    ("lower", "words"), [({"entries": 2}, "entries"), ({"entry_bytes": 5}, "entry_bytes"), ({"archive_bytes": 9}, "archive_bytes")]
)
def test_folder_is_limited(tmp_path: Path, lower: dict[str, int], words: str) -> None:
    with pytest.raises(ImportProblem, match=f"the limit {words} is"):
        Source(_folder(tmp_path), Limits(**lower))


def test_empty_folder_and_missing_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImportProblem, match="holds no files"):
        Source(tmp_path / "empty")
    with pytest.raises(FileProblem, match="is not there"):
        Source(tmp_path / "none.zip")
    with pytest.raises(FileProblem, match="neither a file nor a folder"):
        Source(Path("/dev/null"))


def test_unknown_entry(tmp_path: Path) -> None:
    with Source(zipped(tmp_path, files())) as source, pytest.raises(ImportProblem, match=r"export\.zip holds no none\.json"):
        source.data("none.json")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_foreign_files_are_named(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(content + bytes(100))
    with pytest.raises(ImportProblem, match=words):
        Source(path)


def test_single_file(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(b'{"a": 1}')
    with Source(tmp_path / "result.json") as source:
        assert source.entries() == (Entry("result.json", 8),)
        assert source.json("result.json", dict[str, int]) == {"a": 1}
        assert source.sheets("result.json") == ()


def test_ledger_adds_up_exactly(tmp_path: Path) -> None:
    with Source(zipped(tmp_path, files())) as source:
        assert len(list(source.json_records(DAY, corpus.Message))) == 3
        assert not source.ledger.adds_up
        source.use()
        source.leave_out("direct messages")
        source.set_aside("here", "it is broken")
        source.set_aside("there", "worth telling", 0)
        source.ignore("log.json", "not needed")
        assert source.ledger.adds_up
    assert source.ledger == Ledger(
        3, 1, {"direct messages": 1}, 1, [Problem("here", "it is broken"), Problem("there", "worth telling", 0)], 2, {"log.json": "not needed"}
    )


def test_problems_are_all_counted_but_not_all_kept() -> None:
    ledger = Ledger()
    for number in range(KEPT_PROBLEMS + 5):
        ledger.add_problem(f"line {number}", "it is broken")
    assert (ledger.set_aside, ledger.problem_count, len(ledger.problems)) == (KEPT_PROBLEMS + 5, KEPT_PROBLEMS + 5, KEPT_PROBLEMS)


def test_limits_from_options() -> None:
    found = limits_from({"limit.entries": "7", "limit.entry_bytes": "2G", "limit.line_bytes": "64 MiB", "keep_text": "yes"})
    assert (found.entries, found.entry_bytes, found.line_bytes) == (7, 2 << 30, 64 << 20)
    assert found.json_depth == Limits().json_depth
    for wrong in ({"limit.nothing": "1"}, {"limit.entries": "many"}, {"limit.entries": "-1"}, {"limit.entries": "1e9"}):
        with pytest.raises(CmdeskError) as caught:
            limits_from(wrong)
        assert caught.value.hint


@pytest.mark.parametrize("packing", ["zip", "tar.gz"])
def test_damaged_anywhere_is_refused_or_adds_up(tmp_path: Path, packing: str) -> None:
    """Whatever byte is wrong: one class of problem, or a ledger that adds up."""
    content = (zipped(tmp_path, files()) if packing == "zip" else case_A39(tmp_path)).read_bytes()
    chance = random.Random(5)
    path = tmp_path / f"damaged.{packing}"
    for _ in range(400):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 1, 3))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.2:
            del damaged[chance.randrange(len(damaged)) :]
        path.write_bytes(damaged)
        outcome = corpus.read(path)
        assert outcome.refusal is not None or outcome.ledger.adds_up
