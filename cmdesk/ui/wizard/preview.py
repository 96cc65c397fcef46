"""Second step: what it is and how sure, options, columns, first rows, and what the import would bring, with nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from cmdesk.core.importing import ImportResult
from cmdesk.core.importing.first_rows import FirstRow, without_names
from cmdesk.core.reading.seen import TableSeen
from cmdesk.core.retelling import told
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.pages.imports import ProblemLine, importer_title, kind_words, problem_columns, words_of
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.options_form import OptionsForm
from cmdesk.ui.widgets.plain import box, button, empty, label, line, scrolled
from cmdesk.ui.widgets.table import Table
from cmdesk.ui.widgets.zone_chooser import ZoneChooser
from cmdesk.ui.wizard.columns import FORM, ColumnsPanel
from cmdesk.ui.wizard.first_rows import FirstLine, first_columns

COLUMNS, ROWS, PROBLEMS = range(3)


class PreviewStep(QWidget):
    """`again`: options changed, look again; `accepted`: import; `left`: other files."""

    again = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._form: OptionsForm | None = None
        self._form_of: tuple[str, bool] = ("", False)
        self._before: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._upper(), 3)
        column.addLayout(self._lower(), 3)
        self.accept = button(_("Import"), self.accepted.emit, "primary")
        self.other = button(_("Other files"), self.left.emit)
        self.state = label(_("Nothing is stored yet."), "muted")
        column.addLayout(line(self.state, 1, self.other, self.accept))

    def _upper(self) -> QHBoxLayout:
        upper = QHBoxLayout()
        upper.setSpacing(16)
        what, column = box(gap=8)
        brings, facts = box(gap=8)
        upper.addWidget(what, 1)
        upper.addWidget(brings, 1)
        self.kind = Chooser(_("Read it as"))
        self.kind.activated.connect(lambda _number: self.again.emit())
        self._title, self._sure = label(kind="heading", wrap=True), label(kind="muted", wrap=True)
        holder = QWidget()
        self._options = QVBoxLayout(holder)
        self._options.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self._title)
        column.addWidget(self._sure)
        column.addLayout(line(label(_("Read it as")), self.kind, 1))
        column.addWidget(label(_("Options"), "strong"))
        column.addWidget(scrolled(holder), 1)
        facts.addWidget(label(_("What it would bring"), "heading"))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 8, 0)
        self._facts = QVBoxLayout()
        inside.addLayout(self._facts)
        self.zone_words = label(kind="small", wrap=True)
        self.zone = ZoneChooser()
        self.zone.chosen.connect(lambda _zone: self.again.emit())
        inside.addWidget(self.zone_words)
        inside.addWidget(self.zone)
        inside.addStretch(1)
        facts.addWidget(scrolled(inner), 1)
        return upper

    def _lower(self) -> QVBoxLayout:
        lower = QVBoxLayout()
        lower.setSpacing(8)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What to look at"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in (_("Columns"), _("First rows"), _("Problems")):
            self.tabs.addTab(title)
        self._stack = QStackedLayout()
        self.columns = ColumnsPanel()
        self.columns.changed.connect(self.again)
        self.first = RowsModel(first_columns(self._session))
        first_table = Table(self.first, _("First rows"))
        what = Column(_("What"), lambda row: _("set aside") if row.problem.records else _("note"), "what", 88)
        self.problems = RowsModel([what, *problem_columns(_("Why"))])
        self.table = Table(self.problems, _("Problems"))
        for part in (self.columns, first_table, self.table):
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        lower.addWidget(self.tabs)
        lower.addLayout(self._stack, 1)
        return lower

    def values(self) -> tuple[str, dict[str, str]]:
        """(importer, "" for the surest; options that were changed)."""
        kind = str(self.kind.currentData() or "")
        mine = self._form is not None and kind in ("", self._form_of[0])  # another importer has other options
        own = self._form.values() if mine and self._form is not None else self._before
        zone = self.zone.zone()
        return kind, {**own, **self.columns.values(), **({"zone": zone} if zone else {})}

    def begin(self, importer: str = "", options: Mapping[str, str] | None = None) -> None:
        """Forget the last file; begin with what was said of another attempt."""
        self._form, self._form_of = None, ("", False)
        self._before = dict(options or {})
        self.kind.clear()
        self.kind.addItem(_("what it looks like"), "")
        for name, one in self._session.host.importers.items():
            self.kind.addItem(told(one.title), name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(importer)))
        empty(self._options)
        self.columns.begin(self._before)
        self.accept.setText(_("Import"))
        self.zone.show_zone(self._before.get("zone", ""))
        self.tabs.setProperty("looked", None)

    def looking(self) -> None:
        """Options changed: what is shown is being looked at anew."""
        self.accept.setEnabled(False)
        self.state.setText(_("Looking again…"))

    def show_result(self, paths: list[Path], result: ImportResult) -> None:
        """Show a preview."""
        self._title.setText(_title(self._session, result))
        self.accept.setText(_("Replace it") if result.before else _("Import"))
        self._sure.setText(_("{file} · {how}").format(file=", ".join(path.name for path in paths), how=sure_words(result.confidence)))
        name, tables = result.importer.split("+")[0], bool(result.tables)
        QTimer.singleShot(0, self, lambda: self._show_options(name, tables))  # widgets cost time: a breath between them
        self._show_facts(result)
        self._show_zone(result.local)
        self.first.set_rows(FirstLine(number, row) for number, row in enumerate(_shown(result.first_rows, self._session.names)))
        self._show_problems(result)
        QTimer.singleShot(0, self, lambda: self._show_tables(result.tables, PROBLEMS if result.records.set_aside else ROWS))
        self.state.setText(_("Nothing is stored yet."))
        self.accept.setEnabled(result.records.used > 0)
        if not any(chooser.hasFocus() for chooser in (*self.columns.columns, *self.columns.how.values(), self.zone)):
            self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_facts(self, result: ImportResult) -> None:
        empty(self._facts)
        zone, read = self._session.zone, result.records
        facts = [
            (kind_words(kind), words.count(each.stated), _known(each.stored, each.merged)) for kind, each in result.facts.items() if each.stated
        ]
        self._facts.addLayout(_grid(facts))
        if result.first is not None:
            first, last = words.day(result.first, zone), words.day(result.last, zone)
            self._facts.addWidget(label(_("On {day}").format(day=first) if first == last else _("From {first} to {last}").format(first=first, last=last)))
        self._facts.addSpacing(8)
        before = result.before or read
        ledger = [
            (_("records read"), words.count(read.read), _was(before.read, read.read)),
            (_("used"), words.count(read.used), _was(before.used, read.used)),
            *((words_of(rule), words.count(n), "") for rule, n in read.left_out.items() if n),
            (_("set aside"), words.count(read.set_aside), _was(before.set_aside, read.set_aside)),
        ]
        self._facts.addLayout(_grid(ledger))

    def _show_zone(self, local: int) -> None:
        asked = bool(local) or bool(self.zone.zone())
        self.zone.setVisible(asked)
        self.zone_words.setVisible(asked)
        n = ngettext(
            "{n} time is without a zone. Whose clock was it? It can be said later too.",
            "{n} times are without a zone. Whose clock was it? It can be said later too.", local,
        )  # fmt: skip
        self.zone_words.setText(n.format(n=words.count(local)))

    def _show_problems(self, result: ImportResult) -> None:
        self.problems.set_rows(ProblemLine(number, problem) for number, problem in enumerate(result.problems))
        title = _("Problems and notes ({n})").format(n=words.count(len(result.problems))) if result.problems else _("No problems")
        self.tabs.setTabText(PROBLEMS, title)
        self.tabs.setTabEnabled(PROBLEMS, bool(result.problems))

    def _show_tables(self, tables: list[TableSeen], otherwise: int) -> None:
        first_look = not self.tabs.isTabVisible(COLUMNS) or self.tabs.property("looked") is None
        self.tabs.setTabVisible(COLUMNS, bool(tables))
        self.columns.show_tables(tables, self._session.names)
        if first_look or (self.tabs.currentIndex() == COLUMNS and not tables):
            self.tabs.setCurrentIndex(COLUMNS if tables else otherwise)
        self.tabs.setProperty("looked", True)
        self._stack.setCurrentIndex(self.tabs.currentIndex())

    def show_failure(self, paths: list[Path], seen: tuple[TableSeen, ...] = ()) -> None:
        """It cannot be read so: say what one can change, keeping the file and the options."""
        self._title.setText(_("{file} cannot be read so").format(file=", ".join(path.name for path in paths)))
        self._sure.setText(_("Choose below what it is, change the options, or take other files."))
        kind = str(self.kind.currentData() or "")
        if kind:
            self._show_options(kind, bool(seen))
        empty(self._facts)
        self._show_zone(0)
        self.first.set_rows([])
        self.problems.set_rows([])
        self._show_tables(list(seen), ROWS)
        self.state.setText(_("Nothing is stored yet."))
        self.accept.setEnabled(False)
        if not seen:
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_options(self, name: str, tables: bool) -> None:
        importer = self._session.host.importers.get(name)
        if importer is None or self._form_of == (name, tables):
            return
        empty(self._options)
        more: dict[str, bool | str] = {"keep_text": False, "seen": "100"}
        self._form, self._form_of = OptionsForm(importer.options, more, FORM if tables else ("zone",)), (name, tables)
        self._form.fill(self._before)
        self._form.changed.connect(self.again)
        self._options.addWidget(self._form)
        self._options.addStretch(1)


def _shown(rows: list[FirstRow], names: bool) -> list[FirstRow]:
    return rows if names else [without_names(row) for row in rows]


def _title(session: Session, result: ImportResult) -> str:
    """What was recognised; of tables of several kinds all of these."""
    kinds = list(dict.fromkeys(told(table.kinds[table.kind]) for table in result.tables if table.kind in table.kinds))
    if len(kinds) > 1:
        return _("Tables: {kinds}").format(kinds=", ".join(kinds))
    return importer_title(session, result.importer) if "+" in result.importer else told(result.title) or result.importer


def _was(before: int, now: int) -> str:
    """What stood there when the import was read before, where it differs."""
    return "" if before == now else _("{n} before").format(n=words.count(before))


def sure_words(confidence: float) -> str:
    """How sure the importer is, in words."""
    if confidence >= 0.9:
        return _("quite sure")
    return _("probably") if confidence >= 0.6 else _("a guess: look at the numbers")


def _known(stored: int, merged: int) -> str:
    if not merged:
        return _("all new")
    return _("all known already") if not stored else _("{n} new").format(n=words.count(stored))


def _grid(rows: list[tuple[str, str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    for number, (name, value, note) in enumerate(rows):
        grid.addWidget(label(name, "muted"), number, 0)
        figure = label(value, "strong")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(figure, number, 1)
        grid.addWidget(label(note, "small"), number, 2)
    return grid
