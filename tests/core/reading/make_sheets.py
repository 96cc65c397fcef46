"""Workbooks of robustness E, as tables of people."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from .make_archives import IMPORTED, PROBLEMS, REFUSED
from .slack_shape import deflated, raw_zip

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_NAIVE = None  # workbooks know no zones
ROWS: list[list[object]] = [
    ["id", "name", "joined"],
    [1, "Alice", dt.datetime(2024, 1, 2, tzinfo=_NAIVE)],
    [2, "Bob", dt.datetime(2024, 3, 4, 5, 6, tzinfo=_NAIVE)],
]


def book(rows: list[list[object]] | None = None) -> dict[str, bytes]:
    """The parts of a workbook of one sheet."""
    workbook = openpyxl.Workbook()
    for row in ROWS if rows is None else rows:
        workbook.active.append(row)
    return parts(workbook)


def parts(workbook: openpyxl.Workbook) -> dict[str, bytes]:
    """What a workbook looks like inside."""
    stream = io.BytesIO()
    workbook.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(tmp_path: Path, content: dict[str, bytes], name: str = "people.xlsx") -> Path:
    """A workbook of these parts."""
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in content.items():
            archive.writestr(part, data)
    return path


def _changed(tmp_path: Path, old: str, new: str, part: str = SHEET) -> Path:
    content = book()
    assert old.encode() in content[part], content[part]
    content[part] = content[part].replace(old.encode(), new.encode(), 1)
    return written(tmp_path, content)


def case_E01(tmp_path: Path) -> Path:
    """A part that unpacks to 256 MB."""
    path = tmp_path / "people.xlsx"
    path.write_bytes(raw_zip([deflated("xl/workbook.xml", bytes(1 << 20), 256)]))
    return path


def case_E02(tmp_path: Path) -> Path:
    """Shared texts of 90 MB."""
    path = tmp_path / "people.xlsx"
    path.write_bytes(raw_zip([deflated("xl/workbook.xml", b" ", 1), deflated(STRINGS, b"<si><t>x</t></si>" * 60_000, 88)]))
    return path


def case_E03(tmp_path: Path) -> Path:
    """A cell in the last column of the last row."""
    return _changed(tmp_path, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def case_E04(tmp_path: Path) -> Path:
    """A dimension that is wrong."""
    return _changed(tmp_path, 'ref="A1:C3"', 'ref="A1"')


def case_E05(tmp_path: Path) -> Path:
    """A shared text that does not exist."""
    return _changed(tmp_path, 't="inlineStr"><is><t>Bob</t></is>', 't="s"><v>99999</v>')


def case_E06(tmp_path: Path) -> Path:
    """An impossible date."""
    return _changed(tmp_path, "<v>45293</v>", "<v>99999999999</v>")


def case_E07(tmp_path: Path) -> Path:
    """1e999."""
    return _changed(tmp_path, 't="n"><v>1</v>', 't="n"><v>1e999</v>')


def case_E08(tmp_path: Path) -> Path:
    """A sheet that is no XML."""
    return written(tmp_path, {**book(), SHEET: b"{}"})


def case_E09(tmp_path: Path) -> Path:
    """An entity in the sheet."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    return written(tmp_path, {**book(), SHEET: bomb})


def case_E10(tmp_path: Path) -> Path:
    """A link to another workbook, which nobody follows."""
    content = book([*ROWS, [3, "='[1]Sheet1'!A1", None]])
    content["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook r:id="rId1" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></externalLink>'
    )
    content["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="file:///etc/passwd"/></Relationships>'
    )
    return written(tmp_path, content)


def case_E11(tmp_path: Path) -> Path:
    """A formula that nobody ever calculated."""
    return written(tmp_path, book([*ROWS, [3, '="Ce"&"m"', None]]))


def case_E12(tmp_path: Path) -> Path:
    """Dates from 1904."""
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in ROWS:
        workbook.active.append(row)
    return written(tmp_path, parts(workbook))


def case_E13(tmp_path: Path) -> Path:
    """29 February 1900, which Excel has and the calendar has not."""
    return _changed(tmp_path, "<v>45293</v>", "<v>60</v>")


def case_E14(tmp_path: Path) -> Path:
    """A merged title above the header, a hidden sheet before it."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["hidden", "sheet"])
    workbook.active.sheet_state = "hidden"
    sheet = workbook.create_sheet("People")
    sheet.append(["Members of the community"])
    sheet.merge_cells("A1:C1")
    for row in ROWS:
        sheet.append(row)
    workbook.active = 1
    return written(tmp_path, parts(workbook))


def case_E15_xls(tmp_path: Path) -> Path:
    """An old workbook renamed."""
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    return path


def case_E15_csv(tmp_path: Path) -> Path:
    """A CSV renamed .xlsx."""
    path = tmp_path / "people.xlsx"
    path.write_text("id,name,team\n1,Alice,Alpha\n2,Bob,Beta\n")
    return path


def case_E16(tmp_path: Path) -> Path:
    """A workbook behind a password, which is an OLE container too."""
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(4096))
    return path


def case_E17(tmp_path: Path) -> Path:
    """A workbook with macros, which nobody runs."""
    content = book()
    content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    kinds = content["[Content_Types].xml"]
    kinds = kinds.replace(b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml").replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    return written(tmp_path, {**content, "[Content_Types].xml": kinds}, "people.xlsm")


def case_E18(tmp_path: Path) -> Path:
    """Numbers as text."""
    return written(tmp_path, book([["id", "name"], ["007", "Alice"], ["1", "Bob"]]))


def case_E19(tmp_path: Path) -> Path:
    """An error in a cell."""
    return written(tmp_path, book([*ROWS, [3, "#N/A", None]]))


def case_E20(tmp_path: Path) -> Path:
    """20,000 rows (200,000 take ten times as long and nothing else)."""
    return written(tmp_path, book([["id", "name"], *([n, f"Person {n}"] for n in range(20_000))]))


def case_E21(tmp_path: Path) -> Path:
    """The strict variant of the format."""
    content = {
        name: data.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        for name, data in book().items()
    }
    return written(tmp_path, content)


def case_E22(tmp_path: Path) -> Path:
    """No relations of the workbook."""
    content = book()
    del content["xl/_rels/workbook.xml.rels"]
    return written(tmp_path, content)


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "E01": (case_E01, REFUSED), "E02": (case_E02, REFUSED), "E03": (case_E03, PROBLEMS), "E04": (case_E04, IMPORTED),
    "E05": (case_E05, REFUSED), "E06": (case_E06, PROBLEMS), "E07": (case_E07, PROBLEMS), "E08": (case_E08, REFUSED),
    "E09": (case_E09, REFUSED), "E10": (case_E10, IMPORTED), "E13": (case_E13, PROBLEMS), "E16": (case_E16, REFUSED), "E17": (case_E17, IMPORTED),
    "E20": (case_E20, IMPORTED), "E11": (case_E11, IMPORTED), "E12": (case_E12, IMPORTED), "E14": (case_E14, PROBLEMS),
    "E15_xls": (case_E15_xls, REFUSED), "E15_csv": (case_E15_csv, IMPORTED), "E18": (case_E18, IMPORTED), "E19": (case_E19, PROBLEMS),
    "E21": (case_E21, REFUSED), "E22": (case_E22, REFUSED),
}  # fmt: skip
"""Case → (maker, what must become of it)."""
