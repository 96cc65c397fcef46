"""Workbooks of other programs and ages, and pages that are called workbooks, are read as what they are; documents that hold no table are named."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from cmdesk.core.errors import ImportProblem, Unrecognised
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source

from . import make_books

OLD = Path(__file__).parents[2] / "data" / "books" / "people.xls"
ROWS = [["Lidnummer", "Naam", "Team"], ["1", "Zoë de Vries", "Zorg"], ["2", "An Çelik", ""], ["3", "Jan & Co", "ICT"]]
BELOW = [tuple(row) for row in ROWS[1:]]


def table(path: Path, sheet: str = "") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(header, rows) of the one table in a file."""
    with Source(path) as source:
        found = source.table(source.entries()[0].name, sheet=sheet)
        rows = [row.cells for row in found.rows]
        assert source.ledger.read == len(rows) + source.ledger.set_aside
        return found.columns, rows


def page(path: Path, words: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(words.encode(encoding))
    return path


def markup(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return "".join(f"<tr>{line}</tr>\n" for line in lines)


def test_an_old_workbook(tmp_path: Path) -> None:
    columns, rows = table(OLD)
    assert columns == ("Lidnummer", "Naam", "E-mail", "Afdeling", "Lid sinds")
    assert rows[0] == ("1000", "Zoë de Vries", "p0@voorbeeld.nl", "Zorg", "2019-03-14") and len(rows) == 3
    with Source(OLD) as source:
        assert source.sheets("people.xls") == ("Leden",) and source.sheets("people.xls", hidden=True) == ("Oud",)
    renamed = tmp_path / "people.csv"
    renamed.write_bytes(OLD.read_bytes())
    assert table(renamed) == (columns, rows)


def test_an_open_document_sheet_without_the_million_empty_rows_below_it(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    path = make_books.ods(tmp_path / "people.ods", {"Leden": ROWS, "Twee": [["a", "b"], ["1", "x"]]}, more=empty)
    assert table(path) == (tuple(ROWS[0]), BELOW)
    assert table(path, "twee") == (("a", "b"), [("1", "x")])


def test_a_binary_workbook(tmp_path: Path) -> None:
    assert table(make_books.xlsb(tmp_path / "people.xlsb", "Leden", ROWS)) == (tuple(ROWS[0]), BELOW)


def test_a_page_that_is_called_a_workbook(tmp_path: Path) -> None:
    words = f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><style>td {{ color: red }}</style><table border=1>{markup(ROWS)}</table></html>"
    assert table(page(tmp_path / "people.xls", words)) == (tuple(ROWS[0]), BELOW)
    assert table(page(tmp_path / "wide.xls", "\ufeff" + words, "utf-16-le")) == (tuple(ROWS[0]), BELOW)
    polish = f'<meta charset="windows-1250"><table>{markup([["Imię", "Dział"], ["Łukasz", "Księgowość"], ["Zofia", "Zarząd"]])}</table>'
    assert table(page(tmp_path / "osoby.xls", polish, "cp1250")) == (("Imię", "Dział"), [("Łukasz", "Księgowość"), ("Zofia", "Zarząd")])


def test_cells_without_end_tags_that_cover_others_and_hold_lines(tmp_path: Path) -> None:
    words = (
        "<TABLE><TR><TD colspan=3><b>Leden</b></TD></TR><tr><th>Team<th>Naam<th>Groepen\n<tr><td rowspan=2>Zorg<td>Zoë<td><p>A</p><p>B</p>\n<tr><td>Jan<td>C<br>D\n<tr><td>ICT<td>An<td></table>"
    )
    assert table(page(tmp_path / "people.xls", words)) == (
        ("Team", "Naam", "Groepen"), [("Zorg", "Zoë", "A\nB"), ("Zorg", "Jan", "C\nD"), ("ICT", "An", "")],
    )  # fmt: skip


def test_each_table_of_a_page_and_none_of_its_layout(tmp_path: Path) -> None:
    inner = f"<table>{markup(ROWS)}</table>"
    words = f"<table><tr><td>menu</td></tr><tr><td>{inner}</td></tr></table><table>{markup([['Van', 'Naar'], ['1', '2'], ['2', '3']])}</table>"
    path = page(tmp_path / "people.htm", words)
    with Source(path) as source:
        assert source.sheets("people.htm") == ("table 1", "table 2")
    assert table(path) == (tuple(ROWS[0]), BELOW)
    assert table(path, "table 2") == (("Van", "Naar"), [("1", "2"), ("2", "3")])
    with pytest.raises(ImportProblem, match="no sheet named"):
        table(path, "table 3")


def test_an_xml_workbook(tmp_path: Path) -> None:
    cells = [["Lidnummer", "Naam", "Sinds"], ["1", "Zoë", "2019-03-14T00:00:00.000"]]
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="{("String", "DateTime")["T0" in cell]}">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in cells
    )
    body += '<Row><Cell><Data ss:Type="Number">2</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">no day</Data></Cell></Row>'
    words = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Leden"><Table>{body}</Table></Worksheet></Workbook>'
    assert table(page(tmp_path / "people.xls", words)) == (("Lidnummer", "Naam", "Sinds"), [("1", "Zoë", "2019-03-14"), ("2", "", "no day")])


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ("EncryptedPackage", "protected by a password"), ("__substg1.0_001A001F", "a message of Outlook (.msg)"), ("WordDocument", "an old Word document"),
        ("PowerPoint Document", "an old PowerPoint presentation"), ("Workbook", "damaged"), ("nothing", "an old Excel workbook (.xls)"),
    ],
)  # fmt: skip
def test_a_compound_file_is_named_by_what_is_in_it(tmp_path: Path, stream: str, words: str) -> None:
    refused(make_books.compound(tmp_path / "file.xls", stream), words)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b"<x/>"}, "a Word document (.docx)"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b"<x/>"}, "a PowerPoint presentation"),
        ({"Index/Document.iwa": b"x", "preview.jpg": b"x"}, "a document of Apple Numbers"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, "an OpenDocument text"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, "damaged"),
        ({"[Content_Types].xml": b"", "xl/workbook.bin": b"x"}, "damaged"),
    ],
)  # fmt: skip
def test_a_packed_document_is_named_by_its_parts(tmp_path: Path, parts: dict[str, bytes], words: str) -> None:
    refused(make_books.zipped(tmp_path / "file.numbers", parts), words)


