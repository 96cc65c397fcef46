"""Lists to fill in elsewhere: exported as a workbook; they come back through Import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cmdesk.core.community import Community
from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import PluginProblem
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.session import Session


def ask(session: Session, parent: QWidget) -> None:
    """Ask where to, then whether names go along, then write."""
    start = session.current().path.with_name(_("{name} to fill in").format(name=session.current().path.stem) + ".xlsx")
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Lists to fill in"), str(start), "*.xlsx")
    if not chosen:
        return
    path = Path(chosen) if chosen.lower().endswith(".xlsx") else Path(chosen + ".xlsx")
    session.say(
        _("With names, or under pseudonyms?"), _("With names the lists also hold the first line of messages whose text you kept."), "info",
        (_("Pseudonyms"), lambda: write(session, path, names=False)), (_("With names"), lambda: write(session, path, names=True)),
    )  # fmt: skip


def write(session: Session, path: Path, *, names: bool) -> None:
    """Write the lists to `path` in the background."""
    exporters = [each for each in session.host.exporters.values() if each.accepts == "lists"]
    if not exporters:
        session.fail(PluginProblem(_("The plugin that writes these lists is switched off or failed."), _("See the page Plugins.")))
        return
    importers = session.host.importers

    def work(community: Community, progress: Progress) -> Path:
        from cmdesk.core import links, lists_to_fill

        with community.reading() as connection:
            lists = lists_to_fill.gather(connection, importers, links.addresses(community), names)
        return _write(exporters[0], lists, path, progress)

    session.long(_("Writing the lists"), work, lambda done: _tell(session, done))


def _write(exporter: Exporter, lists: object, path: Path, progress: Progress) -> Path:
    from cmdesk.core import exporting

    exporting.write(exporter, lists, path, exporter.options(), progress)
    return path


def _tell(session: Session, path: Path) -> None:
    session.say(
        _("The lists are ready: {name}").format(name=path.name), _("Fill in the coloured columns, and import the file."), "good",
        (_("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
    )  # fmt: skip
