"""The little form under the period: up to which day, and how many days before it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QFrame, QSpinBox, QVBoxLayout, QWidget

from cmdesk.core.loading import last_day
from cmdesk.core.text import _
from cmdesk.ui.session import Period, Session
from cmdesk.ui.widgets.check import CheckBox
from cmdesk.ui.widgets.chooser import DateField
from cmdesk.ui.widgets.plain import Form, button, label, line


class PeriodForm(QFrame):
    """Opens below the button that shows the period."""

    def __init__(self, session: Session, beside: QWidget) -> None:
        super().__init__(beside.window(), Qt.WindowType.Popup)
        self._session, self._beside = session, beside
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.last = CheckBox(_("Up to the last day with data"))
        self.day = DateField()
        self.day.setDate(QDate.currentDate())
        self.day.setAccessibleName(_("Up to this day"))
        self.window_days = QSpinBox()
        self.window_days.setRange(14, 3650)
        self.window_days.setSuffix(_(" days"))
        self.window_days.lineEdit().setTextMargins(8, 0, 0, 0)
        self.window_days.setValue(session.period.window_days)
        self.window_days.setAccessibleName(_("Days before it"))
        self.last.setChecked(session.period.as_of is None)
        self.day.setEnabled(session.period.as_of is not None)
        if (on := session.period.as_of or session.read(last_day)) is not None:
            self.day.setDate(QDate(on.year, on.month, on.day))
        self.last.toggled.connect(lambda checked: self.day.setEnabled(not checked))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(_("Which period counts?"), "strong"))
        column.addWidget(self.last)
        form = Form()
        form.add(_("Up to"), self.day)
        form.add(_("Days before it"), self.window_days)
        column.addLayout(form)
        note = label(_("Trust counts everything before that day and forgets slowly; activity counts these days only."), "small", wrap=True)
        note.setMinimumWidth(300)
        column.addWidget(note)
        self.use = button(_("Use this period"), self.accept, "primary")
        column.addLayout(line(1, self.use))

    def open_below(self) -> None:
        """Show it."""
        self.adjustSize()
        corner = self._beside.mapToGlobal(QPoint(self._beside.width() - self.width(), self._beside.height() + 4))
        self.move(corner)
        self.show()
        self.window_days.setFocus()

    def accept(self) -> None:
        """Take it."""
        on = self.day.date()
        as_of = None if self.last.isChecked() else date(on.year(), on.month(), on.day())
        self.close()
        self._session.set_period(Period(as_of, self.window_days.value()))
