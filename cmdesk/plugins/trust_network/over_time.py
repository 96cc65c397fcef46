"""From the map to its periods and back: the switch beside the title, and the panel that takes the map's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from cmdesk.api import _
from cmdesk.api_qt import ViewContext, button

from .periods.panel import PeriodsPanel

if TYPE_CHECKING:
    from cmdesk.api import Drawing

    from .view import NetworkPage

_PAUSE = 250
"""Milliseconds after the last change of a control before the periods are worked out again."""
class OverTime(QObject):
    """`switch` turns it on and off; `panel` is made the first time."""

    def __init__(self, context: ViewContext, page: NetworkPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.panel: PeriodsPanel | None = None
        self.switch = button(_("Over time"), self.turn, "choice", hint=_("The network period by period, people in their places"))
        self.switch.setCheckable(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._look_back)

    def turn(self) -> None:
        """From the map to the periods and back."""
        on, page, controls = self.switch.isChecked(), self._page, self._page.controls
        if on and self.panel is None:
            self.panel = PeriodsPanel(self._context, lambda: (page.facts if page.scene is not None else None, page.trail.now))
            self.panel.selected.connect(page.select)
            page.inside.insertWidget(page.inside.indexOf(page.area), self.panel, 1)
        for widget in (page.area, page.foot, controls.search, controls.layouts, controls.sizes, controls.steps):
            widget.setVisible(not on)
        if self.panel is not None:
            self.panel.setVisible(on)
        if on:
            self._look_back()

    def again(self) -> None:
        """Something changed: look back again once that settles."""
        self._again.start()

    def drawing(self) -> Drawing | None:
        """The picture of the period that is shown, None while the map is."""
        return self.panel.drawing() if self.panel is not None and self.panel.isVisible() else None

    def _look_back(self) -> None:
        if self.panel is not None and self.panel.isVisible():
            self.panel.refresh()
