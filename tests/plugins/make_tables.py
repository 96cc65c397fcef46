"""The cases of robustness C, E, G and H by their ids, done to a table of answers (list, form) and to Viva Engage's table of messages."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from tests.plugins.survey.builder import GOOGLE, LONG
from tests.plugins.viva_engage.builder import MESSAGE, message

Rows = list[list[str]]
VIVA: Rows = [list(MESSAGE), *([str(row.get(name, "")) for name in MESSAGE] for row in (message(n, n % 3 + 1, f"text {n}", title="T") for n in range(1, 7)))]
TABLES: dict[str, tuple[str, Rows]] = {
    "list": ("survey.answers", [list(row) for row in LONG]), "form": ("survey.answers", [list(row) for row in GOOGLE]), "viva": ("viva_engage.export", VIVA),
}  # fmt: skip
"""Kind → (importer, table)."""
Case = Callable[[Rows], "str | bytes"]


def text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _more(rows: Rows, line: str) -> str:
    """The table, a strange line, and a good one."""
    return text(rows) + line + text(rows[-1:])


def _ragged(rows: Rows) -> str:
    return text(rows) + ",".join(rows[1][:2]) + "\n" + text([[*rows[1], "extra", "more"]])


def _set(rows: Rows, column: int, values: Sequence[str]) -> str:
    """The table with a further row for each value in a column."""
    return text([*rows, *([*rows[1][:column], value, *rows[1][column + 1 :]] for value in values)])


def _chunk(rows: Rows) -> str:
    filler = [["é" * 50_000 if k == len(rows[0]) - 1 else cell for k, cell in enumerate(rows[1])] for _n in range(24)]
    return text([*rows, *filler])


def _wide(rows: Rows) -> str:
    return text([[*row, *(["x"] * 10_000)] for row in rows])


_NAMED = {"list": 0, "form": 2, "viva": 12}
_TIMED = {"list": None, "form": 0, "viva": 19}
_TEXT: dict[str, Case] = {
    "C01": lambda rows: _more(rows, "a\0b" + "," * (len(rows[0]) - 1) + "\n"), "C02": lambda rows: _set(rows, len(rows[0]) - 1, ["x" * 200_000]),
    "C02_limit": lambda rows: _set(rows, len(rows[0]) - 1, ["x" * 2_000_000]), "C03": lambda rows: text(rows[:1]) + '"never closed,x\n' + text(rows[1:]),
    "C04": lambda rows: _more(rows, 'a"b,"c"d"' + "," * (len(rows[0]) - 2) + "\n"), "C05": _ragged, "C06_none": lambda rows: text(rows[1:]),
    "C06_twice": lambda rows: text([*rows, rows[0], rows[1]]), "C06_bom": lambda rows: codecs.BOM_UTF8 + text(rows).encode(),
    "C06_same": lambda rows: text([[*row, row[0]] for row in rows]), "C07_semicolon": lambda rows: text(rows, ";"), "C07_sep": lambda rows: "sep=;\n" + text(rows, ";"),
    "C07_tab": lambda rows: text(rows, "\t"), "C07_pipe": lambda rows: text(rows, "|"), "C08": lambda rows: text([row[:1] for row in rows]),
    "C09": lambda rows: text(rows[:2]).replace("\n", "\r") + text(rows[2:]).replace("\n", "\r\n"), "C10_mark": lambda rows: text(rows, "\t").encode("utf-16"),
    "C10_bare": lambda rows: text(rows).encode("utf-16-le"), "C11": lambda rows: _set(rows, 0, ["Zoë – Müller"]).encode("cp1252"),
    "C12": lambda rows: text(rows).encode() + "Zoë".encode("cp1252") + b"," * (len(rows[0]) - 1) + b"\n" + text(rows[1:2]).encode(), "C13": _chunk, "C14": _wide,
    "C15": lambda rows: text([*rows, *([f"{n}", *rows[1][1:]] for n in range(20_000))]), "C16": lambda rows: text(rows[:1]),
    "C17": lambda rows: _set(rows, len(rows[0]) - 1, ["1.234", "1,234"]), "C19": lambda rows: _set(rows, 1, ["=cmd|' /C calc'!A0"]),
    "C20": lambda rows: _set(rows, 0, ["007", "08"]), "C21": lambda rows: _set(rows, 0, ["1.23E+17", "1.24E+17"]), "C22": lambda rows: _set(rows, 1, ["Al\u2028ice\x0b\x85", "B\x1cob"]),
}  # fmt: skip
_TIMES = {
    "G01": "2025-03-03 09:15", "G02": "1700000000000", "G03": "1000000000000000000", "G04": "-1", "G05": "9999-12-31T23:59:59-12:00", "G06": "2025-03-03 24:00:00",
    "G07": "2025-03-03T09:15:00+24:00", "G08": "2024-10-27 02:30", "G09": "2025-03-03 09:15 Mars/Olympus", "G10": "1601-01-01", "G11": "3 maart 2025 9:15",
    "G12": "2199-01-01T00:00:00Z", "G14": "NaN", "G15": "45719.5", "G16": "1970-01-01T00:00:00Z", "C18": "01/02/03",
}  # fmt: skip
_NAMES = {
    "H01": [" ", "None", "null"], "H02": ["Ann\u202eBakker"], "H03": ["\u200b\u200d"], "H04": ["👩‍👩‍👧 Ann"], "H05": ["раypal Smit"], "H06": ["x" * 10_000],
    "H07": ["a" + "\u0301" * 50_000], "H08": ["<b>Ann</b> & <img src=x>"], "H09": ["Ann & Bob"], "H10": ["Ann\nBakker"], "H13": ["Bob Cohen", "Bob Cohen"],
    "H14": ["bob cohen", "BOB COHEN", "Bob\u00a0Cohen"], "H15": ["null", "None", "0", "test", "admin"], "H16": ["=1+1", "@SUM(A1)", "-2+3"], "H17": ["CON", "../x"],
    "H18": ["İstanbul Iğdır", "Groß Größe"], "H19": ["a.b+c@example.org"], "H20": ["محمد علي", "יוסי כהן"], "H21": ["Deleted User", "ghost"], "H22": ["undefined", "1;DROP TABLE", "﷽"],
}  # fmt: skip


def cases(kind: str) -> dict[str, Case]:
    """The cases for one kind of table."""
    found = dict(_TEXT)
    column = _TIMED[kind]
    if column is not None:
        found |= {case: lambda rows, value=value, at=column: _set(rows, at, [value]) for case, value in _TIMES.items()}
    found |= {case: lambda rows, values=values: _set(rows, _NAMED[kind], values) for case, values in _NAMES.items()}
    if kind == "form":  # who answers is known by the address there: few names and times make a difference
        found = {case: make for case, make in found.items() if case[0] == "C" or case in ("G01", "G09", "G15", "H10", "H13", "H14")}
    return found


def workbook(case: str, path: Path, rows: Rows) -> Path:
    """The cases of robustness E that a table of answers can meet beyond the reader's own."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if case == "E11":
        sheet.append([*rows[1][:-1], "=1+1"])
    elif case == "E14":
        sheet.insert_rows(1)
        sheet["A1"] = "Survey of March"
        sheet.merge_cells("A1:C1")
        book.create_sheet("Hidden").sheet_state = "hidden"
    elif case == "E19":
        sheet.append([*rows[1][:-1], "#N/A"])
        sheet.cell(sheet.max_row, len(rows[0])).data_type = "e"
    elif case == "E18":
        for cells in sheet.iter_rows(min_row=2):
            cells[-1].number_format = "@"
    book.save(path)
    return path


SHEETS = ("E11", "E14", "E18", "E19")
