"""Finds the header of a table, names its columns, and gives the rows below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.rows import Row, Table
from cmdesk.core.text import N_, _

_LOOK = 200
_DATA = re.compile(r"\s*(?:[-+]?[\d.,]*\d[\d.,]*%?|\d[\d\-/.: T]{5,}.*|[^@\s]+@[^@\s]+\.[^@\s]+)\s*")
Numbered = tuple[int, list[str]]


def found(
    rows: Iterator[Numbered], label: str, said: bool | None, ledger: Ledger, limits: Limits, *,
    delimiter: str = "", encoding: str = "", sheet: str = "", pad: bool = False, begin: int = 0,
) -> Table:  # fmt: skip
    """The table that `rows` (number, cells) hold. `said`: whether there is a header, None: find out. Rows above a header are told. `pad`: a row that
    is too short lacks empty cells at its end only. `begin`: the number of the header's row, 0: find it."""
    look, unit = (limits.header_rows, N_("row")) if sheet else (_LOOK, N_("line"))
    padded = bool(sheet) or (pad and said is False)  # titles above are short: the widest of the first rows tells the width
    first = list(islice(rows, look if said is not False or padded else 1))
    if not first:
        raise ImportProblem(_("{label} holds no table.").format(label=label), _("Check that it is the table that you wanted."))
    at = 0 if said is False else _row_numbered(first, begin) if begin else _header_row(first)
    has_header = said if said is not None else _is_header(first[at][1], [cells for _, cells in first[at + 1 :]])
    if not has_header and said is None:
        at = 0
    for number, _cells in first[:at]:
        ledger.add_problem(f"{label}, {unit} {number:,}", N_("the {unit} stands above the header and was passed over").format(unit=unit), 0)
    top = first[at][1]
    if padded:  # cells at the end of a sheet's row are missing where they are empty: in the header too
        widths = (len(cells) for _, cells in first[at:])
        top = top + [""] * (max((width for width in widths if width <= limits.csv_columns), default=0) - len(top))
    if len(top) > limits.csv_columns:
        raise over(limits, "csv_columns", _("{label} has {n:,} columns").format(label=label, n=len(top)))
    body = first[at + 1 :] if has_header else first[at:]
    names = [cell.strip().lstrip("\ufeff") for cell in top] if has_header else [""] * len(top)
    while has_header and len(names) > 1 and not names[-1] and all(not any(cells[len(names) - 1 :]) for _, cells in body):
        names.pop()
    skip = 1 if has_header and _row_numbers(names, [cells for _, cells in body]) else 0
    below = _below(chain(body, rows), len(names), skip, top if has_header else None, f"{label}, {unit}", ledger, pad=pad or bool(sheet))
    return Table(_unique(names[skip:]), below, delimiter=delimiter, encoding=encoding, sheet=sheet, header=bool(has_header))


def _below(
    rows: Iterator[Numbered], width: int, skip: int, top: list[str] | None, place: str, ledger: Ledger, *, pad: bool
) -> Iterator[Row]:
    """The rows of `width` cells without the first `skip`; the others are set aside. `pad`: a short row lacks empty cells only."""
    for number, cells in rows:
        if len(cells) != width:
            if pad and len(cells) < width:
                cells += [""] * (width - len(cells))
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if len(cells) != width:
                ledger.read += 1
                ledger.add_problem(
                    f"{place} {number:,}", N_("the row has {n:,} cells, the table has {width:,}").format(n=len(cells), width=width)
                )
                continue
        if not cells[0] and not any(cells):
            continue
        ledger.read += 1
        if cells == top:
            ledger.add_problem(f"{place} {number:,}", N_("the header again"))
            continue
        yield Row(number, tuple(cells[skip:] if skip else cells))


def _row_numbered(first: Sequence[Numbered], begin: int) -> int:
    """Index of the row whose number is `begin`, or of the next one that holds anything."""
    return next((index for index, (number, _cells) in enumerate(first) if number >= begin), 0)


def _header_row(first: Sequence[Numbered]) -> int:
    """Index of the first row that has nearly as many filled cells as rows usually have: titles above it have fewer."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in first]
    wide = [count for count in filled if count > 1]  # titles above and notes below are one cell each
    usual = max(Counter(wide if len(wide) * 2 >= len(filled) else filled).items(), key=lambda found: (found[1], found[0]))[0]
    need = max(1, -(-usual * 6 // 10))
    found = next((index for index, count in enumerate(filled) if count >= need), 0)
    return found + 1 if found + 2 < len(first) and _names_more(first[found][1], first[found + 1][1], [cells for _, cells in first[found + 2 :]]) else found


def _names_more(top: Sequence[str], under: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """True if a head has two rows, the upper one for several columns together: the lower one names columns where the upper one is empty, and none of its
    cells is data where the rows below hold some."""
    said = [bool(cell.strip()) for cell in under]
    if any(cell.strip() and (index >= len(said) or not said[index]) for index, cell in enumerate(top)) or not any(
        has and (index >= len(top) or not top[index].strip()) for index, has in enumerate(said)
    ):
        return False
    holding = [index for index, has in enumerate(said) if has and _holds_data(below, index)]
    return bool(holding) and not any(_DATA.fullmatch(cell) for cell in under if cell.strip())


def _is_header(top: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """True if no cell of `top` looks like data, and none turns up again below it as a value of its column."""
    if not any(cell.strip() for cell in top):
        return False
    others = [row for row in below if list(row) != list(top)]
    data_like = [bool(_DATA.fullmatch(cell)) for cell in top]
    if any(not like and top[index].strip() and _holds_data(others, index) for index, like in enumerate(data_like)):
        return True
    if any(data_like):
        return False
    words = {cell.strip().casefold() for cell in top} - {""}
    if len(top) <= 3:  # an edge list without header names the same people in both columns
        return not any(cell.strip().casefold() in words for row in others for cell in row)
    return not any(
        cell.strip() and cell.strip().casefold() == top[at].strip().casefold() for row in others for at, cell in enumerate(row[: len(top)])
    )


def _holds_data(rows: Sequence[Sequence[str]], index: int) -> bool:
    """True if the filled cells of a column are numbers, dates or addresses for the most part."""
    filled = [row[index] for row in rows if index < len(row) and row[index].strip()]
    return sum(bool(_DATA.fullmatch(cell)) for cell in filled) * 2 > len(filled)


def _row_numbers(names: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """True if the first column has no name and numbers the rows, as R writes them."""
    if not names or names[0] or len(names) < 2 or not body:
        return False
    numbers = [row[0] for row in body if row]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)] or numbers == [str(n) for n in range(len(numbers))]


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """`names` with empty ones called "column 3" and repeated ones "name (2)"."""
    unique: list[str] = []
    for number, name in enumerate(names, 1):
        base = name or f"column {number}"
        again = base
        count = 2
        while again in unique:
            again = f"{base} ({count})"
            count += 1
        unique.append(again)
    return tuple(unique)
