"""Writing one file for others from the window: where to, in the background, and how it went in the message bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from cmdesk.core.community import Community
from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import FileProblem
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session

Subject = Callable[[Progress], object]
"""Makes what an exporter writes, in the background."""


def folder(desk: Desk) -> Path:
    """Where the last report went, else the user's documents."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(desk.recall("report_folder") or documents or str(Path.home()))


def ask_where(parent: QWidget, desk: Desk, title: str, name: str, endings: Sequence[str]) -> Path | None:
    """The file that the user chooses, with one of `endings` (the first where none is typed); None where nothing is to be written."""
    start = folder(desk) / (name + endings[0])
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, str(start), " ".join(f"*{ending}" for ending in endings))
    if not chosen:
        return None
    path = Path(chosen)
    path = path if path.suffix.lower() in endings else path.with_name(path.name + endings[0])
    desk.remember("report_folder", str(path.parent))
    return path


def write(session: Session, exporter: Exporter, make: Subject, path: Path, options: Any) -> None:
    """Write what `make` gives to `path`; a file that is there is replaced once the new one is whole."""

    def work(community: Community, progress: Progress) -> Path:
        from cmdesk.core import exporting

        if path.absolute() == community.path.absolute():
            raise FileProblem(_("That is the community itself."), _("Choose another name."))
        exporting.write(exporter, make(progress), path, options, progress)
        return path

    session.long(told(exporter.title), work, lambda out: told_ready(session, _("{name} is ready.").format(name=out.name), out))


def told_ready(session: Session, sentence: str, path: Path) -> None:
    """Say that a file is there, with its folder, and offer to open them."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    session.say(
        sentence, str(path.parent), "good",
        (_("Open it"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
        (_("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))),
    )  # fmt: skip
