"""First step: which files, and for a new community its name and place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.drop_zone import DropZone
from cmdesk.ui.widgets.names_question import NamesQuestion
from cmdesk.ui.widgets.plain import Form, box, button, label, line

SUFFIX = ".cmdesk"


class ChooseStep(QWidget):
    """`ready(paths)`: go on with these files (none: only make the community)."""

    ready = Signal(object)

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._paths: list[Path] = []
        self._own_name = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.community, inside = box(gap=12)
        inside.addWidget(label(_("A new community"), "heading"))
        form = Form()
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the community"))
        self.name.setPlaceholderText(_("Name of the community"))
        self.name.textEdited.connect(self._named)
        self.place = QLineEdit()
        self.place.setAccessibleName(_("File of the community"))
        form.add(_("Name"), self.name)
        form.add(_("Kept in"), line(self.place, button(_("Choose…"), self._choose_place)))
        inside.addLayout(form)
        self.names = NamesQuestion()
        column.addWidget(self.community)
        column.addWidget(self.names)
        self.drop = DropZone(
            _("Drop an export here"), _("An export of Slack, Discord, Discourse, Mattermost, Viva Engage or a mailing list; a survey, a graph file, or spreadsheets of people, ties or messages.")
            + " " + _("Several at once are one import."),
            desk.recall("import_folder"),
        )  # fmt: skip
        self.drop.chosen.connect(self._chosen)
        column.addWidget(self.drop, 1)
        self.files = label()
        self.go_on = button(_("Go on"), self._go_on, "primary")
        self.only = button(_("Only make the community"), lambda: self.ready.emit([]))
        column.addLayout(line(self.files, 1, self.only, self.go_on))
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def begin(self, paths: list[Path], *, new: bool) -> None:
        """Show what must be asked: for a new community its name and place, and once whether names show."""
        self._paths = paths
        self._own_name = False
        self.community.setVisible(new)
        self.names.setVisible(new or not self._session.asked_about_names())
        if new:
            self.name.setText(guess_name(paths))
            self._named_place()
        self._show_files()

    def _show_files(self) -> None:
        some = bool(self._paths)
        self.drop.setVisible(not some)
        self._rest.setVisible(some)
        self.files.setText(", ".join(path.name for path in self._paths))
        self.go_on.setVisible(some)
        self.only.setVisible(not self.community.isHidden() and not some)

    def asks(self) -> bool:
        """True if there is anything to answer before going on."""
        return not self.community.isHidden() or not self.names.isHidden()

    def path(self) -> Path:
        """Where the new community is to stand."""
        path = Path(self.place.text().strip())
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def _named(self, _text: str) -> None:
        self._own_name = True
        self._named_place()

    def _named_place(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(self._desk.recall("folder") or documents or str(Path.home()))
        stem = file_stem(self.name.text()) or _("community")
        path, number = folder / f"{stem}{SUFFIX}", 2
        while path.exists() and number < 1000:
            path, number = folder / f"{stem} {number}{SUFFIX}", number + 1
        self.place.setText(str(path))

    def _choose_place(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Where to keep it"), self.place.text(), _("Communities (*.cmdesk)"))
        if chosen:
            self.place.setText(chosen)

    def _chosen(self, paths: list[Path]) -> None:
        self._paths = paths
        self._desk.remember("import_folder", str(paths[0].parent))
        if not self._own_name and not self.community.isHidden() and not self.name.text():
            self.name.setText(guess_name(paths))
            self._named_place()
        self._show_files()
        if not self.asks():
            self._go_on()

    def _go_on(self) -> None:
        self.ready.emit(list(self._paths))


def guess_name(paths: list[Path]) -> str:
    """A community's name from its file's name."""
    if not paths:
        return ""
    words = paths[0].stem.replace("_", " ").replace("-", " ").split()
    kept = [word for word in words if word.casefold() not in ("slack", "export", "zip", "members", "people", "ties") and not word.isdigit()]
    return " ".join(kept or words)[:80]


def file_stem(name: str) -> str:
    """A name that every system takes as a file name."""
    plain = "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name)
    return " ".join(plain.split()).strip(". ")[:80]
