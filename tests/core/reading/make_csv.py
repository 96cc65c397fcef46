"""The CSV of robustness C, as tables of people or of ties."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from .make_archives import IMPORTED, PROBLEMS, REFUSED

HEADER = "id,name,team\n"
PEOPLE = "1,Alice Ant,Alpha\n2,Bob Bee,Beta\n3,Cem Cat,Alpha\n"


def _people(tmp_path: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def case_C01(tmp_path: Path) -> Path:
    """A NUL."""
    return _people(tmp_path, HEADER + PEOPLE + "4,Da\0vid,Beta\n5,Eve,Beta\n")


def case_C02(tmp_path: Path) -> Path:
    """A cell of 200,000 characters."""
    return _people(tmp_path, HEADER + PEOPLE + f"4,{'x' * 200_000},Beta\n")


def case_C02_limit(tmp_path: Path) -> Path:
    """A cell of 2 MB."""
    return _people(tmp_path, HEADER + f"4,{'x' * 2_000_000},Beta\n" + PEOPLE)


def case_C03(tmp_path: Path) -> Path:
    """A quote that is never closed, before three good rows."""
    return _people(tmp_path, HEADER + '0,"Zoë,Beta\n' + PEOPLE)


def case_C04(tmp_path: Path) -> Path:
    """A quote in the middle of a quoted cell."""
    return _people(tmp_path, HEADER + PEOPLE + '4,"Da"vid",Beta\n5,Eve,Beta\n')


def case_C05(tmp_path: Path) -> Path:
    """A short and a long row."""
    return _people(tmp_path, HEADER + PEOPLE + "4,David\n5,Eve,Beta,extra\n6,Fay,Beta\n")


def case_C06_none(tmp_path: Path) -> Path:
    """Ties without a header."""
    return _people(tmp_path, "alice,bob\nbob,cem\ncem,alice\n", "ties.csv")


def case_C06_twice(tmp_path: Path) -> Path:
    """The header again in the middle."""
    return _people(tmp_path, HEADER + PEOPLE + HEADER + "4,David,Beta\n")


def case_C06_same(tmp_path: Path) -> Path:
    """A byte order mark, and two columns of one name."""
    return _people(tmp_path, codecs.BOM_UTF8 + b"id,name,team,team,\n" + b"1,Alice,Alpha,Beta,x\n2,Bob,Beta,Alpha,y\n")


def case_C07_semicolon(tmp_path: Path) -> Path:
    """Semicolons and decimal commas."""
    return _people(tmp_path, "source;target;weight\nalice;bob;0,5\nbob;cem;1,5\n", "ties.csv")


def case_C07_sep(tmp_path: Path) -> Path:
    """Excel's first line."""
    return _people(tmp_path, "sep=;\r\nid;name;team\r\n1;Alice, A.;Alpha\r\n")


def case_C07_tab(tmp_path: Path) -> Path:
    """Tabs."""
    return _people(tmp_path, (HEADER + PEOPLE).replace(",", "\t"), "people.tsv")


def case_C07_pipe(tmp_path: Path) -> Path:
    """Bars."""
    return _people(tmp_path, (HEADER + PEOPLE).replace(",", "|"))


def case_C08(tmp_path: Path) -> Path:
    """A single column."""
    return _people(tmp_path, "email\nalice@example.org\nbob@example.org\n")


def case_C09(tmp_path: Path) -> Path:
    """Three kinds of line ends and one inside a cell."""
    return _people(tmp_path, 'id,name,team\r1,Alice,Alpha\r\n2,Bob,Beta\n3,"Cem\r\nCat",Alpha\r4,Eve,Beta')


def case_C10_mark(tmp_path: Path) -> Path:
    """UTF-16 as Excel writes it."""
    return _people(tmp_path, (HEADER + PEOPLE).replace(",", "\t").encode("utf-16"))


def case_C10_bare(tmp_path: Path) -> Path:
    """UTF-16 without mark."""
    return _people(tmp_path, (HEADER + PEOPLE).encode("utf-16-le"))


def case_C11(tmp_path: Path) -> Path:
    """Windows-1252."""
    return _people(tmp_path, (HEADER + "1,Zoë – Müller,Ääkköset\n2,François,Größe\n").encode("cp1252"))


