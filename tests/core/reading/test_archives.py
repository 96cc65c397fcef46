"""Robustness A: archives that lie, bombs, odd names, damage. Each case through `Source`."""

from __future__ import annotations

import errno
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from cmdesk.core.errors import FileProblem, ImportProblem
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source

from . import corpus
from .checking import BOMB, check, refused
from .slack_shape import DAY, Member, day, files, members, raw_zip, zipped


def test_A01_ratio_bomb(tmp_path: Path) -> None:
    refused(tmp_path, "A01", "limit archive_ratio is 200")


def test_A02_bzip2_bomb(tmp_path: Path) -> None:
    refused(tmp_path, "A02", "bzip2")


def test_A03_lzma_bomb(tmp_path: Path) -> None:
    refused(tmp_path, "A03", "LZMA")


def test_A04_many_entries_on_one_header(tmp_path: Path) -> None:
    refused(tmp_path, "A04", "overlap")


def test_A05_quoted_overlap(tmp_path: Path) -> None:
    refused(tmp_path, "A05", "overlap")


def test_A06_nested_zips(tmp_path: Path) -> None:
    refused(tmp_path, "A06", "holds further archives and nothing to read")


def test_A07_holds_itself(tmp_path: Path) -> None:
    outcome = check(tmp_path, "A07")
    assert outcome.ledger.ignored == {"export.zip": "an archive inside an archive is not opened"}
    assert outcome.ledger.used == 6


def test_A08_100_000_entries(tmp_path: Path) -> None:
    assert check(tmp_path, "A08").ledger.used == 6


def test_A09_entry_count_wrong(tmp_path: Path) -> None:
    refused(tmp_path, "A09", "holds 3 files and says 2")


def test_A10_huge_directory(tmp_path: Path) -> None:
    refused(tmp_path, "A10", "limit name_length")


def test_A11_parent_path(tmp_path: Path) -> None:
    refused(tmp_path, "A11", "points out of the archive")


def test_A12_absolute_path(tmp_path: Path) -> None:
    refused(tmp_path, "A12", "points out of the archive")


def test_A13_drive(tmp_path: Path) -> None:
    refused(tmp_path, "A13", "points out of the archive")


def test_A14_backslash_parent(tmp_path: Path) -> None:
    refused(tmp_path, "A14", "points out of the archive")


def test_A15_parent_inside(tmp_path: Path) -> None:
    refused(tmp_path, "A15", "points out of the archive")


def test_A16_nul_in_name(tmp_path: Path) -> None:
    refused(tmp_path, "A16", "NUL")


def test_A17_device_names(tmp_path: Path) -> None:
    assert len(check(tmp_path, "A17").records["aux/2024-01-01.json"]) == 3


def test_A18_trailing_dot_and_space(tmp_path: Path) -> None:
    assert "other.txt " in check(tmp_path, "A18").records


def test_A19_long_name(tmp_path: Path) -> None:
    refused(tmp_path, "A19", "10,005 characters")


def test_A20_equal_but_for_case(tmp_path: Path) -> None:
    outcome = check(tmp_path, "A20")
    assert outcome.ledger.used == 9
    assert "upper and lower case" in outcome.told


