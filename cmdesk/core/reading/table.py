"""Tables: CSV, TSV and text in columns here, XLSX in `sheet`, other workbooks in `book`, web pages in `pages`. Rows come one by one; memory stays flat."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import book, header, pages, sheet, text
from cmdesk.core.reading.delimiter import BLANK, SAMPLE, guess, width
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.office import Holder, holder_of
from cmdesk.core.reading.rows import Row, Table
from cmdesk.core.reading.store import Store
from cmdesk.core.text import N_, _

__all__ = ["Form", "Row", "Table", "opened", "sheets"]


class Form(msgspec.Struct, frozen=True):
    """What the caller says about a table; "" and None: find out."""

    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    header: bool | None = None
    comments: str = ""
    pad: bool = False
    begin: int = 0


def opened(store: Store, name: str, form: Form, ledger: Ledger, limits: Limits) -> Table:
    """The entry as a table, read as its content asks."""
    match holder_of(store, name, limits):
        case Holder.XLSX:
            return sheet.opened(store, name, form.sheet, form.header, ledger, limits, form.begin)
        case Holder.BOOK:
            return book.opened(store, name, form.sheet, form.header, ledger, limits, form.begin)
        case Holder.PAGE:
            return pages.opened(store, name, form.sheet, form.header, ledger, limits, form.begin, form.encoding)
        case Holder.TEXT:
            return _text_table(store, name, form, ledger, limits)


def sheets(store: Store, name: str, limits: Limits, *, hidden: bool = False) -> tuple[str, ...]:
    """Names of the visible sheets of a workbook, or of its hidden ones; of a page those of its tables; () for text."""
    match holder_of(store, name, limits):
        case Holder.XLSX:
            return sheet.names_of(store, name, limits, hidden=hidden)
        case Holder.BOOK:
            return book.names_of(store, name, limits, hidden=hidden)
        case Holder.PAGE:
            return () if hidden else pages.names_of(store, name, limits)
        case Holder.TEXT:
            return ()


def _text_table(store: Store, name: str, form: Form, ledger: Ledger, limits: Limits) -> Table:
    label = shown(name)
    encoding, mark, note = text.detect(store, name)
    if form.encoding:
        mark = mark if encoding == form.encoding.removesuffix("_sig").replace("_", "-") else 0
        encoding, note = form.encoding, ""
    if note:
        ledger.add_problem(label, note, 0)
    csv.field_size_limit(limits.csv_field_length)
    lines = _Lines(text.batches(store, name, encoding, mark, limits), form.comments)
    sample = [line for _, line in lines.peek(SAMPLE)]
    if not sample:
        raise ImportProblem(_("{label} is empty.").format(label=label), _("Check that it is the table that you wanted."))
    delimiter = form.delimiter
    if (said := sample[0].strip('\r\n \ufeff"').lower()).startswith("sep=") and len(said) in (4, 5):
        delimiter = delimiter or said[4:5] or "\t"
        lines.drop()
        del sample[0]
    if not delimiter:
        delimiter, comments = guess(sample)
        lines.comments = form.comments or comments
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise ImportProblem(
            _("A delimiter is one character, not “{delimiter}”.").format(delimiter=delimiter), _("Use , or ; or | or a tab.")
        )
    if delimiter == BLANK:
        rows = _split(lines)
    else:
        rows = iter(_Csv(lines, delimiter, width(sample, delimiter), label, encoding, ledger, limits))
    table = header.found(rows, label, form.header, ledger, limits, delimiter=delimiter, encoding=encoding, pad=form.pad, begin=form.begin)
    return msgspec.structs.replace(table, comments=lines.comments)


class _Lines:
    """Numbered lines that can be looked at and put back."""

    def __init__(self, batches: Iterator[list[str]], comments: str) -> None:
        self._batches = batches
        self._batch: list[str] = []
        self._at = 0  # the next line of the batch
        self._before = 0  # lines before the batch
        self._plain: bool | None = None
        self._back: deque[tuple[int, str]] = deque()
        self.comments = comments
        self.taken: list[tuple[int, str]] = []  # since the last `mark`

    def _next(self) -> tuple[int, str]:
        while self._at == len(self._batch):
            self._before += len(self._batch)
            self._batch, self._at, self._plain = next(self._batches), 0, None
        self._at += 1
        return self._before + self._at, self._batch[self._at - 1]

    def plain(self) -> tuple[int, list[str]]:
        """(number of the line before, lines) of the rest of the batch at hand, where no line was put back and none holds a comment, a NUL or
        wrong bytes; else no lines. `go_on` says how many of them are done."""
        if self._back or self.comments or self._at == len(self._batch):
            return 0, []
        if self._plain is None:
            whole = "".join(self._batch)
            self._plain = "\0" not in whole and not text.broken(whole)
        return (self._before + self._at, self._batch[self._at :]) if self._plain else (0, [])

    def go_on(self, n: int) -> None:
        """Pass over `n` lines of what `plain` gave."""
        self._at += n

    def peek(self, n: int) -> list[tuple[int, str]]:
        """The next lines, at most `n`, which stay."""
        with suppress(StopIteration):
            while len(self._back) < n:
                self._back.append(self._next())
        return list(self._back)[:n]

    def drop(self) -> None:
        """Pass over the next line."""
        next(self)

    def mark(self) -> None:
        """Forget what was taken: it was read well."""
        self.taken.clear()

    def put_back(self) -> None:
        """Give back all that was taken since `mark` but its first line."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.taken.clear()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            found = self._back.popleft() if self._back else self._next()
            if self.comments and not self.taken and found[1].lstrip()[:1] in self.comments and found[1].strip():
                continue
            self.taken.append(found)
            return found[1]