def case_C12(tmp_path: Path) -> Path:
    """UTF-8 with one line of Windows-1252."""
    good = (HEADER + "1,Zoë,Ää\n2,François,Größe\n").encode()
    return _people(tmp_path, good + "3,Renée,Alpha\n".encode("cp1252") + "4,Jürgen,Ålesund\n".encode())


def case_C13(tmp_path: Path) -> Path:
    """A character of two bytes across the border of a chunk of 1 MiB."""
    start = HEADER + "1,"
    return _people(tmp_path, start + "x" * ((1 << 20) - len(start) - 1 - 100_000) + ",Alpha\n" + "2," + "y" * 99_990 + "é" * 8 + ",Beta\n")


def case_C14(tmp_path: Path) -> Path:
    """10,000 columns."""
    return _people(tmp_path, ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(["1"] * 10_000) + "\n")


def case_C15(tmp_path: Path, rows: int = 25_000) -> Path:
    """A long file."""
    return _people(tmp_path, HEADER + "".join(f"{n},Person {n},Team {n % 9}\n" for n in range(rows)))


def case_C16(tmp_path: Path) -> Path:
    """Only a header."""
    return _people(tmp_path, HEADER)


def case_C17(tmp_path: Path) -> Path:
    """1.234 and 1,234."""
    return _people(tmp_path, 'source,target,weight\nalice,bob,1.234\nbob,cem,"1,234"\n', "ties.csv")


def case_C18(tmp_path: Path) -> Path:
    """Dates of which nobody can tell day and month."""
    return _people(tmp_path, "id,name,joined\n1,Alice,01/02/03\n2,Bob,02/03/04\n")


def case_C19(tmp_path: Path) -> Path:
    """A formula that would run a program."""
    return _people(tmp_path, HEADER + PEOPLE + "4,=cmd|' /C calc'!A0,Beta\n")


def case_C20(tmp_path: Path) -> Path:
    """Leading zeros."""
    return _people(tmp_path, HEADER + "007,Alice,Alpha\n08,Bob,Beta\n")


def case_C21(tmp_path: Path) -> Path:
    """Ids that Excel damaged."""
    return _people(tmp_path, HEADER + "1.23E+17,Alice,Alpha\n1.24E+17,Bob,Beta\n")


def case_C22(tmp_path: Path) -> Path:
    """Characters at which str.splitlines would split."""
    return _people(tmp_path, HEADER + "1,Al\u2028ice\x0b\x85,Alpha\n2,Bo\x1cb,Be\u2029ta\n")


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "C01": (case_C01, PROBLEMS), "C02": (case_C02, IMPORTED), "C02_limit": (case_C02_limit, PROBLEMS), "C03": (case_C03, PROBLEMS),
    "C04": (case_C04, PROBLEMS), "C05": (case_C05, PROBLEMS), "C06_none": (case_C06_none, IMPORTED),
    "C06_twice": (case_C06_twice, PROBLEMS), "C06_same": (case_C06_same, IMPORTED), "C07_semicolon": (case_C07_semicolon, IMPORTED),
    "C07_sep": (case_C07_sep, IMPORTED), "C07_tab": (case_C07_tab, IMPORTED), "C07_pipe": (case_C07_pipe, IMPORTED),
    "C08": (case_C08, IMPORTED), "C09": (case_C09, IMPORTED), "C10_mark": (case_C10_mark, IMPORTED), "C10_bare": (case_C10_bare, IMPORTED),
    "C11": (case_C11, PROBLEMS), "C12": (case_C12, PROBLEMS), "C13": (case_C13, IMPORTED), "C14": (case_C14, REFUSED),
    "C15": (case_C15, IMPORTED), "C16": (case_C16, IMPORTED), "C17": (case_C17, IMPORTED), "C18": (case_C18, IMPORTED),
    "C19": (case_C19, IMPORTED), "C20": (case_C20, IMPORTED), "C21": (case_C21, IMPORTED), "C22": (case_C22, IMPORTED),
}  # fmt: skip
"""Case → (maker, what must become of it at the readers; an importer may set more aside)."""
