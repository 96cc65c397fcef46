"""How a table is taken: over its first rows, a chooser for each column, and how the table is written. Every choice is looked at anew."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cmdesk.core.importing.first_rows import shape
from cmdesk.core.importing.job import TABLE
from cmdesk.core.reading.seen import TableSeen
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import button, empty, label, line, scrolled

FORM = ("columns", "delimiter", "encoding", "sheet", "date_order", "header", "zone")
"""Options that are asked here, or beside the numbers, and not in the form of options."""

_ROWS, _CELL, _LINES = 6, 28, 8


class ColumnsPanel(QWidget):
    """`changed`: something was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tables: list[TableSeen] = []
        self._said: dict[str, str] = {}
        self._how: dict[str, str] = {}
        self._built: object = None
        self._masked = True
        self.columns: list[Chooser] = []
        self.how: dict[str, Chooser] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table = Chooser(_("Table"))
        self.table.activated.connect(lambda _number: self._build())
        self.kind = Chooser(_("It is a table of"))
        self.kind.activated.connect(lambda _number: self._kind_chosen())
        self.unmask = button(_("Show the cells"), self._show_cells, "link", hint=_("Only here, and only until the next file."))
        for chooser in (self.table, self.kind):  # filled after they are shown
            chooser.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToContents)
        self._which = label(_("It is a table of"), "muted")
        self._note = label(kind="small")
        column.addLayout(line(self.table, self._which, self.kind, self._note, 1, self.unmask))
        self._how_line = line(gap=8)
        column.addLayout(self._how_line)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 8, 8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        column.addWidget(scrolled(holder), 1)

    def begin(self, options: Mapping[str, str] | None = None) -> None:
        """Forget the last file; begin with what was said before."""
        before = options or {}
        self._tables, self._built, self._masked = [], None, True
        self._said = {key.removeprefix(TABLE): text for key, text in before.items() if key.startswith(TABLE)}
        self._how = {name: before[name] for name in FORM if name in before and name not in ("columns", "zone")}
        self.table.clear()

    def values(self) -> dict[str, str]:
        """Options for what was chosen here."""
        return {**{f"{TABLE}{key}": text for key, text in self._said.items()}, **self._how}

    def show_tables(self, tables: list[TableSeen], names: bool) -> None:
        """Show tables as they were taken; with pseudonyms on cells show only their form until somebody asks."""
        current = self.table.currentText()
        self._tables = tables
        self._masked = self._masked and not names
        self.table.clear()
        self.table.addItems([told(table.name) for table in tables])
        self.table.setCurrentIndex(max(0, self.table.findText(current)))
        self.table.setVisible(len(tables) > 1)
        self._build()

    def _now(self) -> TableSeen | None:
        number = self.table.currentIndex()
        return self._tables[number] if 0 <= number < len(self._tables) else None

    def _show_cells(self) -> None:
        self._masked = False
        self._build()

    # — building —

    def _build(self) -> None:
        table = self._now()
        if table is None:
            return
        self.unmask.setVisible(self._masked)
        built = (table.names, table.rows, tuple(table.roles), self._masked)
        if built != self._built:
            self._built = built
            self._build_grid(table)
        self._build_how(table)
        self.kind.clear()
        for name, title in table.kinds.items():
            self.kind.addItem(told(title), name)
        self.kind.setCurrentIndex(self.kind.findData(table.kind))
        self._note.setText(_("as you said for an earlier table with this head") if table.remembered and table.key not in self._said else "")
        by_column = {index: role for role, index in table.at.items()}
        for index, chooser in enumerate(self.columns):
            chooser.setCurrentIndex(max(0, chooser.findData(by_column.get(index, ""))))

    def _build_grid(self, table: TableSeen) -> None:
        empty(self._grid)
        self.columns = []
        for index, name in enumerate(table.names):
            head = label(_short(name), "strong")
            head.setToolTip("" if self._masked and not table.header else name)
            chooser = Chooser(_("What is in “{column}”").format(column=name))
            chooser.addItem(_("ignore"), "")
            for role, title in table.roles.items():
                chooser.addItem(told(title), role)
            chooser.setMinimumWidth(132)
            chooser.activated.connect(lambda _number, at=index: self._column_chosen(at))
            cells = [row[index] if index < len(row) else "" for row in table.rows[:_ROWS]]
            text = "\n".join(_short(shape(cell) if self._masked else cell) or "–" for cell in cells)
            for number, widget in enumerate((head, chooser, label(text, "small"))):
                self._grid.addWidget(widget, number, index, Qt.AlignmentFlag.AlignTop)
            self.columns.append(chooser)

    def _build_how(self, table: TableSeen) -> None:
        empty(self._how_line)
        self.how = {}
        for name, title, choices in _how(table):
            chooser = Chooser(title)
            guessed = _guessed(name, table)
            for value, words in choices:
                chooser.addItem(words or guessed, value)
            chooser.setCurrentIndex(max(0, chooser.findData(self._how.get(name, ""))))
            chooser.activated.connect(lambda _number, which=name: self._how_chosen(which))
            self.how[name] = chooser
            self._how_line.addWidget(label(title, "small"))
            self._how_line.addWidget(chooser)
        self._how_line.addStretch(1)

    # — choosing —

    def _column_chosen(self, index: int) -> None:
        table = self._now()
        if table is None:
            return
        role = str(self.columns[index].currentData())
        at = {name: column for name, column in table.at.items() if column != index and name != role}
        if role:
            at[role] = index
        self._say(table, table.kind, table.said(table.kind, at, table.found.get("date_order", "")))

    def _kind_chosen(self) -> None:
        table = self._now()
        kind = str(self.kind.currentData())
        if table is not None and kind != table.kind:
            self._say(table, kind, kind)

    def _say(self, table: TableSeen, kind: str, text: str) -> None:
        self._said[table.key] = text
        self.changed.emit()

    def _how_chosen(self, name: str) -> None:
        value = str(self.how[name].currentData())
        if value == self._how.get(name, ""):
            return
        self._how[name] = value
        if not value:
            del self._how[name]
        self.changed.emit()


