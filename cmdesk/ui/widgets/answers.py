"""What the members of a group said of each other when a survey asked them, beside their exchange; never of single persons."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.core.text import _
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.plain import label, rule

if TYPE_CHECKING:
    from cmdesk.core.asked import Answers


class AnswersPart(QWidget):
    """A section of the inspector, which stays away where nobody of the group was asked."""

    def __init__(self, session: Session, group: int) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()
        session.load(lambda connection: _look(connection, group), self._show, title=_("Reading answers"), owner=self)

    def _show(self, lines: list[Answers]) -> None:
        from cmdesk.core import asked

        if not lines:
            return
        self._column.addWidget(rule())
        self._column.addWidget(label(_("Asked in a survey"), "strong", wrap=True))
        for line in lines:
            self._column.addWidget(label(asked.title(line.relation).capitalize(), wrap=True))
            self._column.addWidget(label(asked.told(line), "muted", wrap=True, select=True))
        self.show()


def _look(connection: sqlite3.Connection, group: int) -> list[Answers]:
    """The lines of a group (its id); the snapshot is made only where a survey was imported at all."""
    if connection.execute("SELECT 1 FROM asked LIMIT 1").fetchone() is None:
        return []
    from cmdesk.core import asked, loading

    snapshot = loading.load(connection)
    return [line for line in asked.of_groups(snapshot) if int(snapshot.groups.id[line.group]) == group]
