"""The circles that an assessment found, to choose one of: for a what-if question, or to make it a group. Those under five people are not told of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cmdesk.core.community import Community
from cmdesk.core.reports import CircleLine
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.plain import button, label, line


def named(circle: CircleLine) -> str:
    """How a circle is told: its number, its size and what its structure fits."""
    fits = ", ".join(words.goal(goal).title for goal in circle.fits)
    told = _("Circle {number} · {people} people").format(number=circle.number, people=words.count(circle.people))
    return f"{told} · {_('fits: {goals}').format(goals=fits)}" if fits else told


class CircleChooser(Chooser):
    """A list of circles; the data of each is its number, and the first line stands for none."""

    def __init__(self, circles: Sequence[CircleLine] = ()) -> None:
        super().__init__(_("Circle"))
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.offer(circles)

    def offer(self, circles: Sequence[CircleLine]) -> None:
        """These circles, without the hidden ones."""
        self.clear()
        self.addItem(_("Choose a circle…"), 0)
        for circle in circles:
            if circle.people is not None:
                self.addItem(named(circle), circle.number)

    def number(self) -> int:
        """The circle that is chosen, 0 for none."""
        return int(self.currentData() or 0)


class GroupOfCircle(QWidget):
    """Choose a circle of an assessment, name it, and it is a group of its own: an undoable command."""

    def __init__(self, session: Session, assessment: int, circles: Sequence[CircleLine]) -> None:
        super().__init__()
        self._session, self._assessment = session, assessment
        self.circle = CircleChooser(circles)
        self.circle.activated.connect(lambda _number: self._allow())
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the new group"))
        self.name.setPlaceholderText(_("Name of the new group"))
        self.name.textChanged.connect(lambda _text: self._allow())
        self.make = button(_("Make it a group"), self._make, "primary")
        self.name.returnPressed.connect(self.make.click)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        if self.circle.count() == 1:
            outer.addWidget(label(_("The newest assessment found no circle of five people or more."), "muted", wrap=True))
            return
        outer.addWidget(self.circle)
        outer.addWidget(self.name)
        outer.addLayout(line(1, self.make))
        self._allow()

    def _allow(self) -> None:
        self.make.setEnabled(bool(self.circle.number() and self.name.text().strip()))

    def _make(self) -> None:
        number, name, assessment, session = self.circle.number(), self.name.text().strip(), self._assessment, self._session

        def write(community: Community) -> int:
            from cmdesk.core import grouping

            return grouping.of_circle(community, number, name, assessment)

        def made(group: int) -> None:
            choice = (_("Set goals"), lambda: session.go("goals", group))
            session.say(_("{name} is a group now.").format(name=name), _("Give it a goal, then assess again."), "good", choice)
            session.go("groups", group)

        session.write(_("Making a group"), write, made)
