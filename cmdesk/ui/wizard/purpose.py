"""Last step: what is this community for? Up to three of the eight goals, each with an example; can be skipped."""

from __future__ import annotations

import sqlite3

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cmdesk.core.community import Community
from cmdesk.core.text import _
from cmdesk.ui import theme, words
from cmdesk.ui.widgets.plain import button, label, line, tip

MOST = 3


class GoalCard(QAbstractButton):
    """A goal to choose: title, example, and a mark where it is chosen."""

    def __init__(self, goal: str) -> None:
        super().__init__()
        self.told = words.goal(goal)
        self.setText(self.told.title)
        self.setCheckable(True)
        self.setAccessibleName(self.told.title)
        self.setAccessibleDescription(self.told.example)
        self.setToolTip(tip(self.told.asks))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(300, 76)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.setBrush(theme.colour("selected" if chosen else "hover" if self.underMouse() and self.isEnabled() else "surface"))
        pen = painter.pen()
        pen.setColor(theme.colour("accent" if chosen or self.hasFocus() else "edge" if self.isEnabled() else "line"))
        pen.setWidthF(2.0 if chosen or self.hasFocus() else 1.0)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(theme.colour("text" if self.isEnabled() else "edge"))
        painter.setFont(theme.font(14, 600))
        painter.drawText(frame.adjusted(16, 12, -16, 0), Qt.AlignmentFlag.AlignLeft, self.text())
        if chosen:
            painter.setPen(theme.colour("accent"))
            painter.drawText(frame.adjusted(16, 12, -16, 0), Qt.AlignmentFlag.AlignRight, "✓")
        painter.setPen(theme.colour("muted" if self.isEnabled() else "edge"))
        painter.setFont(theme.font(13))
        painter.drawText(frame.adjusted(16, 34, -16, -4), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.told.example)
        painter.end()


class PurposeStep(QWidget):
    """`done(goals)`: set these goals for the whole community (none: skipped), then assess."""

    done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(label(_("Choose up to three. A group inside it can have goals of its own later."), "muted", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(12)
        self.cards: dict[str, GoalCard] = {}
        for number, goal in enumerate(words.goals()):
            card = GoalCard(goal)
            card.toggled.connect(lambda _on: self._limit())
            self.cards[goal] = card
            grid.addWidget(card, number // 2, number % 2)
        column.addLayout(grid)
        column.addStretch(1)
        self.count = label(kind="muted")
        self.skip = button(_("Skip"), lambda: self.done.emit([]), hint=_("Without a goal there is no verdict; you can choose later."))
        self.go_on = button(_("Go on"), lambda: self.done.emit(self.chosen()), "primary")
        column.addLayout(line(self.count, 1, self.skip, self.go_on))
        self._limit()

    def begin(self, goals: list[str]) -> None:
        """Show what is chosen already."""
        for goal, card in self.cards.items():
            card.setChecked(goal in goals)
        self._limit()

    def chosen(self) -> list[str]:
        """The goals in their order."""
        return [goal for goal, card in self.cards.items() if card.isChecked()]

    def _limit(self) -> None:
        n = len(self.chosen())
        for card in self.cards.values():
            card.setEnabled(card.isChecked() or n < MOST)
        self.count.setText(_("{n} of {most} chosen").format(n=n, most=MOST))
        self.go_on.setEnabled(n > 0)


def root_goals(connection: sqlite3.Connection) -> list[str]:
    """The goals of the whole community."""
    from cmdesk.core import groups

    return [goal for goal, _importance in groups.rows(connection)[0].goals]


def set_goals(community: Community, chosen: list[str]) -> None:
    """Give the whole community these goals, and take others from it."""
    from cmdesk.core import goals
    from cmdesk.core.schema import ROOT

    with community.reading() as connection:
        before = root_goals(connection)
    for goal in before:
        if goal not in chosen:
            goals.remove(community, ROOT, goal)
    for goal in chosen:
        if goal not in before:
            goals.set(community, ROOT, goal, 3)
