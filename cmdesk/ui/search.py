"""The search field: people, groups and commands in one list (Ctrl+K)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.session import Session

_PEOPLE, _GROUPS, _COMMANDS = 6, 6, 8


class Hit(NamedTuple):
    """Something found: what it is, its name, what choosing it does."""

    kind: str
    text: str
    run: Callable[[], object]


class SearchField(QLineEdit):
    """Type to find; Down and Enter choose; Esc leaves."""

    def __init__(self, session: Session, commands: Callable[[], Sequence[Hit]]) -> None:
        super().__init__()
        self._session = session
        self._commands = commands
        self._hits: list[Hit] = []
        self._asked = 0
        self.speak()
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(200)
        self._frame: QFrame | None = None
        self.list: QListWidget | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(60)
        self._wait.timeout.connect(self.look)
        self.textEdited.connect(lambda _text: self._wait.start())

    def begin(self) -> None:
        """Come here with everything selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.look()

    def look(self) -> None:
        """Look for what is typed."""
        typed = self.text().strip()
        wanted = typed.casefold()
        commands = [hit for hit in self._commands() if wanted in hit.text.casefold()][:_COMMANDS]
        self._asked += 1
        asked = self._asked
        if self._session.community is None or not wanted:
            self._show(commands)
            return
        names = self._session.names

        def search(connection: sqlite3.Connection) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
            from cmdesk.core import groups, members

            found = members.ids(connection, search=typed, names=names)[:_PEOPLE]
            people = [(row.id, row.label) for row in members.rows(connection, found, names)]
            inside = [(row.id, row.path) for row in groups.rows(connection) if wanted in row.path.casefold()][:_GROUPS]
            return people, inside

        def done(result: tuple[list[tuple[int, str]], list[tuple[int, str]]]) -> None:
            if asked != self._asked or not self.hasFocus():
                return
            people, inside = result
            self._show(
                [Hit(_("Person"), text, partial(self._session.go, "members", id)) for id, text in people]
                + [Hit(_("Group"), text, partial(self._session.go, "groups", id)) for id, text in inside]
                + commands
            )

        self._session.load(search, done, title=_("Searching"), owner=self)

    def _show(self, hits: list[Hit]) -> None:
        self._hits = hits
        frame, listed = self._popup()
        listed.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.text}   ·   {hit.kind}")
            listed.addItem(item)
        if not hits:
            listed.addItem(QListWidgetItem(_("Nothing found")))
        listed.setCurrentRow(0)
        below = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        frame.setGeometry(below.x(), below.y(), max(self.width(), 320), 18 + 32 * max(1, len(hits)))
        frame.raise_()
        frame.show()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.setPlaceholderText(_("Search people, groups, commands (Ctrl+K)"))
        self.setAccessibleName(_("Search people, groups and commands"))

    def _popup(self) -> tuple[QFrame, QListWidget]:
        if self._frame is None or self.list is None:
            self._frame = QFrame(self.window())
            self._frame.setProperty("kind", "popup")
            self.list = QListWidget()
            self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.list.setAccessibleName(_("Found"))
            self.list.itemClicked.connect(self._clicked)
            column = QVBoxLayout(self._frame)
            column.setContentsMargins(8, 8, 8, 8)
            column.addWidget(self.list)
            self.window().installEventFilter(self)
        return self._frame, self.list

    def _clicked(self, item: QListWidgetItem) -> None:
        if self.list is not None:
            self._choose(self.list.row(item))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self.leave()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Close the list."""
        self._asked += 1
        if self._frame is not None:
            self._frame.hide()

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._hits):
            hit = self._hits[number]
            self.clear()
            self.leave()
            page = self.window()
            if isinstance(page, QWidget):
                page.setFocus()
            hit.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        listed = self.list if self._frame is not None and self._frame.isVisible() else None
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.leave()
            self.clearFocus()
        elif listed is not None and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            listed.setCurrentRow((listed.currentRow() + step) % max(1, listed.count()))
        elif listed is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(listed.currentRow())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            QTimer.singleShot(150, self._leave_late)
        super().focusOutEvent(event)

    def _leave_late(self) -> None:
        if not self.hasFocus():
            self.leave()