def test_a_locked_sheet(tmp_path: Path) -> None:
    refused(make_books.ods(tmp_path / "people.ods", {"Leden": ROWS}, locked=True), "protected by a password")


@pytest.mark.parametrize(("magic", "words"), [(b"%PDF-1.7\n", "a PDF document"), (b"!BDN\x00\x00", "a data file of Outlook"), (b"{\\rtf1", "a text in RTF")])
def test_what_can_hold_no_table_is_refused_at_once(tmp_path: Path, magic: bytes, words: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(magic + b"x" * 300)
    with pytest.raises(Unrecognised, match=words) as refusal:
        Source(path)
    assert refusal.value.hint


def test_a_part_over_the_limit_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = make_books.ods(tmp_path / "people.ods", {"Leden": [["x" * 3_000_000]]})
    with Source(path, Limits(whole_bytes=1 << 20)) as source, pytest.raises(ImportProblem, match="whole_bytes"):
        source.table("people.ods")


def refused(path: Path, words: str) -> None:
    with Source(path) as source, pytest.raises(ImportProblem) as refusal:
        source.table(source.entries()[0].name)
    assert words in refusal.value.message and refusal.value.hint


def test_the_head_of_an_old_workbook_that_is_merged_downwards(tmp_path: Path) -> None:
    """`merged.xls` has "Nr" over two rows, and "Zorg" beside two people."""
    columns, rows = table(OLD.with_name("merged.xls"))
    assert columns == ("Nr", "Voornaam", "Achternaam", "Team")
    assert rows == [("1", "Zoë", "de Vries", "Zorg"), ("2", "Jan", "Bakker", "Zorg"), ("3", "An", "Çelik", "ICT")]


def test_a_page_that_claims_more_cells_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = page(tmp_path / "people.xls", "<table><tr><td rowspan=9999999 colspan=9999999>a</td></tr>" + "<tr><td>x</td></tr>" * 500 + "</table>")
    with Source(path, Limits(page_cells=100_000)) as source, pytest.raises(ImportProblem, match="page_cells"):
        source.table("people.xls")


def test_tables_in_tables_without_end_end(tmp_path: Path) -> None:
    with Source(page(tmp_path / "people.xls", "<table><tr><td>" * 5_000)) as source, pytest.raises(ImportProblem):
        source.table("people.xls")
