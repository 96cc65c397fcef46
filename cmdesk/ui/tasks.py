"""What the menus do: open and make communities, undo, assess, report, save a copy. Each says in the message bar how it went."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from cmdesk.core.community import Community, Opening
from cmdesk.core.errors import CmdeskError, FileProblem
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.session import Session

if TYPE_CHECKING:
    from cmdesk.core.history import HistoryRow

SUFFIX = ".cmdesk"


class Tasks:
    """The deeds of one window. `started` is when it began, in µs: what is older is not undone without asking."""

    def __init__(self, session: Session, desk: Desk, window: QWidget) -> None:
        from cmdesk.core.when import now

        self._session, self._desk, self._window = session, desk, window
        self.started = now()

    # files

    def new(self) -> None:
        """Make a community: the import page asks for its name and place."""
        self._session.go("import", "new")

    def open(self) -> None:
        """Choose a community file and open it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open a community"), self._desk.recall("folder"), _("Communities (*.cmdesk);;All files (*)")
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, file: Path | Opening) -> None:
        """Open a community file, or go on with opening it; what is wrong with it is told."""
        if self._session.busy():
            self._session.say(_("Something still runs."), _("Wait for it or cancel it first, at the bottom of the window."), "warn")
            return
        self._session.open(file, lambda: self._desk.remember("folder", str(self._session.current().path.absolute().parent)))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files that were dropped: a community is opened, anything else is previewed for import."""
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self.open_path(paths[0])
        elif paths:
            self._session.go("import", list(paths))

    def save(self) -> None:
        """There is nothing to save; people press it all the same."""
        self._session.say(
            _("Everything is saved."), _("cmdesk saves what you do as you do it."), "good", (_("Save a copy…"), self.save_copy)
        )

    def save_copy(self) -> None:
        """One complete file more, for a memory stick or an e-mail."""
        community = self._open()
        if community is None:
            return
        start = str(community.path.with_name(_("{name} (copy)").format(name=community.path.stem) + SUFFIX))
        chosen, _filter = QFileDialog.getSaveFileName(self._window, _("Save a copy"), start, _("Communities (*.cmdesk)"))
        if chosen:
            path = Path(chosen)
            self.copy_to(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def copy_to(self, path: Path) -> None:
        """Write a copy of the open community to `path`."""
        if path.absolute() == self._session.current().path.absolute():
            self._session.fail(FileProblem(_("That is the open file itself."), _("Choose another name.")))
            return
        self._session.long(_("Saving a copy"), lambda community, progress: _copy(community, path), lambda _none: self._copied(path))

    def _copied(self, path: Path) -> None:
        self._session.say(_("Saved as {name}.").format(name=path.name), _("It is complete, names included."), "good")

    # back and forth

    def undo(self) -> None:
        """Take the last change back; what is older than this session, and an import, only after asking."""
        self._session.load(_last_done, self._undo_this, title=_("Undo"), owner=self._window)

    def _undo_this(self, last: HistoryRow | None) -> None:
        if last is None:
            self._session.say(_("There is nothing to undo."))
        elif last.kind == "import" or last.at < self.started:
            when = words.minute(last.at, self._session.zone)
            what = _("{date}. {effect}").format(date=when, effect=told(last.effect) or _("It can be done again with Redo."))
            self._session.say(_("Undo “{title}”?").format(title=told(last.title)), what, "info", (_("Undo"), self.undo_now))
        else:
            self.undo_now()

    def undo_now(self) -> None:
        """Take the last change back."""
        from cmdesk.core import history

        if self._session.busy():
            self._session.say(_("An import is running."), _("Undo when it has ended."), "warn")
            return
        self._session.write(_("Undo"), history.undo, lambda title: self._session.say(_("Undone: {title}").format(title=told(title)), kind="good"))

    def redo(self) -> None:
        """Do again what was undone last."""
        from cmdesk.core import history, importing

        def work(community: Community, progress: Progress) -> str:
            return history.redo(community, lambda imported, entry: importing.again(community, imported, entry, progress))

        self._session.long(_("Redo"), work, lambda title: self._session.say(_("Done again: {title}").format(title=told(title)), kind="good"))

    def copy(self) -> None:
        """The table or picture that has the focus, or the first of the page."""
        from cmdesk.ui.widgets.drawing_view import DrawingView
        from cmdesk.ui.widgets.table import Table

        focus = QApplication.focusWidget()
        if isinstance(focus, Table | DrawingView):
            focus.copy()
            return
        shown = [each for each in self._window.findChildren(QWidget) if isinstance(each, Table | DrawingView) and each.isVisible()]
        if shown:
            shown[0].copy()

    # assessing

    def assess(self, done: Callable[[int], object] | None = None) -> None:
        """Assess every group against every goal, in the background."""
        if self._session.busy():
            self._session.say(_("Something still runs."), _("Assess when it has ended."), "warn")
            return
        self._session.assess(lambda id: self._assessed(id, done))

    def _assessed(self, id: int, done: Callable[[int], object] | None) -> None:
        if done is not None:
            done(id)
        else:
            self._session.say(_("The assessment is ready."), kind="good")

    def report(self) -> None:
        """The workbook for the board, of the newest assessment; made first where there is none."""
        from cmdesk.ui.dialogs.report import ReportDialog

        def show(id: int | None) -> None:
            if id is None:
                self.assess(show)
            else:
                ReportDialog(self._session, self._desk, id, self._window).open()

        self._session.load(_latest, show, owner=self._window)

    # samples

    def sample(self) -> None:
        """The invented organisation, as a community of its own."""
        from cmdesk.ui.samples import open_sample

        open_sample(self._session)

    def real_chat(self) -> None:
        """A small real export, through the import page."""
        from cmdesk.ui.samples import real_chat

        self._try(lambda: self._session.go("import", [real_chat()]))

    def _open(self) -> Community | None:
        return self._session.community

    def _try(self, run: Callable[[], object]) -> None:
        try:
            run()
        except CmdeskError as error:
            self._session.fail(error)


def _last_done(connection: sqlite3.Connection) -> HistoryRow | None:
    from cmdesk.core import history

    return next((row for row in history.rows(connection) if row.state == "done"), None)


def _latest(connection: sqlite3.Connection) -> int | None:
    row = connection.execute("SELECT max(id) FROM assessments").fetchone()
    return None if row is None or row[0] is None else int(row[0])


def _copy(community: Community, path: Path) -> None:
    community.checkpoint()
    beside = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(community.path, beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FileProblem(
            _("The copy cannot be written: {why}.").format(why=error.strerror or error), _("Choose another folder, or make room.")
        ) from error
