"""The pulse of a group: how many answered 1 to 5 to each of four questions. Counts only, never who."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cmdesk.core.community import Community
from cmdesk.core.groups import GroupRow
from cmdesk.core.input_fields import PULSE, SCALE
from cmdesk.core.text import N_, _
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import DateField
from cmdesk.ui.widgets.plain import button, column, label, line

_MOST = 9_999


class PulseForm(QWidget):
    """Four rows of five numbers, the day, and a button that keeps them."""

    def __init__(self, session: Session, row: GroupRow) -> None:
        super().__init__()
        self._session, self._row = session, row
        self.day = DateField()
        self.day.setAccessibleName(_("The day on which they were asked"))
        self.day.setDate(QDate.currentDate())
        self.counts: dict[tuple[str, int], QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        for step in range(1, SCALE + 1):
            grid.addWidget(label(str(step), "muted"), 0, step - 1, Qt.AlignmentFlag.AlignHCenter)
        for number, item in enumerate(PULSE):
            grid.addWidget(label(question(item), wrap=True), 2 * number + 1, 0, 1, SCALE)
            for step in range(1, SCALE + 1):
                field = QLineEdit()
                field.setValidator(QIntValidator(0, _MOST, field))
                field.setPlaceholderText("0")
                field.setFixedWidth(54)
                field.setAccessibleName(_("{question}: how many answered {step}").format(question=question(item), step=step))
                self.counts[item, step] = field
                grid.addWidget(field, 2 * number + 2, step - 1)
        self.keep = button(_("Keep the answers"), self._keep)
        hint = label(_("How many answered 1 (not at all) to 5 (wholly). It counts from 8 answers and 40 % of the members on."), "muted", wrap=True)
        self.setLayout(column(hint, grid, line(label(_("asked on"), "muted"), self.day, 1), line(1, self.keep)))

    def _keep(self) -> None:
        tallies = {item: [int(self.counts[item, step].text() or 0) for step in range(1, SCALE + 1)] for item in PULSE}
        day, row = self.day.date().toString(Qt.DateFormat.ISODate), self._row
        if not any(map(any, tallies.values())):
            self._session.say(_("Fill in how many answered what."))
            return

        def write(community: Community) -> int:
            from cmdesk.core import inputs
            from cmdesk.core.records import Input

            every = [Input("group", row.ref, f"pulse_{item}", ",".join(map(str, counts)), day) for item, counts in tallies.items() if any(counts)]
            return inputs.fill_in(community, every, N_("Pulse of {name}").format(name=row.name))

        self._session.write(_("Keeping the pulse"), write, lambda _n: self._session.say(_("Kept."), "", "good"))


def question(item: str) -> str:
    """An item of the pulse as it is asked."""
    return {
        "know": _("I know whom to ask"), "trust": _("I trust the others’ competence here"), "safe": _("It is safe to ask here"),
        "got": _("I got what I needed"),
    }[item]  # fmt: skip
