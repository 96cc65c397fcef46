"""Report for the board: what kind of file, with names or without, where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from cmdesk.core.community import Community
from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import FileProblem
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import saving
from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import Form, button, label, line

if TYPE_CHECKING:
    from cmdesk.core.assessments import Plugins

_FIRST = (".xlsx", ".html")
"""Kinds of file that are offered first, in this order: whole reports before single pictures."""


class ReportDialog(QDialog):
    """Writes one stored assessment with an exporter that takes reports; the workbook is offered first, then the web page."""

    def __init__(self, session: Session, desk: Desk, assessment_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._desk, self._assessment = session, desk, assessment_id
        self.setWindowTitle(_("Report for the board"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._exporters: list[Exporter] = sorted(
            (each for each in session.host.exporters.values() if each.accepts == "report"),
            key=lambda each: (_FIRST.index(each.suffix) if each.suffix in _FIRST else len(_FIRST), each.title),
        )
        self.kind = Chooser(_("Kind of file"))
        for each in self._exporters:
            self.kind.addItem(told(each.title))
        self.path = QLineEdit(str(self._first_path()))
        self.path.setAccessibleName(_("File"))
        self.names = CheckBox(_("With names"))
        self.names.setChecked(False)
        self.make = button(_("Make the report"), self.accept, "primary")
        self.make.setDefault(True)
        self.make.setEnabled(bool(self._exporters))
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _number: self._suffix())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(label(_("Report for the board"), "heading"))
        words = _(
            "A workbook to re-add, or a page to read and print: every goal with its reason, and what it was measured on. Groups under five people are not shown."
        )
        if not self._exporters:
            words = _("No plugin that writes reports is switched on. See the page Plugins.")
        column.addWidget(label(words, "muted", wrap=True))
        form = Form()
        form.add(_("Kind"), self.kind)
        form.add(_("File"), line(self.path, button(_("Choose…"), self._choose)))
        form.add("", self.names)
        form.add("", label(_("Off: people appear under pseudonyms, whatever this screen shows."), "small", wrap=True))
        column.addLayout(form)
        column.addLayout(line(1, button(_("Cancel"), self.reject), self.make))

    def _first_path(self) -> Path:
        suffix = self._exporters[0].suffix if self._exporters else ".xlsx"
        return saving.folder(self._desk) / f"{self._session.current().path.stem} {_('report')}{suffix}"

    def _suffix(self) -> None:
        self.path.setText(str(Path(self.path.text()).with_suffix(self._exporters[self.kind.currentIndex()].suffix)))

    def _choose(self) -> None:
        suffix = self._exporters[self.kind.currentIndex()].suffix if self._exporters else ".xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Where to?"), self.path.text(), f"*{suffix}")
        if chosen:
            self.path.setText(chosen)

    def accept(self) -> None:
        """Write it in the background; the message bar says how it went."""
        exporter = self._exporters[self.kind.currentIndex()]
        out = Path(self.path.text().strip())
        if not out.name:
            return
        out = out if out.suffix.lower() == exporter.suffix.lower() else out.with_name(out.name + exporter.suffix)
        session, assessment, names = self._session, self._assessment, self.names.isChecked()
        plugins = session.host
        self._desk.remember("report_folder", str(out.parent))

        def work(community: Community, progress: Progress) -> Path:
            return write_report(community, exporter, assessment, out, progress, names=names, plugins=plugins)

        session.long(_("Making the report"), work, lambda path: saving.told_ready(session, _("The report is ready: {name}").format(name=path.name), path))
        super().accept()


def write_report(
    community: Community, exporter: Exporter, assessment: int, out: Path, progress: Progress, *, names: bool, plugins: Plugins
) -> Path:
    """Write a stored assessment to `out`."""
    from cmdesk.core import assessments, exporting

    if out.absolute() == community.path.absolute():
        raise FileProblem(_("That is the community itself."), _("Choose another name."))
    with community.reading() as connection:
        report = assessments.for_others(connection, assessment, names, plugins)
    exporting.write(exporter, report, out, exporter.options(), progress)
    return out
