"""Second step: what it is and how sure, options, and what the import would bring, with nothing stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.core.importing import ImportResult
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.pages.imports import ProblemLine, importer_title, kind_words, problem_columns, words_of
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.options_form import OptionsForm
from cmdesk.ui.widgets.plain import box, button, empty, label, line, scrolled
from cmdesk.ui.widgets.table import Table


class PreviewStep(QWidget):
    """`again`: options changed, look again; `accepted`: import; `left`: other files."""

    again = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._form: OptionsForm | None = None
        self._form_of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        self._what, self._what_column = box(gap=8)
        self._brings, self._brings_column = box(gap=8)
        upper.addWidget(self._what, 1)
        upper.addWidget(self._brings, 1)
        column.addLayout(upper, 3)
        self.kind = Chooser(_("Read it as"))
        self.kind.activated.connect(lambda _number: self.again.emit())
        self._title = label(kind="heading", wrap=True)
        self._sure = label(kind="muted", wrap=True)
        self._options = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._options)
        self._options.setContentsMargins(0, 0, 8, 0)
        self._what_column.addWidget(self._title)
        self._what_column.addWidget(self._sure)
        self._what_column.addLayout(line(label(_("Read it as")), self.kind, 1))
        self._what_column.addWidget(label(_("Options"), "strong"))
        self._what_column.addWidget(scrolled(holder), 1)
        self._brings_column.addWidget(label(_("What it would bring"), "heading"))
        self._facts = QVBoxLayout()
        self._brings_column.addLayout(self._facts)
        self._brings_column.addStretch(1)
        self.problems = RowsModel(
            [
                Column(_("What"), lambda row: _("set aside") if row.problem.records else _("note"), "what", 88),
                *problem_columns(_("Why")),
            ]
        )
        self.table = Table(self.problems, _("Problems"))
        column.addWidget(self.table, 2)
        self.accept = button(_("Import"), self.accepted.emit, "primary")
        self.other = button(_("Other files"), self.left.emit)
        column.addLayout(line(label(_("Nothing is stored yet."), "muted"), 1, self.other, self.accept))

    def values(self) -> tuple[str, dict[str, str]]:
        """(importer, "" for the surest; options that were changed)."""
        kind = str(self.kind.currentData() or "")
        mine = self._form is not None and kind in ("", self._form_of)  # another importer has other options
        return kind, self._form.values() if mine and self._form is not None else {}

    def begin(self) -> None:
        """Forget the last file."""
        self._form, self._form_of = None, ""
        self.kind.clear()
        self.kind.addItem(_("what it looks like"), "")
        for name, importer in self._session.host.importers.items():
            self.kind.addItem(told(importer.title), name)
        empty(self._options)

    def show_result(self, paths: list[Path], result: ImportResult) -> None:
        """Show a preview."""
        self._title.setText(told(result.title) or importer_title(self._session, result.importer))
        self._sure.setText(_("{file} · {how}").format(file=", ".join(path.name for path in paths), how=sure_words(result.confidence)))
        self._show_options(result.importer.split("+")[0])
        empty(self._facts)
        zone = self._session.zone
        rows = [
            (kind_words(kind), words.count(each.stated), _known(each.stored, each.merged))
            for kind, each in result.facts.items()
            if each.stated
        ]
        self._facts.addLayout(_grid(rows))
        if result.first is not None:
            self._facts.addWidget(
                label(_("From {first} to {last}").format(first=words.day(result.first, zone), last=words.day(result.last, zone)))
            )
        read = result.records
        self._facts.addSpacing(8)
        ledger = [(_("records read"), words.count(read.read), ""), (_("used"), words.count(read.used), "")]
        ledger += [(words_of(rule), words.count(n), "") for rule, n in read.left_out.items() if n]
        self._facts.addLayout(_grid([*ledger, (_("set aside"), words.count(read.set_aside), "")]))
        self.problems.set_rows(ProblemLine(number, problem) for number, problem in enumerate(result.problems))
        self.table.setVisible(bool(result.problems))
        self.accept.setEnabled(read.used > 0)
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, paths: list[Path]) -> None:
        """It cannot be read so: say what one can change, keeping the file and the options."""
        self._title.setText(_("{file} cannot be read so").format(file=", ".join(path.name for path in paths)))
        self._sure.setText(_("Choose below what it is, change the options, or take other files."))
        kind = str(self.kind.currentData() or "")
        if kind:
            self._show_options(kind)
        empty(self._facts)
        self.problems.set_rows([])
        self.table.hide()
        self.accept.setEnabled(False)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_options(self, name: str) -> None:
        importer = self._session.host.importers.get(name)
        if importer is None or self._form_of == name:
            return
        empty(self._options)
        self._form, self._form_of = OptionsForm(importer.options, {"keep_text": False, "seen": "100"}), name
        self._form.changed.connect(self.again)
        self._options.addWidget(self._form)
        self._options.addStretch(1)


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
