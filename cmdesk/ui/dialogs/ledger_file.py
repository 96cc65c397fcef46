"""What an import read, left out and set aside, as a workbook or CSV file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cmdesk.core.community import Community
from cmdesk.core.errors import PluginProblem
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.session import Session

SUFFIXES = (".xlsx", ".csv")


def ask(session: Session, parent: QWidget, import_id: int) -> None:
    """Ask where to, then write; a reason leaves out what it quotes of a cell, because it may be a name."""
    start = session.current().path.with_name(_("{name}, import {id}").format(name=session.current().path.stem, id=import_id) + ".xlsx")
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Export what was read"), str(start), "*.xlsx;;*.csv")
    if chosen:
        path = Path(chosen)
        write(session, path if path.suffix.lower() in SUFFIXES else path.with_name(path.name + ".xlsx"), import_id)


def write(session: Session, path: Path, import_id: int) -> None:
    """Write the ledger of one import in the background."""
    exporters = [each for each in session.host.exporters.values() if each.accepts == "ledger"]
    if not exporters:
        session.fail(PluginProblem(_("The plugin that writes these lists is switched off or failed."), _("See the page Plugins.")))
        return
    exporter = exporters[0]

    def work(community: Community, progress: Progress) -> Path:
        import msgspec

        from cmdesk.core import exporting
        from cmdesk.core.importing import ledger_list

        with community.reading() as connection:
            ledgers = ledger_list.gather(connection, names=False)
        exporting.write(exporter, ledgers, path, msgspec.convert({"import_id": import_id}, exporter.options), progress)
        return path

    def tell(done: Path) -> None:
        opened = (_("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(done))))
        session.say(_("{name} is ready.").format(name=done.name), "", "good", opened)

    session.long(_("Writing what was read"), work, tell)
