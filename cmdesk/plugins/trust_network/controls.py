"""The controls above the picture: they read a Choice and ask for another one; they know nothing of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QSlider

from cmdesk.api import _, asked as asked_of, ngettext
from cmdesk.api_qt import Chooser, label

from . import strengths
from .choice import KINDS, Choice
from .flow import FlowRow
from .opener import Opener
from .scene import Scene


class Controls(FlowRow):
    """`asked(choice, step)`: another choice; `step` False while a slider moves. `searched(words)`: find these people; the field `search` is to be placed
    by whoever has room."""

    asked = Signal(object, bool)
    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choice = Choice()
        self._scene: Scene | None = None
        row = self.row
        self.layouts = self._chooser(_("Picture"), "layout", [("circles", _("Circle map")), ("free", _("Free layout")), ("matrix", _("Unit matrix"))])
        self.trusts = self._chooser(_("Trust"), "trust", [("relational", _("Relational trust")), ("competence", _("Competence trust")), ("asked", _("Asked ties"))])
        self.kinds = self._kinds()
        self.overlays = self._chooser(
            _("Asked and observed"), "overlay",
            [("", _("All that was said")), ("both", _("Said and observed")), ("asked", _("Only said")), ("observed", _("Only observed"))],
        )  # fmt: skip
        self.slider, self.kept = self._slider()
        self.colours = self._chooser(
            _("Colour"), "colour",
            [("unit", _("By department")), ("group", _("By group")), ("circle", _("By circle")), ("verdict", _("By verdict")), ("role", _("By role"))],
        )  # fmt: skip
        self.sizes = self._chooser(_("Size"), "size", [("none", _("All alike")), ("contacts", _("By contacts")), ("posts", _("By posts"))])
        self.steps = self._chooser(_("Neighbours"), "depth", [(1, _("1 step")), (2, _("2 steps")), (3, _("3 steps"))])
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find on the map"))
        self.search.setAccessibleName(_("Find on the map"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(170)
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda text: None if text else self.searched.emit(""))
        for widget in (self.layouts, self.trusts, self.kinds, self.overlays, self.slider, self.kept, self.colours, self.sizes, self.steps):
            row.addWidget(widget)

    def _chooser(self, name: str, field: str, values: Sequence[tuple[Any, str]]) -> Chooser:
        box = Chooser(name)
        box.setToolTip(name)
        for value, words in values:
            box.addItem(words, value)
        box.activated.connect(lambda _row: self._ask(field, box.currentData()))
        return box

    def _kinds(self) -> Opener:
        """A menu of the kinds of exchange (of asked ties: the relations)."""
        return Opener(_("Kinds of exchange"), self.fill_kinds)

    def fill_kinds(self, menu: QMenu) -> None:
        """The entries as they are now."""
        menu.clear()
        asked = self._scene is not None and self._scene.facts.trust == "asked"
        words = {
            "reply": _("Replies"), "mention": _("Mentions"), "accepted": _("Accepted answers"), "reaction": _("Reactions"),
            "together": _("Taking part together"),
        }  # fmt: skip
        every: tuple[str, ...] = KINDS
        if asked and self._scene is not None:
            every = strengths.relations(self._scene.facts.snapshot)
        on = self._choice.kinds if not asked else self._choice.relations or every
        for kind in every:
            action = QAction(words.get(kind) or asked_of.title(kind) or _("without a name").replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(kind in on)
            action.toggled.connect(lambda checked, kind=kind, asked=asked, every=every: self.turn(kind, checked, asked, every))
            menu.addAction(action)

    def turn(self, kind: str, on: bool, asked: bool, every: tuple[str, ...]) -> None:
        """Switch a kind of exchange, or a relation; the last one stays on."""
        field = "relations" if asked else "kinds"
        now = (self._choice.relations or every) if asked else self._choice.kinds
        after = tuple(each for each in every if (each in now and each != kind) or (each == kind and on))
        if after:
            self._ask(field, () if asked and after == every else after)

    def _slider(self) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setFixedWidth(130)
        slider.setAccessibleName(_("Ties from this trust on"))
        slider.setToolTip(_("Ties from this trust on"))
        slider.valueChanged.connect(lambda value: self._ask("threshold", value / 100, step=not slider.isSliderDown()))
        slider.sliderReleased.connect(lambda: self.asked.emit(self._choice, True))
        kept = label("", "small")
        return slider, kept

    def _ask(self, field: str, value: Any, step: bool = True) -> None:
        choice = msgspec.structs.replace(self._choice, **{field: value})
        if field == "trust":
            choice = msgspec.structs.replace(choice, threshold=-1.0)
        if choice != self._choice:
            self._choice = choice
            self.asked.emit(choice, step)

    def put(self, scene: Scene) -> None:
        """Show what is chosen, and how many ties that keeps."""
        self._scene, self._choice = scene, scene.choice
        choice, snapshot = scene.choice, scene.facts.snapshot
        for box, value in (
            (self.layouts, choice.layout), (self.trusts, strengths.trust_of(snapshot, choice)), (self.colours, choice.colour),
            (self.overlays, choice.overlay), (self.sizes, "none" if scene.names else choice.size), (self.steps, choice.depth),
        ):  # fmt: skip
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(value))
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(choice.threshold * 100))
        every = scene.counts.every_tie
        kept = ngettext("keeps {n} of {every} ties", "keeps {n} of {every} ties", every - scene.counts.below)
        self.kept.setText(f"≥ {choice.threshold:.2f} · " + kept.format(n=f"{every - scene.counts.below:,}", every=f"{every:,}"))
        self.sizes.setEnabled(not scene.names)
        self.sizes.setToolTip(_("A name and a measure never stand together: sizes exist under pseudonyms.") if scene.names else _("Size"))
        self.kinds.setEnabled(scene.facts.trust != "competence")
        self.overlays.setVisible(scene.facts.trust == "asked")
        self.kinds.say(_("Relations") if scene.facts.trust == "asked" else _("Kinds of exchange"))
