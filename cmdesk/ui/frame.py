"""The frame around a page: the rail at the left, the bar at the top, what runs at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import icons, theme, words
from cmdesk.ui.jobs import Job, JobRunner
from cmdesk.ui.session import Period, Session
from cmdesk.ui.widgets.check import Switch
from cmdesk.ui.widgets.plain import button, label, rule, tip

RAIL = 176


class RailButton(QAbstractButton):
    """A page's name with its icon; the one that is shown has a bar in the accent colour."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self._icon = icon
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(RAIL - 16, 36)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setBrush(theme.colour("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.isChecked():
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, box.center().y() - 9, 3, 18), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        ink = theme.colour("text" if self.isChecked() else "muted") if self.isEnabled() else theme.colour("edge")
        icons.paint(painter, self._icon, QRectF(12, box.center().y() - 10, 20, 20), ink)
        painter.setPen(theme.colour("text") if self.isEnabled() else ink)
        face = theme.font(13, 600 if self.isChecked() else 400)
        painter.setFont(face)
        room = self.width() - 52
        painter.drawText(QRectF(44, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, theme.cut(self.text(), room, face))
        painter.end()


class Rail(QFrame):
    """`asked(page)` when a page is wanted. Up and Down walk, Enter opens."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setFixedWidth(RAIL)
        self.speak()
        self.buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.setAccessibleName(_("Pages"))

    def fill(self, above: Sequence[tuple[str, str, str]], below: Sequence[tuple[str, str, str]]) -> None:
        """Pages as (name, icon, text), above and below the line."""
        from cmdesk.ui.widgets.plain import empty

        shown = next((name for name, each in self.buttons.items() if each.isChecked()), "")
        empty(self._column)
        self.buttons = {}
        for part in (above, below):
            for name, icon, text in part:
                each = RailButton(icon, text)
                each.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
                self.buttons[name] = each
                self._column.addWidget(each)
            if part is above:
                self._column.addStretch(1)
                self._column.addWidget(rule())
                self._column.addSpacing(6)
        self.show_page(shown)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        for page, each in self.buttons.items():
            each.setChecked(page == name)

    def allow(self, names: frozenset[str]) -> None:
        """Only these pages can be opened now."""
        for page, each in self.buttons.items():
            each.setEnabled(page in names)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        every = [each for each in self.buttons.values() if each.isEnabled()]
        at = next((number for number, each in enumerate(every) if each.hasFocus()), None)
        if step is None or at is None:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at is not None:
                every[at].click()
                return
            super().keyPressEvent(event)
            return
        every[(at + step) % len(every)].setFocus(Qt.FocusReason.TabFocusReason)


class NamesSwitch(Switch):
    """Names or pseudonyms: on every table, picture, export and copy alike."""

    def __init__(self) -> None:
        super().__init__(_("Names"))
        self.speak()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.setText(_("Names"))
        self.setToolTip(tip(_("Show names. Off means pseudonyms in tables, pictures, exports and copies alike (Ctrl+Shift+N).")))
        self.setAccessibleName(_("Show names"))


class TopBar(QFrame):
    """The community's name, the period, the search field and the names switch."""

    def __init__(self, session: Session, search: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "topbar")
        self._session = session
        self.setFixedHeight(56)
        self.title = label(kind="heading")
        self.invented = label(_("invented"), "pill")
        self.period = button("", kind="flat")
        self.names = NamesSwitch()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        row.addWidget(self.title)
        row.addWidget(self.invented, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(3)
        row.addWidget(self.period)
        row.addWidget(search, 2)
        row.addWidget(self.names)
        self.speak()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.invented.setText(_("invented"))
        self.invented.setToolTip(tip(_("The people and messages of this community are simulated.")))
        self.period.setToolTip(tip(_("The day up to which everything counts, and how many days before it are looked at")))
        self.names.speak()
        self.refresh()

    def refresh(self) -> None:
        """Say what is open now."""
        open_now = self._session.community is not None
        name = " ".join(self._session.name.split()) if open_now else "cmdesk"
        self.title.setText(theme.cut(name, 320, theme.font(15, 600)))
        self.invented.setVisible(open_now and self._session.simulated)
        self.title.setToolTip(tip(self._session.name) if open_now else "")
        self.period.setVisible(open_now)
        self.names.setVisible(open_now)
        self.period.setText(f"{period_words(self._session.period)}  ▾")
        self.period.setAccessibleName(_("Period: {period}").format(period=period_words(self._session.period)))
        self.names.blockSignals(True)
        self.names.setChecked(self._session.names)
        self.names.blockSignals(False)


def period_words(period: Period) -> str:
    """A period in words."""
    until = words.as_day(period.as_of) if period.as_of else _("last day with data")
    return _("{days} days to {until}").format(days=period.window_days, until=until)


class StatusBar(QFrame):
    """What runs now, how far it is, and a button to stop it."""

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self.setFixedHeight(30)
        self._jobs = jobs
        self._job: Job | None = None
        self.text: QLabel = label(kind="small")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(160)
        self.bar.setTextVisible(False)
        self.stop: QPushButton = button(_("Cancel"), self._stop, "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        jobs.changed.connect(self.refresh)
        self.speak()

    def speak(self) -> None:
        """Its words, anew where the language changed."""
        self.bar.setAccessibleName(_("Progress"))
        self.stop.setText(_("Cancel"))
        self.stop.setAccessibleName(_("Cancel"))
        self.stop.setToolTip(tip(_("Stop it; nothing is changed")))
        self.refresh()

    def refresh(self) -> None:
        """Show the job that runs longest."""
        shown = self._jobs.shown()
        self._job = shown[0] if shown else None
        self.bar.setVisible(self._job is not None)
        self.stop.setVisible(self._job is not None)
        if self._job is None:
            self.text.setText(_("Ready. Everything is saved."))
            return
        more = _(" (and {n} more)").format(n=len(shown) - 1) if len(shown) > 1 else ""
        self.text.setText(job_words(self._job) + more)
        step = self._job.step
        self.stop.setEnabled(not self._job.cancelled)
        if step is not None and step.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(1.0, step.done / step.total)))
        else:
            self.bar.setRange(0, 0)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)


def job_words(job: Job) -> str:
    """What a job does, how far it is, and how long it will take."""
    if job.cancelled:
        return _("{title}: stopping …").format(title=job.title)
    step = job.step
    if step is None:
        return _("{title} …").format(title=job.title)
    done = f"{words.count(step.done)} {told(step.unit)}".strip() if step.done else ""
    if step.done and step.total:
        done = _("{done} of {total} {unit}").format(done=words.count(step.done), total=words.count(step.total), unit=told(step.unit)).strip()
    left = ""
    if step.seconds_left is not None and step.seconds > 1:
        left = _("about {n} s left").format(n=max(1, round(step.seconds_left)))
    return " · ".join(part for part in (job.title, told(step.title) if told(step.title) != job.title else "", done, left) if part)
