"""Robustness C: CSV and text as people and programs write them. Each case through `Source`."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source, Table

from .checking import check, refused
from .corpus import rows
from .make_csv import CASES, case_C15

PEOPLE = [("1", "Alice Ant", "Alpha"), ("2", "Bob Bee", "Beta"), ("3", "Cem Cat", "Alpha")]


def _table(tmp_path: Path, case: str) -> Table:
    folder = tmp_path / "again"
    folder.mkdir(exist_ok=True)
    path = CASES[case][0](folder)
    return Source(path).table(path.name)


def _read(tmp_path: Path, content: str | bytes, **how: object) -> tuple[Table, list[tuple[str, ...]], Source]:
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    source = Source(path)
    table = source.table("table.csv", **how)  # type: ignore[arg-type]
    return table, [row.cells for row in table.rows], source


def test_C01_nul(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C01")
    assert rows(outcome) == [*PEOPLE, ("5", "Eve", "Beta")]
    assert outcome.told == "people.csv, line 5: the line holds a NUL character"


def test_C02_long_cell(tmp_path: Path) -> None:
    assert len(rows(check(tmp_path, "C02"))[3][1]) == 200_000


def test_C02_cell_over_the_limit(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C02_limit")
    assert rows(outcome) == PEOPLE
    assert "limit csv_field_length of 1,048,576" in outcome.told


def test_C03_unclosed_quote(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C03")
    assert rows(outcome) == PEOPLE
    assert outcome.told == "people.csv, line 2: a quote that begins here is not closed"


def test_C03_unclosed_quote_before_quoted_cells(tmp_path: Path) -> None:
    _, found, source = _read(tmp_path, 'id,name,team\n0,"Zoë,Beta\n1,Alice,"Alpha"\n2,Bob,Beta\n3,Cem,"Alpha"\n')
    assert found == [("1", "Alice", "Alpha"), ("2", "Bob", "Beta"), ("3", "Cem", "Alpha")]
    assert [problem.where for problem in source.ledger.problems] == ["table.csv, line 2"]


def test_C03_unclosed_quote_that_a_later_one_closes(tmp_path: Path) -> None:
    _, found, source = _read(tmp_path, 'id,name,team\n1,Ann,X\n2,Ben,"Y\n3,Cat,X\n4,Dan,Z"\n5,Eve,X\n6,Fay,X\n')
    read = source.ledger.read
    assert read == len(found) + source.ledger.set_aside
    assert all(name in str(found) or name in str(source.ledger.problems) for name in ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay"))


def test_C04_quote_in_the_middle(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C04")
    assert rows(outcome) == [*PEOPLE, ("5", "Eve", "Beta")]
    assert "line 5: a quote stands in the middle of a cell" in outcome.told


def test_C05_ragged_rows(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C05")
    assert rows(outcome) == [*PEOPLE, ("6", "Fay", "Beta")]
    assert "line 5: the row has 2 cells, the table has 3" in outcome.told
    assert "line 6: the row has 4 cells, the table has 3" in outcome.told


def test_C06_no_header(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C06_none")) == [("alice", "bob"), ("bob", "cem"), ("cem", "alice")]
    assert _table(tmp_path, "C06_none").header is False


def test_C06_header_twice(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C06_twice")
    assert rows(outcome) == [*PEOPLE, ("4", "David", "Beta")]
    assert "line 5: the header again" in outcome.told


def test_C06_same_names_and_mark(tmp_path: Path) -> None:
    assert len(rows(check(tmp_path, "C06_same"))) == 2
    assert _table(tmp_path, "C06_same").columns == ("id", "name", "team", "team (2)", "column 5")


def test_C07_semicolon_and_decimal_comma(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C07_semicolon")) == [("alice", "bob", "0,5"), ("bob", "cem", "1,5")]


def test_C07_sep_line(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C07_sep")) == [("1", "Alice, A.", "Alpha")]


def test_C07_tab(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C07_tab")) == PEOPLE


def test_C07_pipe(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C07_pipe")) == PEOPLE


def test_C08_single_column(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C08")) == [("alice@example.org",), ("bob@example.org",)]
    assert _table(tmp_path, "C08").columns == ("email",)


def test_C09_line_ends(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C09")) == [
        ("1", "Alice", "Alpha"),
        ("2", "Bob", "Beta"),
        ("3", "Cem\r\nCat", "Alpha"),
        ("4", "Eve", "Beta"),
    ]


def test_C10_utf_16(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C10_mark")) == PEOPLE


def test_C10_utf_16_without_mark(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C10_bare")) == PEOPLE


def test_C11_windows_1252(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C11")
    assert rows(outcome) == [("1", "Zoë – Müller", "Ääkköset"), ("2", "François", "Größe")]
    assert "was read as cp1252" in outcome.told


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "latin-1", "cp1250"])
def test_C11_named_encoding(tmp_path: Path, encoding: str) -> None:
    _, found, source = _read(tmp_path, "id,name\n1,Größe ü\n".encode(encoding), encoding=encoding)
    assert found == [("1", "Größe ü")]
    assert source.ledger.problem_count == 0


def test_C11_another_alphabet(tmp_path: Path) -> None:
    text = "id,name,team\n" + "".join(f"{n},Анна Иванова Петровна,Отдел продаж и развития\n" for n in range(30))
    _, found, _ = _read(tmp_path, text.encode("cp1251"))
    assert found[0][1] == "Анна Иванова Петровна"


def test_C11_unknown_encoding(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no encoding named"):
        _read(tmp_path, "id\n1\n", encoding="klingon")


def test_C12_mixed_encodings(tmp_path: Path) -> None:
    outcome = check(tmp_path, "C12")
    assert [cells[1] for cells in rows(outcome)] == ["Zoë", "François", "Jürgen"]
    assert "line 4: the line is not valid utf-8" in outcome.told


def test_C13_character_across_chunks(tmp_path: Path) -> None:
    found = rows(check(tmp_path, "C13"))
    assert found[1][1].endswith("y" + "é" * 8)


def test_C14_10_000_columns(tmp_path: Path) -> None:
    refused(tmp_path, "C14", "10,000 columns; the limit csv_columns is 2,000")


def test_C15_long_file_in_flat_memory(tmp_path: Path) -> None:
    path = case_C15(tmp_path, rows=100_000)
    with Source(path) as source:
        table = source.table("people.csv").rows
        next(table)
        tracemalloc.start()
        count = sum(1 for _ in table)
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 99_999
    assert top < 6 << 20


def test_C15_one_endless_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\n" + b"x" * 3_000_000)
    with Source(path, Limits(line_bytes=1_000_000)) as source, pytest.raises(ImportProblem, match="limit line_bytes is 1,000,000"):
        list(source.table("a.csv").rows)


def test_C16_only_a_header(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C16")) == []
    assert _table(tmp_path, "C16").columns == ("id", "name", "team")


def test_C17_point_and_comma_stay(tmp_path: Path) -> None:
    assert [cells[2] for cells in rows(check(tmp_path, "C17"))] == ["1.234", "1,234"]


def test_C18_unclear_dates_stay(tmp_path: Path) -> None:
    assert [cells[2] for cells in rows(check(tmp_path, "C18"))] == ["01/02/03", "02/03/04"]


def test_C19_formula_stays_text(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C19"))[3][1] == "=cmd|' /C calc'!A0"


def test_C20_leading_zeros_stay(tmp_path: Path) -> None:
    assert [cells[0] for cells in rows(check(tmp_path, "C20"))] == ["007", "08"]


def test_C21_damaged_ids_stay_as_they_are(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C21"))[0][0] == "1.23E+17"


def test_C22_other_line_ends_do_not_split(tmp_path: Path) -> None:
    assert rows(check(tmp_path, "C22")) == [("1", "Al\u2028ice\x0b\x85", "Alpha"), ("2", "Bo\x1cb", "Be\u2029ta")]


def test_row_numbers_of_r_are_dropped(tmp_path: Path) -> None:
    table, found, _ = _read(tmp_path, '"","from","to"\n"1","a","b"\n"2","b","c"\n')
    assert table.columns == ("from", "to")
    assert found == [("a", "b"), ("b", "c")]


def test_snap_text(tmp_path: Path) -> None:
    table, found, _ = _read(tmp_path, "# Nodes: 3 Edges: 2\n% more\n1 2 1082040961\n3   4 1082155839\n")
    assert (table.header, table.delimiter) == (False, " ")
    assert found == [("1", "2", "1082040961"), ("3", "4", "1082155839")]


def test_comments_where_asked(tmp_path: Path) -> None:
    _, found, source = _read(tmp_path, "# a list\nid,name\n1,A\n% note\n2,B\n", comments="#%")
    assert found == [("1", "A"), ("2", "B")]
    assert source.ledger.read == 2


def test_title_above_the_header(tmp_path: Path) -> None:
    table, found, source = _read(tmp_path, "Members of the community,,\n,,\nid,name,team\n1,Alice,Alpha\n2,Bob,Beta\n")
    assert table.columns == ("id", "name", "team")
    assert len(found) == 2
    assert "above the header" in source.ledger.problems[0].why


def test_header_can_be_said(tmp_path: Path) -> None:
    table, found, _ = _read(tmp_path, "id,name\n1,Alice\n", header=False)
    assert (table.columns, len(found)) == (("column 1", "column 2"), 2)
    table, found, _ = _read(tmp_path, "2023,2024\n1,2\n", header=True)
    assert (table.columns, len(found)) == (("2023", "2024"), 1)


def test_blank_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="holds no table"):
        _read(tmp_path, "\n\n")


def test_lines_are_counted(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_bytes("one\r\ntwö\rthree\n".encode() + b"\xff four\n" + "five ö".encode())
    with Source(tmp_path / "chat.txt") as source:
        found = list(source.lines("chat.txt"))
        source.use(len(found))
    assert found == ["one", "twö", "three", "five ö"]
    assert source.ledger.adds_up
    assert source.ledger.set_aside == 1


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, cells), max_size=12), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_law_what_is_written_is_read(tmp_path: Path, written: list[tuple[str, str, str]], delimiter: str, encoding: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(("id", "name", "team"))
    writer.writerows(written)
    path = tmp_path / "law.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    with Source(path) as source:
        found = [row.cells for row in source.table("law.csv", delimiter=delimiter, header=True).rows]
        aside = source.ledger.set_aside
    expected = [row for row in written if any(row) and row != ("id", "name", "team")]
    assert found == expected
    assert aside == sum(row == ("id", "name", "team") for row in written)
