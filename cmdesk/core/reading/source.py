"""A `Source` is all that an importer ever sees of a file: entries by name, safe readers, and the ledger of what was read."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from cmdesk.core.errors import FileProblem, ImportProblem
from cmdesk.core.reading import gml, html, json, json_inside, mbox, office, table, text, xml
from cmdesk.core.reading.archive import Zip
from cmdesk.core.reading.folder import folder, single
from cmdesk.core.reading.gzipped import unpacking
from cmdesk.core.reading.html import Element
from cmdesk.core.reading.kind import Kind, kind_of
from cmdesk.core.reading.ledger import Ledger, Problem
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.mbox import Mail
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.seen import TableSeen
from cmdesk.core.reading.store import Store, disk_problem
from cmdesk.core.reading.table import Row, Table
from cmdesk.core.reading.tar import opened_tar
from cmdesk.core.text import N_, _

__all__ = ["Element", "Entry", "Ledger", "Mail", "Problem", "Row", "Source", "Table"]

_PLACES_LEFT_OUT = 200
T = TypeVar("T")
H = TypeVar("H")


class Entry(msgspec.Struct, frozen=True):
    """A file inside a source: posix path without the folder around everything, size in bytes unpacked."""

    name: str
    size: int


class Source:
    """A zip, tar, tar.gz, folder or single file, read-only and never unpacked to disk by name.

    Raises ImportProblem where the content is unsafe, damaged or over a limit, and FileProblem where the disk does not give it.
    `encoding` overrules what the text readers find out. `enclosing` is the folder, of one or several levels, that was stripped from all
    names. Every record that a reader yields is counted in `ledger.read`; the importer says what became of it. `said` holds what a person said
    of tables, by `TableSeen.key`.
    """

    def __init__(self, path: Path, limits: Limits | None = None, encoding: str = "", said: Mapping[str, str] | None = None) -> None:
        self.name = path.name
        self.limits = limits or Limits()
        self.ledger = Ledger()
        self.said = dict(said or {})
        self._encoding = text.known_encoding(encoding) if encoding else ""
        self._store = unpacking(_open(Path(path), self.limits), self.limits)
        self.enclosing = self._store.enclosing
        self.ledger.ignored.update(self._store.ignored)
        for where, why in self._store.notes:
            self.ledger.add_problem(where, why, 0)
        self._entries = tuple(Entry(name, size) for name, size in self._store.sizes.items())

    def entries(self) -> tuple[Entry, ...]:
        """All entries, sorted by name, without noise, links and archives inside."""
        return self._entries

    def has(self, name: str) -> bool:
        """True if there is an entry of this name."""
        return name in self._store.sizes

    def head(self, name: str, size: int = 65536) -> bytes:
        """The first `size` bytes, for a look at what it is; counts nothing."""
        self._known(name)
        return next(self._store.chunks(name, size), b"")

    def data(self, name: str) -> bytes:
        """The whole entry, if it is not over the limit `whole_bytes`."""
        self._known(name)
        if self._store.sizes[name] > self.limits.whole_bytes:
            raise over(self.limits, "whole_bytes", _("{name} is {sizes:,} bytes").format(name=shown(name), sizes=self._store.sizes[name]))
        return self._store.read(name)

    def json(self, name: str, type: type[T]) -> T:
        """The entry as one JSON document; ImportProblem names the entry and the place. Counts nothing."""
        self._known(name)
        return json.document(self._store, name, type, self.limits)

    def json_records(self, name: str, type: type[T]) -> Iterator[T]:
        """The elements of the top-level list (or lines, or documents one after another). What does not fit `type` is set aside."""
        self._known(name)
        return json.records(self._store, name, type, self.ledger, self.limits)

    def json_inside(
        self, name: str, path: str | Sequence[str], head: type[H], type: type[T], *, needed: bool = True
    ) -> tuple[H, Iterator[T]]:  # fmt: skip
        """Of an object that holds a list at `path` (a key, or keys one in the other): what it says before the list, and the elements of the list
        as in `json_records`, with flat memory. Where there is no such list ImportProblem, or nothing if it is not `needed`. Without a path (())
        the document itself is the one element."""
        self._known(name)
        keys = (path,) if isinstance(path, str) else path
        return json_inside.inside(self._store, name, keys, head, type, self.ledger, self.limits, needed=needed)

    def html(
        self, name: str, records: Collection[str], *, around: Collection[str] = (), begins: Collection[str] = (), counted: bool = True
    ) -> Iterator[Element]:  # fmt: skip
        """The elements of a web page by class, in order: those of a class in `records` (each a record, with all that is in it), those outside
        of records in `around` (whole too), and those in `begins` (only where they begin). Not `counted`: only a look."""
        self._known(name)
        wanted = html.Wanted(frozenset(records), frozenset(around), frozenset(begins))
        return html.elements(self._store, name, wanted, self.ledger if counted else Ledger(), self.limits, self._encoding)

    def html_tags(self, name: str, classes: Collection[str]) -> Iterator[Element]:
        """The elements of these classes where they begin, without what is in them; counts nothing, and is faster than a look with `html`."""
        self._known(name)
        return html.tags(self._store, name, frozenset(classes), self._encoding)

    def xml(
        self, name: str, records: Collection[str], *, around: Collection[str] = (), begins: Collection[str] = (), counted: bool = True
    ) -> Iterator[xml.Node]:  # fmt: skip
        """The elements of an XML entry by local name, each when it ends: `records` (counted), `around` (whole, too), and `begins` (only their
        begin). One of these inside another stands for itself. A document type is refused. Not `counted`: only a look."""
        self._known(name)
        wanted = xml.Wanted(frozenset(records), frozenset(around), frozenset(begins))
        return xml.elements(self._store, name, wanted, self.ledger if counted else Ledger(), self.limits, self._encoding)

    def gml(self, name: str) -> Iterator[tuple[str, gml.Pairs]]:
        """The nodes and edges of a GML entry, each counted as a record, and ("graph", [(key, value)]) for what the graph says of itself."""
        self._known(name)
        encoding, mark, note = (self._encoding, 0, "") if self._encoding else text.detect(self._store, name)
        if note:
            self.ledger.add_problem(shown(name), note, 0)
        return gml.records(text.lines(self._store, name, encoding, mark, self.limits), name, self.ledger, self.limits)

    def table(
        self, name: str, *, sheet: str = "", delimiter: str = "", encoding: str = "", header: bool | None = None, comments: str = "",
        counted: bool = True, pad: bool = False, begin: int = 0,
    ) -> Table:  # fmt: skip
        """The entry as a table: CSV, TSV, a workbook (XLSX, XLS, XLSB, ODS) or the table of a web page, by content. `delimiter` " " means any white space; lines that begin with a character of
        `comments` are passed over; `header` None: found out. Rows that do not fit are set aside. Not `counted`: only a look, which leaves
        no trace in the ledger. `pad`: a row that is too short lacks empty cells at its end only. `begin`: the line or row of
        the header, where it is not the first that looks like one."""
        self._known(name)
        chosen = text.known_encoding(encoding) if encoding else self._encoding
        form = table.Form(sheet=sheet, delimiter=delimiter, encoding=chosen, header=header, comments=comments, pad=pad, begin=begin)
        return table.opened(self._store, name, form, self.ledger if counted else Ledger(), self.limits)

    def may_hold_table(self, name: str) -> bool:
        """False for what begins as JSON, XML or a web page without a table does."""
        head = self.head(name).lstrip(b"\xef\xbb\xbf \t\r\n")
        return head[:1] not in (b"{", b"[", b"<") or office.is_page(head)

    def sheets(self, name: str, *, hidden: bool = False) -> tuple[str, ...]:
        """The names of the visible sheets of a workbook, or of its hidden ones; of the tables of a page with several; () for any other table."""
        self._known(name)
        return table.sheets(self._store, name, self.limits, hidden=hidden)

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a text entry without their ends, each counted as a record; one with wrong bytes is set aside."""
        self._known(name)
        encoding, mark, note = (self._encoding, 0, "") if self._encoding else text.detect(self._store, name)
        if note:
            self.ledger.add_problem(shown(name), note, 0)
        for number, line in enumerate(text.lines(self._store, name, encoding, mark, self.limits), 1):
            self.ledger.read += 1
            if text.broken(line):
                self.ledger.add_problem(
                    N_("{name}, line {number:,}").format(name=shown(name), number=number),
                    N_("the line is not valid {encoding}").format(encoding=encoding),
                )
                continue
            yield line.rstrip("\r\n")

    def mails(self, name: str) -> Iterator[Mail]:
        """The messages of a mail archive (mbox) or of one mail, each counted as a record."""
        self._known(name)
        for mail in mbox.mails(self._store.chunks(name), self.limits.mail_bytes):
            self.ledger.read += 1
            yield mail

    def within(self, limit: str, n: int, what: str) -> None:
        """ImportProblem if `n` is over the limit of this name; `what` is a subject and verb, such as "x.gml holds 2,000,000 nodes"."""
        if n > getattr(self.limits, limit):
            raise over(self.limits, limit, what)

    def use(self, n: int = 1) -> None:
        """`n` records became facts."""
        self.ledger.used += n

    def leave_out(self, rule: str, n: int = 1, where: str = "") -> None:
        """`n` records are left out by a named rule, such as direct messages. `where` is kept of the first 200 of a rule."""
        before = self.ledger.left_out.get(rule, 0)
        self.ledger.left_out[rule] = before + n
        if where and before < _PLACES_LEFT_OUT:
            self.ledger.add_problem(where, N_("left out: {rule}").format(rule=rule.replace("_", " ")), 0)

    def set_aside(self, where: str, why: str, n: int = 1) -> None:
        """`n` records (0: none, only tell) cannot be used: where, and why in one plain sentence."""
        self.ledger.add_problem(where, why, n)

    def ignore(self, name: str, why: str) -> None:
        """A whole entry is not read."""
        self.ledger.ignored[name] = why

    def show_table(self, seen: TableSeen) -> None:
        """Let the user see how a table is taken; of the same name the last one counts."""
        self.ledger.tables = [*(table for table in self.ledger.tables if table.name != seen.name), seen]

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _known(self, name: str) -> None:
        if name not in self._store.sizes:
            raise ImportProblem(
                _("{name} holds no {name_2}.").format(name=shown(self.name), name_2=shown(name)), _("Check that the export is complete.")
            )


def _open(path: Path, limits: Limits) -> Store:
    """The store for what `path` holds, told by its first bytes, not by its name."""
    label = shown(path.name)
    try:
        if path.is_dir():
            return folder(path, limits)
        if not path.exists():
            raise FileProblem(_("{label} is not there.").format(label=label), _("Check the name, and that the drive is connected."))
        if not path.is_file():
            raise FileProblem(_("{label} is neither a file nor a folder.").format(label=label), _("Give the export file itself."))
        with path.open("rb") as file:
            head = file.read(io.DEFAULT_BUFFER_SIZE)
    except OSError as error:
        raise disk_problem(label, error) from error
    kind = kind_of(head, path.name)
    if kind is Kind.ZIP:
        return Zip(path, limits)
    if kind in (Kind.TAR, Kind.GZIP):
        return opened_tar(path, limits, packed=kind is Kind.GZIP)
    return single(path, limits)