def _how(table: TableSeen) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Option, title, and its choices (value, words; the first one is the guess)."""
    found = []
    if table.sheets:
        found.append(("sheet", _("Sheet"), [("", ""), *((sheet, sheet) for sheet in table.sheets)]))
    else:
        delimiters = [(",", _("comma")), (";", _("semicolon")), ("tab", _("tab")), ("|", "|"), ("space", _("blanks"))]
        encodings = [(name, name.upper()) for name in ("utf-8", "cp1252", "utf-16", "iso8859-15", "mac_roman", "cp1250", "cp1251", "shift_jis", "gb18030")]
        found.append(("delimiter", _("Between the columns"), [("", ""), *delimiters]))
        found.append(("encoding", _("Encoding of the text"), [("", ""), *encodings]))
    orders = [("dmy", _("day-month-year")), ("mdy", _("month-day-year")), ("ymd", _("year-month-day")), ("s", _("seconds")), ("ms", _("milliseconds")), ("excel", _("Excel numbers"))]
    found.append(("date_order", _("Order in dates"), [("", ""), *orders]))
    lines = [(str(number), _("line {n}").format(n=number)) for number in range(1, _LINES + 1)]
    found.append(("header", _("Header"), [("", ""), *lines, ("no", _("none"))]))
    return found


def _guessed(name: str, table: TableSeen) -> str:
    words = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), " ": _("blanks")}
    found = table.found.get(name, "")
    if name == "sheet" and not found:
        return _("all that are tables")
    if name == "header" and not found:
        found = "" if table.header else _("none")
    return _("{value} (guess)").format(value=words.get(found, found.upper() if name == "encoding" else found)) if found else _("(guess)")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CELL else flat[: _CELL - 1] + "…"