def test_A20_equal_but_for_normal_form(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(
        raw_zip([Member("caf\u00e9.json".encode(), day(), flags=0x800), Member("cafe\u0301.json".encode(), day(), flags=0x800)])
    )
    with pytest.raises(ImportProblem, match="two files named café"):
        Source(path)


def test_A21_symlink(tmp_path: Path) -> None:
    assert check(tmp_path, "A21").ledger.ignored == {"passwd.json": "a link is not followed"}


def test_A22_hard_link(tmp_path: Path) -> None:
    assert check(tmp_path, "A22").ledger.ignored == {"shadow.json": "a link is not followed"}


def test_A23_device_and_fifo(tmp_path: Path) -> None:
    assert set(check(tmp_path, "A23").ledger.ignored) == {"dev.json", "fifo.json"}


def test_A24_duplicate_name(tmp_path: Path) -> None:
    refused(tmp_path, "A24", "two files named general/2024-01-01.json")


def test_A25_encrypted(tmp_path: Path) -> None:
    refused(tmp_path, "A25", "password")


def test_A26_unknown_method(tmp_path: Path) -> None:
    refused(tmp_path, "A26", "method 77")


def test_A27_unknown_version(tmp_path: Path) -> None:
    refused(tmp_path, "A27", "damaged")


def test_A28_truncated(tmp_path: Path) -> None:
    refused(tmp_path, "A28", "cut off")


@pytest.mark.parametrize("share", range(1, 20))
def test_A28_truncated_anywhere(tmp_path: Path, share: int) -> None:
    content = zipped(tmp_path, files()).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(content[: len(content) * share // 20])
    assert corpus.read(path).refusal is not None


def test_A29_bad_checksum(tmp_path: Path) -> None:
    refused(tmp_path, "A29", "general/2024-01-01.json in export.zip is damaged")


def test_A30_header_lies(tmp_path: Path) -> None:
    refused(tmp_path, "A30", "general/2024-01-02.json in export.zip is damaged")


def test_A31_polyglot(tmp_path: Path) -> None:
    refused(tmp_path, "A31", "PDF")


def test_A31_zip_behind_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(raw_zip(members({"other.json": b"[]"})) + raw_zip(members(files())))
    with pytest.raises(ImportProblem, match="hides a zip archive"):
        Source(path)


def test_A32_zip64_inconsistent(tmp_path: Path) -> None:
    refused(tmp_path, "A32", "inconsistent")


def test_A33_multi_disk(tmp_path: Path) -> None:
    refused(tmp_path, "A33", "several parts")


def test_A34_names_in_other_code_pages(tmp_path: Path) -> None:
    names = set(check(tmp_path, "A34").records)
    assert {"café/2024-01-01.json", "thé/2024-01-01.json", "größe/2024-01-01.json"} < names


def test_A35_noise(tmp_path: Path) -> None:
    assert set(check(tmp_path, "A35").records) == {"users.json", "channels.json", DAY}


def test_A36_negative_size(tmp_path: Path) -> None:
    refused(tmp_path, "A36", "damaged")


def test_A37_through_a_link(tmp_path: Path) -> None:
    refused(tmp_path, "A37", "points out of the archive")


def test_A38_gzip_bomb(tmp_path: Path) -> None:
    refused(tmp_path, "A38", "like a zip bomb")


def test_A39_gzip_members(tmp_path: Path) -> None:
    assert check(tmp_path, "A39").ledger.used == 6


def test_A40_sparse(tmp_path: Path) -> None:
    assert check(tmp_path, "A40").ledger.ignored == {"sparse.json": "not a regular file"}


def test_A41_extended_header_of_1_gb(tmp_path: Path) -> None:
    refused(tmp_path, "A41", "damaged")


def test_A42_wrong_header_checksum(tmp_path: Path) -> None:
    refused(tmp_path, "A42", "damaged after users.json")


def test_A43_web_page_named_zip(tmp_path: Path) -> None:
    refused(tmp_path, "A43", "web page, perhaps the page to sign in")


def test_A44_empty(tmp_path: Path) -> None:
    refused(tmp_path, "A44", "is empty")


def test_A45_shrinks_while_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, files())
    with Source(path) as source:
        os.truncate(path, 200)
        with pytest.raises((ImportProblem, FileProblem), match="changed while it was read"):
            source.data(DAY)


def test_A45_grows_while_read(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name\n" + "1,Alice\n" * 400_000)
    with Source(path) as source:
        rows = source.table("people.csv").rows
        next(rows)
        with path.open("a") as file:
            file.write("2,Bob\n")
        with pytest.raises(ImportProblem, match="changed while it was read"):
            list(rows)


def test_A45_folder_file_changes(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"[]")
    with Source(tmp_path) as source:
        (tmp_path / "a.json").write_bytes(b"[{}]")
        with pytest.raises(ImportProblem, match="changed while it was read"):
            source.data("a.json")


def test_A46_file_gone(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"[]")
    (tmp_path / "b.json").write_bytes(b"[]")
    with Source(tmp_path) as source:
        (tmp_path / "a.json").unlink()
        with pytest.raises(FileProblem, match="is not there") as caught:
            source.data("a.json")
    assert "drive is connected" in caught.value.hint


def test_A46_drive_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Source(zipped(tmp_path, files())) as source:

        def unplugged(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(zipfile.ZipExtFile, "read", unplugged)
        with pytest.raises(FileProblem, match="cannot be read from the disk"):
            source.data(DAY)


@pytest.mark.parametrize(
    ("lower", "words"),
    [
        ({"entries": 2}, "holds 3 files; the limit entries is 2"),
        ({"entry_bytes": 10}, "the limit entry_bytes is 10"),
        ({"archive_bytes": 100}, "the limit archive_bytes is 100"),
        ({"directory_bytes": 50}, "the limit directory_bytes is 50"),
        ({"archive_ratio": 1, "archive_floor_bytes": 10}, "the limit archive_ratio is 1"),
    ],
)
def test_limits_are_named(tmp_path: Path, lower: dict[str, int], words: str) -> None:
    path = zipped(tmp_path, {**files(), DAY: day() + b" " * 5000})
    with pytest.raises(ImportProblem, match=words) as caught:
        Source(path, Limits(**lower))
    name = words.split("the limit ")[1].split()[0]
    assert f"--option limit.{name}=VALUE" in caught.value.hint


def test_bomb_is_refused_without_its_memory(tmp_path: Path) -> None:
    before = corpus.peak()
    for case in ("A01", "A04", "A38", "B18"):
        folder = tmp_path / case
        folder.mkdir()
        assert corpus.read(corpus.CASES[case][0](folder)).kind == "refused"
    assert corpus.peak() - before < BOMB


def test_tar_with_long_names(tmp_path: Path) -> None:
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        path = tmp_path / f"{form}.tar"
        name = "a" * 120 + "/" + "b" * 200 + ".json"
        with tarfile.open(path, "w", format=form) as archive:
            for entry in (name, "é" * 60 + ".json"):
                info = tarfile.TarInfo(entry)
                info.size = 2
                archive.addfile(info, io.BytesIO(b"[]"))
        with Source(path) as source:
            assert [entry.name for entry in source.entries()] == sorted([name, "é" * 60 + ".json"])
            assert source.data(name) == b"[]"


def test_gzip_of_one_file(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "people.csv.gz"
    path.write_bytes(gzip.compress(b"id,name\n1,Alice\n"))
    with Source(path) as source:
        assert [row.cells for row in source.table("people.csv").rows] == [("1", "Alice")]
