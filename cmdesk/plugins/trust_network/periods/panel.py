"""Over time: the network period by period, with a slider and play, two periods side by side, and what changed as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QSplitter, QVBoxLayout, QWidget

from cmdesk.api import Cancelled, Drawing, _
from cmdesk.api_qt import Chooser, DrawingView, Table, ViewContext, as_day, button, column, label, text_table

from ..canvas import Canvas
from ..choice import Choice
from ..flow import FlowRow
from . import changes, picture
from .fate_layers import FateLayers, scene_of
from .looking_back import look_back
from .picture import Stage

if TYPE_CHECKING:
    from ..facts import Facts

STEP = 1_400
"""Milliseconds that a period is shown while playing."""
_SLIDER = 220
_LOWEST = 240
_TABLE = 212
_MOST = 2_000
"""Rows of the table, tie by tie."""
_ASIDE: dict[str, Any] = {"selected": (), "opened": (), "centre": (0.0, 0.0), "scale": 0.0, "depth": 1, "size": "none", "layout": "circles"}
"""What may change on the page without another look back."""


class PeriodsPanel(QWidget):
    """`selected(people, added)`: people (rows) were clicked or caught. `known` gives what the page knows now (None: nothing), and what is chosen on it:
    trust, threshold, colour, filters and selection."""

    selected = Signal(object, bool)

    def __init__(self, context: ViewContext, known: Callable[[], tuple[Facts | None, Choice]]) -> None:
        super().__init__()
        self._context, self._known = context, known
        self._of: tuple[Facts | None, Choice, bool] | None = None
        self.stage: Stage | None = None
        self._asked = 0
        self.now, self.before, self.key = Canvas(context), Canvas(context), DrawingView()
        self.heads = label("", "strong"), label("", "strong")
        self.table: Table | None = None
        self.words = label(_("Looking back …"), "muted", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Period"))
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.day = label("", "strong")
        self.since = Chooser(_("Compared with"))
        self.play = button(_("Play"), self.toggle_play, hint=_("Show one period after the other (Space)"))
        self.beside = self._switch(_("Side by side"), _("The period compared with at the left"), self.show_number)
        self.changed = self._switch(_("What changed"), _("Ties that are new, lost and kept, as a table"), self.show_number)
        self.each = Chooser(_("Rows of the table"))
        for words, one_by_one in ((_("Between departments"), False), (_("Tie by tie"), True)):
            self.each.addItem(words, one_by_one)
        self.each.activated.connect(lambda _number: self._fill_table())
        self._timer = QTimer(self)
        self._timer.setInterval(STEP)
        self._timer.timeout.connect(self._next)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(120)
        self._fit.timeout.connect(self._fill_key)
        self._arrange()
        self.slider.valueChanged.connect(lambda _number: self.show_number())
        self.since.activated.connect(lambda _number: self.show_number())
        for canvas, other in ((self.now, self.before), (self.before, self.now)):
            canvas.setMinimumHeight(_LOWEST)
            canvas.selected.connect(self.selected)
            canvas.failed.connect(context.fail)
            canvas.moved.connect(partial(self._look_along, canvas, other))

    @staticmethod
    def _switch(text: str, hint: str, pressed: Callable[[], object]) -> QPushButton:
        made = button(text, pressed, "choice", hint=hint)
        made.setCheckable(True)
        return made

    def _arrange(self) -> None:
        self.bar = FlowRow(12)
        self.slider.setMinimumWidth(_SLIDER)
        row = self.bar.row
        for control in (self.play, self.slider, self.day, self.since, self.beside, self.changed, self.each):
            row.addWidget(control)
        row.setContentsMargins(12, 4, 12, 4)
        self.split = QSplitter(Qt.Orientation.Vertical)
        pictures = QWidget()
        both = QHBoxLayout(pictures)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(8)
        self.left, self.right = QWidget(), QWidget()
        for side, head, canvas in ((self.left, self.heads[0], self.before), (self.right, self.heads[1], self.now)):
            side.setLayout(column(head, canvas, gap=4))
            both.addWidget(side, 1)
        self.split.addWidget(pictures)
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(4)
        place.addWidget(self.bar)
        place.addWidget(self.words)
        place.addWidget(self.split, 1)
        place.addWidget(self.key)
        self.key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key.hide()
        self.left.hide()
        self.split.hide()
        self.bar.hide()

    # what is known

    def refresh(self) -> None:
        """Look back again, in the background, unless nothing but the selection changed; what is shown stays until then."""
        facts, choice = self._known()
        names, plain = self._context.names, msgspec.structs.replace(choice, **_ASIDE)
        if self.stage is not None and self._of is not None and self._of[0] is facts and self._of[1:] == (plain, names):
            self._select(choice.selected)
            return
        self._of = (facts, plain, names)
        self._asked += 1
        asked = self._asked

        def done(found: Stage | None) -> None:
            if asked == self._asked:
                self._take(found)

        def failed(error: BaseException) -> None:
            self._of = None
            if asked == self._asked and self.stage is None:
                self.words.setText(_("The periods were not worked out."))
            if not isinstance(error, Cancelled):
                self._context.fail(error)

        self._context.run(_("Looking back"), lambda progress: look_back(facts, choice, names, progress, as_day), done, failed)

    def _select(self, people: tuple[int, ...]) -> None:
        if self.stage is not None and self.stage.scene.choice.selected != people:
            scene = self.stage.scene
            self.stage = replace(self.stage, scene=replace(scene, choice=msgspec.structs.replace(scene.choice, selected=people)))
            self.show_number()

    def _take(self, found: Stage | None) -> None:
        told = self.stage is not None and found is not None and len(self.stage.frames) == len(found.frames)
        at = self.slider.value()
        self.stage = found
        if found is not None:
            self._select(self._known()[1].selected)
        some = found is not None and any(len(frame) for frame in found.frames)
        self.split.setVisible(some)
        self.key.setVisible(some)
        self.bar.setVisible(some)
        self.words.setVisible(not some)
        if found is None or not some:
            self.stop()
            self.words.setText(_("No ties in any period yet: import an export with exchanges over some months."))
            return
        last = len(found.frames) - 1
        self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.setValue(at if told else last)
        self.slider.blockSignals(False)
        self._fill_since()
        for control in (self.slider, self.play, self.since, self.beside):
            control.setEnabled(last > 0)
        self.show_number()

    def _fill_since(self) -> None:
        assert self.stage is not None
        chosen = max(self.since.currentIndex(), 0)
        self.since.clear()
        self.since.addItem(_("against the period before"))
        for frame in self.stage.frames:
            self.since.addItem(_("against {date}").format(date=as_day(frame.day)))
        self.since.setCurrentIndex(chosen if chosen < self.since.count() else 0)

    # what is shown

    @property
    def number(self) -> int:
        """The period that is shown."""
        return self.slider.value()

    @property
    def compared(self) -> int:
        """The period that it is compared with."""
        chosen = self.since.currentIndex() - 1
        return chosen if chosen >= 0 else max(self.number - 1, 0)

    def show_number(self) -> None:
        """Show the period of the slider, as the switches say."""
        if self.stage is None or not self.stage.frames:
            return
        number, since = self.number, self.compared
        self.day.setText(as_day(self.stage.frames[number].day))
        two = self.beside.isChecked()
        self.left.setVisible(two)
        self._fill_table()
        self._fill_key()
        self._put(self.now, self.heads[1], number, since)
        if two:
            self._put(self.before, self.heads[0], since, since)
            self.before.look_along(self.now.camera)

    def _put(self, canvas: Canvas, head: QLabel, number: int, since: int) -> None:
        assert self.stage is not None
        words = [as_day(self.stage.frames[number].day), picture.against(self.stage, number, since)]
        head.setText(" · ".join(part for part in words if part))
        scene = scene_of(self.stage, number)
        canvas.put(scene, FateLayers(scene, picture.change(self.stage, number, since)))
        canvas.setAccessibleName(_("The network at {date}").format(date=words[0]))

    def _fill_key(self) -> None:
        if self.stage is None:
            return
        legend = picture.key(self.stage, max(self.width() - 16.0, 400.0), window=True)
        self.key.set_drawing(legend)
        self.key.setFixedHeight(round(legend.height) + 4)

    def _look_along(self, moved: Canvas, other: Canvas) -> None:
        if self.left.isVisible():
            other.look_along(moved.camera)

    def drawing(self) -> Drawing | None:
        """The picture of the period that is shown, as it leaves the window."""
        if self.stage is None or not self.stage.frames:
            return None
        return picture.compose(self.stage, self.number, since=self.compared)

    def _fill_table(self) -> None:
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            old.deleteLater()
        self.each.setVisible(self.changed.isChecked())
        if not self.changed.isChecked() or self.stage is None:
            return
        found = picture.change(self.stage, self.number, self.compared)
        one_by_one = self.each.currentData()
        rows = changes.table(self.stage.naming, found, most=_MOST) if one_by_one else changes.summary(self.stage.naming, found)
        self.table = text_table(rows, _("What changed"))
        self.table.setFixedHeight(_TABLE)
        self.split.addWidget(self.table)

    # playing

    def toggle_play(self) -> None:
        """Play from the oldest period, or stop."""
        if self._timer.isActive():
            self.stop()
            return
        if self.stage is None or len(self.stage.frames) < 2:
            return
        if self.number == self.slider.maximum():
            self.slider.setValue(0)
        self._timer.start()
        self.play.setText(_("Stop"))

    def stop(self) -> None:
        """Stop playing."""
        self._timer.stop()
        self.play.setText(_("Play"))

    def playing(self) -> bool:
        """True while it plays."""
        return self._timer.isActive()

    def _next(self) -> None:
        if self.number < self.slider.maximum():
            self.slider.setValue(self.number + 1)
        if self.number == self.slider.maximum():
            self.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space:
            self.toggle_play()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.slider.setValue(self.number + (1 if event.key() == Qt.Key.Key_PageUp else -1))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.stop()
        super().hideEvent(event)
