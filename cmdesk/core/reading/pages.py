"""Tables on web pages, and XML workbooks of Excel 2003: what intranets and older programs save as "people.xls".

The tags are cut by the standard library, which takes missing end tags as browsers do. The page is held in memory, up to the limit `whole_bytes`.
"""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from weakref import WeakKeyDictionary

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import header, text
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.rows import Table
from cmdesk.core.reading.store import Store
from cmdesk.core.text import _

_CELLS, _BLOCKS = frozenset({"td", "th", "cell"}), frozenset({"p", "div", "li"})
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?")
_DEEPEST = 100


class _Grid(msgspec.Struct):
    """A table as it is read: its title, its rows, and per column how many rows below a cell still covers, with its text."""

    title: str
    rows: list[list[str]] = []
    covered: dict[int, tuple[int, str]] = {}
    words: list[str] | None = None
    across: int = 1
    down: int = 1

    @property
    def size(self) -> int:
        """Rows with two filled cells or more: a layout has few."""
        return sum(sum(map(bool, row)) > 1 for row in self.rows)


def opened(
    store: Store, name: str, sheet: str, said: bool | None, ledger: Ledger, limits: Limits, begin: int = 0, encoding: str = ""
) -> Table:  # fmt: skip
    """The table called `sheet`, or the first one, as a table."""
    label, (grids, note) = shown(name), _grids(store, name, limits, encoding)
    grid = next((each for each in grids if not sheet or each.title.casefold() == sheet.casefold()), None)
    if grid is None:
        raise ImportProblem(
            _("{label} has no sheet named {sheet}.").format(label=label, sheet=shown(sheet)) if sheet else _("{label} holds no table.").format(label=label),
            _("Its sheets: {known}.").format(known=", ".join(each.title for each in grids)) if sheet else _("Check that it is the table that you wanted."),
        )
    if note:
        ledger.add_problem(label, note, 0)
    rows = ((number, list(row)) for number, row in enumerate(grid.rows, 1) if any(row))
    place = f"{label}, {grid.title}" if grid.title else label
    return header.found(rows, place, said, ledger, limits, sheet=grid.title, pad=True, begin=begin)


def names_of(store: Store, name: str, limits: Limits) -> tuple[str, ...]:
    """The titles of the tables on a page, () where it has one without a title."""
    return tuple(grid.title for grid in _grids(store, name, limits, "")[0] if grid.title)


_PAGES: WeakKeyDictionary[Store, tuple[tuple[str, str], tuple[list[_Grid], str] | ImportProblem]] = WeakKeyDictionary()


def _grids(store: Store, name: str, limits: Limits, encoding: str) -> tuple[list[_Grid], str]:
    """(the tables with rows of several cells, else all that are filled; a note on the encoding); the last page of a store is kept, or why it is refused."""
    last = _PAGES.get(store)
    if last is None or last[0] != (name, encoding):
        try:
            found: tuple[list[_Grid], str] | ImportProblem = _read(store, name, limits, encoding)
        except ImportProblem as problem:
            found = problem
        last = _PAGES[store] = ((name, encoding), found)
    if isinstance(last[1], ImportProblem):
        raise last[1]
    return last[1]


def _read(store: Store, name: str, limits: Limits, encoding: str) -> tuple[list[_Grid], str]:
    if store.sizes[name] > limits.whole_bytes:
        raise over(limits, "whole_bytes", _("{name} is {sizes:,} bytes").format(name=shown(name), sizes=store.sizes[name]))
    words, note = _words(store, name, encoding)
    reader = _Reader(name, limits)
    reader.feed(words)
    reader.close()
    grids = [grid for grid in reader.grids if grid.size > 1] or [grid for grid in reader.grids if any(map(any, grid.rows))]
    for number, grid in enumerate(grids if len(grids) > 1 else (), 1):
        grid.title = grid.title or f"table {number}"
    return grids, note


def _words(store: Store, name: str, encoding: str) -> tuple[str, str]:
    """(the page as text, a note for the user): in the encoding that is said, else by its bytes, else as the page itself says."""
    content = store.read(name)
    if encoding:
        return content.decode(encoding, "replace"), ""
    found, mark, note = text.detect(store, name)
    declared = _CHARSET.search(content[:4096])
    if note and declared is not None:
        try:
            return content.decode(codecs.lookup(declared[1].decode()).name, "replace"), ""
        except (LookupError, ValueError):
            pass
    return content[mark:].decode(found, "replace"), note


