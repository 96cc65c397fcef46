"""Below the picture: what is on the screen and what is not, tools, Back and Forward, named views, the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QInputDialog, QMenu

from cmdesk.api import _
from cmdesk.api_qt import button, label

from .flow import FlowRow
from .opener import Opener


class Foot(FlowRow):
    """Signals say what was asked for; `views` gives the named views when the menu opens."""

    tool = Signal(str)
    fit = Signal()
    table = Signal(bool)
    step = Signal(bool)
    view_chosen = Signal(str)
    view_kept = Signal(str)
    view_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.views: Callable[[], Sequence[tuple[str, str]]] = tuple
        self.counts = label("", "small", wrap=True)
        row = self.row
        self.back = button("←", lambda: self.step.emit(False), "flat", hint=_("Back (Alt+←)"), name=_("Back"))
        self.ahead = button("→", lambda: self.step.emit(True), "flat", hint=_("Forward (Alt+→)"), name=_("Forward"))
        row.addWidget(self.back)
        row.addWidget(self.ahead)
        group = QButtonGroup(self)
        self.tools = {}
        for tool, words, hint in (
            ("move", _("Move"), _("Drag to move the picture; the wheel zooms")),
            ("box", _("Box"), _("Drag a box around people (Shift)")),
            ("lasso", _("Lasso"), _("Draw a line around people (Ctrl+Shift)")),
        ):
            made = button(words, partial(self.tool.emit, tool), "choice", hint=hint)
            made.setCheckable(True)
            made.setChecked(tool == "move")
            group.addButton(made)
            row.addWidget(made)
            self.tools[tool] = made
        row.addWidget(button(_("All in sight"), self.fit.emit, "link", hint=_("Key: 0")))
        self.switch = button(_("Table"), lambda: self.table.emit(self.switch.isChecked()), "choice", hint=_("The people on the map as a table"))
        self.switch.setCheckable(True)
        row.addWidget(self.switch)
        self.menu = Opener(_("Views"), self.fill, hint=_("Views of this page that have a name"))
        row.addWidget(self.menu)
        row.addWidget(self.counts)

    def fill(self, menu: QMenu) -> None:
        """The named views, and what can be done with them."""
        menu.clear()
        known = list(self.views())
        for name, shows in known:
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self._emit, self.view_chosen, shows))
        if known:
            menu.addSeparator()
            inner = menu.addMenu(_("Remove"))
            for name, _shows in known:
                inner.addAction(name.replace("&", "&&")).triggered.connect(partial(self._emit, self.view_removed, name))
        menu.addAction(_("Keep this view …")).triggered.connect(lambda *_checked: self.ask_name())

    @staticmethod
    def _emit(signal: object, value: str, *_checked: object) -> None:
        signal.emit(value)  # type: ignore[attr-defined]

    def ask_name(self) -> None:
        """Ask what the view is to be called."""
        name, good = QInputDialog.getText(self, _("Keep this view"), _("What is this view called?"))
        if good and name.strip():
            self.view_kept.emit(name)

    def say(self, counts: Sequence[str]) -> None:
        """What is shown and what is not."""
        self.counts.setText(" · ".join(counts))
        self._fit()

    def _fit(self) -> None:
        """The sentences take as many lines as the width asks for."""
        words = self.counts.fontMetrics().horizontalAdvance(self.counts.text()) + 8
        wide = min(words, 560, max(self.width(), 120))
        if wide != self.counts.minimumWidth():
            self.counts.setFixedWidth(wide)
        self.counts.setMinimumHeight(max(self.counts.heightForWidth(wide), 0))
        super()._fit()