class _Csv:
    """Rows of a CSV text as (number of its first line, cells). A record that the csv module refuses costs its first line only: the lines
    that an unclosed quote swallowed are read again."""

    def __init__(self, lines: _Lines, delimiter: str, width: int, label: str, encoding: str, ledger: Ledger, limits: Limits) -> None:
        self._lines, self._delimiter, self._label, self._encoding = lines, delimiter, label, encoding
        self._ledger, self._limits = ledger, limits
        self._width = width  # cells of most lines, 0 if unknown

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        lines = self._lines
        while True:
            before, plain = lines.plain()
            if plain:
                done = 0
                reader = csv.reader(plain, delimiter=self._delimiter, strict=True)
                try:
                    for cells in reader:
                        if (end := reader.line_num) != done + 1 and self._swallowed(cells, plain[done:end]):
                            break
                        if len(cells) > 1 or (cells and cells[0].strip()):
                            yield before + done + 1, cells
                        done = end
                except csv.Error:  # also where a record goes on in the next batch
                    pass
                lines.go_on(done)
                if done == len(plain):
                    continue
            try:
                one = self._closely()
            except StopIteration:
                return
            if one is not None:
                yield one

    def _closely(self) -> tuple[int, list[str]] | None:
        """The next record, read line by line; None for one that is refused, or holds nothing. StopIteration at the end."""
        lines, taken = self._lines, self._lines.taken
        try:
            cells = next(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            self._refuse(taken[0][0], _words(error, len(taken), self._limits))
            return None
        number = taken[0][0]
        if len(taken) > 1 and self._swallowed(cells, [line for _, line in taken]):
            self._refuse(number, N_("a quote that begins here is not closed"))
            return None
        if (len(taken) > 1 or not taken[0][1].isascii() or "\0" in taken[0][1]) and (why := self._spoilt(taken)):
            self._refuse(number, why)
            return None
        lines.mark()
        return (number, cells) if len(cells) > 1 or (cells and cells[0].strip()) else None

    def _spoilt(self, taken: list[tuple[int, str]]) -> str:
        """What no cell may hold and these lines do, "" for nothing."""
        if not any(text.broken(line) or "\0" in line for _, line in taken):
            return ""
        if "\0" in taken[0][1]:
            return N_("the line holds a NUL character")
        return N_("the line is not valid {encoding}").format(encoding=self._encoding)

    def _swallowed(self, cells: list[str], taken: Sequence[str]) -> bool:
        """True if a record over several lines has another number of cells than the table, while its lines after the first have it."""
        if not self._width or len(cells) == self._width:
            return False
        return any(line.count(self._delimiter) == self._width - 1 for line in taken[1:])

    def _refuse(self, number: int, why: str) -> None:
        self._ledger.read += 1
        self._ledger.add_problem(N_("{label}, line {number:,}").format(label=self._label, number=number), why)
        self._lines.put_back()


def _words(error: csv.Error, taken: int, limits: Limits) -> str:
    said = str(error)
    if "field limit" in said:
        what = (
            N_("a quote that begins here is not closed")
            if taken > 1
            else N_("a cell is longer than the limit csv_field_length of {csv_field_length:,}").format(
                csv_field_length=limits.csv_field_length
            )
        )
        return N_("{what} (raise it with --option limit.csv_field_length=VALUE)").format(what=what) if taken == 1 else what
    if "unexpected end" in said or taken > 1:
        return N_("a quote that begins here is not closed")
    return N_("a quote stands in the middle of a cell") if "expected after" in said else N_("the line is not valid CSV")


def _split(lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Rows of a text in columns parted by white space."""
    for line in lines:
        number = lines.taken[0][0]
        lines.mark()
        if cells := line.split():
            yield number, cells
