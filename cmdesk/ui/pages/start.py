"""Start: where one is without a community. A first verdict should be a minute away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.drop_zone import DropZone
from cmdesk.ui.widgets.plain import box, button, empty, label, line, tip


class StartPage(Page):
    """Recent files, New, Open, the sample, a small real chat, and a place to drop an export."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session,
            desk,
            _("Does your community do what it is for?"),
            _("cmdesk reads an export of your platform, measures trust between people, and tells how well each group fits its goals. "
              "Everything stays on this machine."),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.drop = DropZone(
            _("Drop an export here"),
            _("An export of Slack, Discord, Discourse, Mattermost, Viva Engage or a mailing list; a survey, a graph file, or spreadsheets of people, ties or messages."),
            desk.recall("folder"),
        )
        self.drop.chosen.connect(lambda paths: session.go("drop", paths))
        self.drop.setMinimumHeight(240)
        grid.addWidget(self.drop, 0, 0)
        grid.addWidget(self._first_time(), 1, 0)
        grid.addWidget(self._files(), 0, 1, 2, 1)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 1)
        self.body.addLayout(grid, 1)

    def _first_time(self) -> QWidget:
        frame, column = box(gap=12)
        column.addWidget(label(_("First time here?"), "heading"))
        self.sample = button(_("Try the sample community"), lambda: self.session.go("sample"), "primary")
        self.chat = button(_("A small real chat"), lambda: self.session.go("chat"))
        for each, text in (
            (self.sample, _("An invented organisation where all four verdicts show, each for its reason.")),
            (self.chat, _("71 people, no threads: see what cannot be said, and why.")),
        ):
            each.setFixedWidth(208)
            column.addLayout(line(each, label(text, "muted", wrap=True), gap=16))
        column.addStretch(1)
        return frame

    def _files(self) -> QWidget:
        frame, column = box(gap=8)
        self.new = button(_("New community…"), lambda: self.session.go("import", "new"))
        self.open = button(_("Open…"), lambda: self.session.go("open"))
        column.addLayout(line(label(_("Communities"), "heading"), 1, self.new, self.open))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        column.addLayout(self._recent)
        column.addStretch(1)
        return frame

    def come(self, what: object = None) -> None:
        self.refresh()

    def refresh(self) -> None:
        empty(self._recent)
        recent = self.desk.recent()
        for path in recent:
            self._recent.addWidget(self._file(path))
        if not recent:
            self._recent.addWidget(label(_("Communities that you open are listed here."), "muted", wrap=True))

    def _file(self, path: Path) -> QFrame:
        frame = QFrame()
        row = QGridLayout(frame)
        row.setContentsMargins(0, 4, 0, 4)
        row.setColumnStretch(0, 1)
        opened = button(path.stem, lambda: self.session.go("open", path), "link", name=_("Open {name}").format(name=path.stem))
        opened.setToolTip(tip(str(path)))
        row.addWidget(opened, 0, 0)
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().date()
        row.addWidget(label(words.as_day(changed), "small"), 0, 1)
        forget = button("×", lambda: self._forget(path), "flat", name=_("Take {name} out of this list").format(name=path.stem))
        forget.setFixedWidth(32)
        row.addWidget(forget, 0, 2)
        return frame

    def _forget(self, path: Path) -> None:
        self.desk.forget(path)
        self.refresh()
