"""Several files in one import and one undo, through the real command: months that overlap, a folder, people with ties and a log, a bad one among good ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from cmdesk.simulation import slack_zip
from tests.end_to_end.conftest import Run

PEOPLE, TIES = "id,name,team\nann,Ann Lee,A\nbob,Bob Ray,B\n", "from,to,weight\nann,bob,2\n"


def month(path: Path, *days: tuple[str, str]) -> Path:
    """A log of one month: (id, day) of each message."""
    path.write_text("id,author,date,channel,text\n" + "".join(f"{key},ann,{day}T10:00:00Z,general,Hello\n" for key, day in days))
    return path


def mail(path: Path, *keys: str) -> Path:
    """A month of a list."""
    path.write_text(
        "".join(f"From ann at example.org  Wed Jan  {day} 10:00:00 2024\nFrom: ann at example.org (Ann)\nDate: Wed, {day:02} Jan 2024 10:00:00 +0000\n"
                f"Subject: [club] Hello\nMessage-ID: <{key}@example.org>\n\nHello\n\n" for day, key in enumerate(keys, 3))
    )  # fmt: skip
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    return folder


@pytest.fixture
def months(export: Path) -> list[Path]:
    return [
        month(export / "2024-01.csv", ("1", "2024-01-01"), ("2", "2024-01-31")),
        month(export / "2024-02.csv", ("2", "2024-01-31"), ("3", "2024-02-10")),
        month(export / "2024-03.csv", ("3", "2024-02-10"), ("4", "2024-03-01"), ("4", "2024-03-01")),
    ]


def test_months_that_overlap_are_one_import_and_one_undo(run: Run, file: Path, months: list[Path]) -> None:
    empty = run("dump", file).out
    done = run("import", file, *months, "--json").json
    assert done["records"]["used"] == 7 and done["facts"]["post"] == {"stated": 7, "stored": 4, "merged": 3, "changed": 0, "set_aside": 0}
    assert len(run("show", file, "imports", "--json").json["imports"]) == 1
    together = run("dump", file).out
    run("undo", file)
    assert run("dump", file).out == empty
    for path in reversed(months):
        run("import", file, path)
    assert run("dump", file).out == together, "one by one, in whatever order, they are the same"


def test_months_of_a_list_that_overlap(run: Run, file: Path, export: Path) -> None:
    mail(export / "2024-January.txt", "a", "b")
    mail(export / "2024-February.txt", "b", "c")
    done = run("import", file, export, "--json").json
    assert done["importer"] == "mailbox.archive" and done["records"]["read"] == 4 and done["facts"]["post"]["stored"] == 3


def test_people_ties_a_log_and_a_platform_in_one_folder(run: Run, file: Path, export: Path, months: list[Path]) -> None:
    (export / "people.csv").write_text(PEOPLE)
    (export / "ties.csv").write_text(TIES)
    slack_zip(export / "slack.zip", people=20, messages=200, seed=1)
    empty = run("dump", file).out
    done = run("import", file, export, "--json").json
    assert set(done["importer"].split("+")) >= {"slack.export"} and done["facts"]["stated_tie"]["stored"] == 1
    assert done["facts"]["post"]["stored"] >= 200 + 4
    run("undo", file)
    assert run("dump", file).out == empty


def test_a_bad_file_in_a_folder_is_named_and_the_rest_read(run: Run, file: Path, export: Path, months: list[Path]) -> None:
    (export / "bad.csv").write_bytes(b"\x00\x01\x02\xff")
    done = run("import", file, export, "--json").json
    assert done["facts"]["post"]["stored"] == 4
    assert list(done["ignored"]) == ["bad.csv"] and "no table" in done["ignored"]["bad.csv"]
    assert "bad.csv" in run("show", file, "imports", "--id", "1").out, "it is still said later"


def test_a_damaged_export_in_a_folder_of_exports_is_named(run: Run, file: Path, export: Path) -> None:
    slack_zip(export / "good.zip", people=20, messages=200, seed=1)
    whole = (export / "good.zip").read_bytes()
    (export / "cut.zip").write_bytes(whole[: len(whole) // 2])
    done = run("import", file, export, "--json").json
    assert done["facts"]["post"]["stored"] >= 200 and "cut off" in done["ignored"]["cut.zip"]


def test_what_is_known_and_not_read_in_a_folder_is_named(run: Run, file: Path, export: Path) -> None:
    slack_zip(export / "slack.zip", people=20, messages=200, seed=1)
    (export / "minutes.pdf").write_bytes(b"%PDF-1.7\n")
    (export / "chat.txt").write_text("14-03-2024 10:05 - Ann: Hi\n14-03-2024 10:06 - Bob: Hello\n")
    (export / "picture.dat").write_bytes(bytes(range(256)))
    ignored = run("import", file, export, "--json").json["ignored"]
    assert "a PDF document" in ignored["minutes.pdf"] and "a WhatsApp chat" in ignored["chat.txt"] and ignored["picture.dat"] == "no importer recognises it"


def test_a_folder_of_nothing_but_damage_says_what_is_wrong(run: Run, file: Path, export: Path) -> None:
    slack_zip(export / "cut.zip", people=20, messages=200, seed=1)
    (export / "cut.zip").write_bytes((export / "cut.zip").read_bytes()[:5_000])
    assert "cut.zip is cut off" in run("import", file, export, expect=1).err


def test_a_bad_file_among_files_refuses_all_and_says_so(run: Run, file: Path, export: Path, months: list[Path]) -> None:
    (export / "bad.csv").write_bytes(b"\x00\x01\x02\xff")
    before = file.read_bytes()
    refused = run("import", file, *months, export / "bad.csv", expect=1)
    assert refused.err.startswith("error: bad.csv: ") and "Nothing was stored. Without it the others come in." in refused.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(("magic", "words"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel workbook (.xls)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
])  # fmt: skip
def test_a_sheet_in_another_format_says_how_to_save_it(run: Run, file: Path, tmp_path: Path, magic: bytes, words: str) -> None:
    path = tmp_path / "people.ods"
    path.write_bytes(magic)
    refused = run("import", file, path, expect=1).err
    assert words in refused and "as XLSX or CSV" in refused


def test_a_row_added_to_the_members_sheet_is_told_and_a_removed_one_changes_nobody(run: Run, file: Path, houston: Path, tmp_path: Path) -> None:
    run("import", file, houston)
    run("export", file, "--with", "lists.to_fill_in", "--to", tmp_path / "lists.xlsx", "--names")
    book = openpyxl.load_workbook(tmp_path / "lists.xlsx")
    sheet = book["Profiles"]
    sheet["C2"] = "Data"
    sheet.delete_rows(6)
    sheet.cell(sheet.max_row + 1, 2, "New Person")
    book.save(tmp_path / "edited.xlsx")
    people = len(run("show", file, "members", "--json").json["members"])
    done = run("import", file, tmp_path / "edited.xlsx", "--json").json
    assert done["facts"]["input"]["stored"] == 1 and done["records"]["set_aside"] == 1
    whys = [problem["why"] for problem in done["problems"]]
    assert any("has no key" in why for why in whys) and any("removes nobody" in why for why in whys)
    assert len(run("show", file, "members", "--json").json["members"]) == people


def test_a_retry_through_the_command(run: Run, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id;name;team\n1;Zoë Bär;Größe\n".encode())
    run("import", file, path, "--option", "encoding=cp1252")
    wrong = run("dump", file).out
    assert "Ã" in wrong
    preview = run("import", file, "--retry", "1", "--option", "encoding=utf-8", "--preview").out
    assert "It takes the place of what was read before" in preview and run("dump", file).out == wrong
    run("import", file, "--retry", "1", "--option", "encoding=utf-8")
    right = run("dump", file).out
    assert "Ã" not in right and "Zoë Bär" in right
    shutil.move(path, tmp_path / "moved.csv")
    run("undo", file)
    assert run("dump", file).out == wrong, "an undo needs no file"
    assert "no longer where it was" in run("redo", file, expect=1).err
    shutil.move(tmp_path / "moved.csv", path)
    run("redo", file)
    assert run("dump", file).out == right