class _Reader(HTMLParser):
    """Collects the tables of a page; one inside another stands for itself."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._name, self._limits, self._cells = name, limits, 0
        self.grids: list[_Grid] = []
        self._open: list[_Grid] = []
        self._sheet = ""
        self._kind = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        tag = tag.rpartition(":")[2]
        said = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        if tag == "worksheet":
            self._sheet = said.get("name", "")
        elif tag == "table" and len(self._open) < _DEEPEST:
            self._open.append(_Grid(self._sheet))
            self.grids.append(self._open[-1])
        elif tag in ("style", "script", "comment"):
            self._silent += 1
        elif self._open:
            self._in_table(tag, said)

    def _in_table(self, tag: str, said: dict[str, str]) -> None:
        grid = self._open[-1]
        if tag in ("tr", "row"):
            self._end_row()
            while 0 < len(grid.rows) < _whole(said.get("index", ""), 0) - 1 < 1 << 20:
                grid.rows.append([])
            grid.rows.append([])
        elif tag in _CELLS and grid.rows:
            self._end_cell()
            grid.rows[-1] += [""] * (min(_whole(said.get("index", ""), 0), 1 << 14) - 1 - len(grid.rows[-1]))
            grid.words = []
            grid.across = _whole(said.get("colspan", ""), 1) if "colspan" in said else 1 + _whole(said.get("mergeacross", ""), 0)
            grid.down = _whole(said.get("rowspan", ""), 1) if "rowspan" in said else 1 + _whole(said.get("mergedown", ""), 0)
        elif grid.words is not None and (tag == "br" or (tag in _BLOCKS and any(map(str.strip, grid.words)))):
            grid.words.append("\n")
        elif tag == "data":
            self._kind = said.get("type", "")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        tag = tag.rpartition(":")[2]
        if tag in ("style", "script", "comment"):
            self._silent = max(self._silent - 1, 0)
        elif self._open and tag == "table":
            self._end_row()
            self._open.pop()
        elif self._open and tag in ("tr", "row"):
            self._end_row()
        elif self._open and tag in _CELLS:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Text between tags: blanks and line ends count as one blank, except in a workbook, which writes its line ends on purpose."""
        if self._open and self._open[-1].words is not None and not self._silent:
            self._open[-1].words.append(data if self._sheet else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _end_cell(self) -> None:
        """Put the open cell in its row, behind those that cells above it cover."""
        grid = self._open[-1]
        if grid.words is None:
            return
        words = "\n".join(line.strip(" \u00a0") for line in "".join(grid.words).split("\n")).strip()
        if self._kind == "DateTime" and (day := _MIDNIGHT.fullmatch(words)):
            words = day[1]
        grid.words, self._kind = None, ""
        row = grid.rows[-1]
        self._cover(grid, row)
        across, down = min(max(grid.across, 1), 1 << 12), min(max(grid.down, 1), 1 << 16)
        for place in range(len(row), len(row) + across):
            if down > 1:
                grid.covered[place] = (down - 1, words if place == len(row) else "")
        row += [words, *[""] * (across - 1)]
        self._count(across)

    def _cover(self, grid: _Grid, row: list[str]) -> None:
        """Add the cells that those of earlier rows cover."""
        before = len(row)
        while (found := grid.covered.get(len(row))) is not None:
            left, words = found
            if left > 1:
                grid.covered[len(row)] = (left - 1, words)
            else:
                del grid.covered[len(row)]
            row.append(words)
        self._count(len(row) - before)

    def _count(self, n: int) -> None:
        """A few bytes may claim to cover millions of cells."""
        self._cells += n
        if self._cells > self._limits.page_cells:
            raise over(self._limits, "page_cells", _("{name} holds tables of more than {n:,} cells").format(name=shown(self._name), n=self._limits.page_cells))

    def _end_row(self) -> None:
        self._end_cell()
        if self._open[-1].rows:
            self._cover(self._open[-1], self._open[-1].rows[-1])

    def close(self) -> None:
        """The page ends, and with it what is open."""
        super().close()
        while self._open:
            self._end_row()
            self._open.pop()


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else otherwise
