"""Filters as chips that can be removed, and the menu that adds one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from cmdesk.api import _
from cmdesk.api_qt import button

from . import keys
from .choice import Filter
from .flow import FlowRow
from .naming import shown_name
from .opener import Opener
from .scene import Scene

_MOST = 60


def field_words(field: str) -> str:
    """What a filter is about."""
    return {"unit": _("Department"), "group": _("Group"), "circle": _("Circle"), "role": _("Role"), "verdict": _("Verdict")}[field]


def toggled(scene: Scene, target: str) -> tuple[Filter, ...] | None:
    """The filters with that key of the legend ("key:" and its row) added, or taken away; None if it is no key to filter by."""
    if not target.startswith("key:") or int(target.removeprefix("key:")) >= len(scene.keys) - 1:
        return None
    field, now = scene.choice.colour, scene.choice.filters
    one = Filter(field, keys.values(scene.facts, field)[int(target.removeprefix("key:"))])
    return tuple(each for each in now if each != one) if one in now else (*now, one)


class Filters(FlowRow):
    """`changed(filters)` when one is added or taken away."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.add = Opener(_("Add a filter"), self.fill)
        self.row.addWidget(self.add)
        self.chips: list[QWidget] = []

    def fill(self, menu: QMenu) -> None:
        """What can be filtered by now."""
        menu.clear()
        if self._scene is None:
            return
        for field in ("unit", "group", "circle", "role"):
            inner = menu.addMenu(field_words(field))
            for value in keys.values(self._scene.facts, field)[:_MOST]:
                one = Filter(field, value)
                inner.addAction(shown_name(value).replace("&", "&&")).triggered.connect(partial(self._add, one))
            inner.setEnabled(not inner.isEmpty())

    def _add(self, one: Filter, *_checked: object) -> None:
        if self._scene is not None and one not in self._scene.choice.filters:
            self.changed.emit((*self._scene.choice.filters, one))

    def _remove(self, one: Filter) -> None:
        if self._scene is not None:
            self.changed.emit(tuple(each for each in self._scene.choice.filters if each != one))

    def put(self, scene: Scene) -> None:
        """Chips for the filters in force."""
        self._scene = scene
        for chip in self.chips:
            self.row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for one in scene.choice.filters:
            words = f"{field_words(one.field)}: {shown_name(one.value)}  ×"
            chip = button(words, partial(self._remove, one), "choice", name=_("Remove the filter {words}").format(words=words[:-3]))
            self.row.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self.updateGeometry()
