"""The menu Out: the picture as it is shown, the periods, tables, and whatever other plugins write of a network."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from cmdesk.api import Drawing, Exporter, NoOptions, Progress, _
from cmdesk.api_qt import ViewContext, button, save

if TYPE_CHECKING:
    from ..picture import Box
    from ..scene import Scene
    from ..view import NetworkPage

OURS = ("network.periods", "network.people", "network.ties")
_PICTURES = (".svg",)


class OutMenu(QMenu):
    """What can be written, filled when it opens, so that it knows the plugins and the page of that moment; `opener` is the button for it."""

    def __init__(self, context: ViewContext, page: NetworkPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.aboutToShow.connect(lambda: self.fill(self))
        self.opener = button(_("Out") + "  ▾", self.open_below, hint=_("Write the picture, the periods or tables into a file"), name=_("Out: write into a file"))

    def open_below(self) -> None:
        """Open the menu under its button."""
        self.popup(self.opener.mapToGlobal(QPoint(0, self.opener.height())))

    def fill(self, menu: QMenu) -> None:
        """The entries as they are now."""
        menu.clear()
        for words, whole in ((_("This picture, all of it …"), True), (_("This picture, the part that is seen …"), False)):
            if whole or self._partial():
                shown = menu.addAction(words)
                shown.triggered.connect(partial(self.picture, whole))
                shown.setEnabled(self._page.scene is not None)
        menu.addSeparator()
        every = self._context.exporters("snapshot")
        ours = [each for each in every if each.name in OURS]
        others = [each for each in every if each.name not in OURS and not each.name.startswith("picture.")]
        for exporter in sorted(ours, key=lambda each: OURS.index(each.name)) + others:
            entry = menu.addAction(f"{exporter.title} ({exporter.suffix.lstrip('.').upper()}) …".replace("&", "&&"))
            entry.triggered.connect(partial(self._write, exporter))

    def _partial(self) -> bool:
        """True while a map is shown, of which a part can be looked at."""
        scene = self._page.scene
        return scene is not None and scene.choice.layout != "matrix" and self._page.time.drawing() is None

    def picture(self, whole: bool = True, *_checked: object) -> None:
        """Write what is shown as PNG or SVG: the `whole` map or the part that the window shows, or the period."""
        drawn = self._page.time.drawing()
        if drawn is not None:
            period = Exporter(name="picture.period", title=_("The network of a period"), suffix=".png", accepts="drawing", write=_write_drawing)
            self._context.export(period, make=lambda _progress: drawn, endings=_PICTURES)
            return
        scene = self._page.real_scene()
        if scene is not None:
            found = scene, None if whole or not self._partial() else self._page.canvas.part()
            title = _("The network") if whole else _("A part of the network")
            shown = Exporter(name="picture.shown", title=title, suffix=".png", accepts="scene", write=_write_scene)
            self._context.export(shown, make=lambda _progress: found, endings=_PICTURES)

    def _write(self, exporter: Exporter, *_checked: object) -> None:
        scene = self._page.scene
        edge = {"at_least": scene.choice.threshold} if scene is not None and scene.facts.trust == "relational" else {}
        self._context.export(exporter, options=edge)


def _write_drawing(drawn: Drawing, path: Path, options: NoOptions, progress: Progress) -> None:
    save(drawn, path)


def _write_scene(shown: tuple[Scene, Box | None], path: Path, options: NoOptions, progress: Progress) -> None:
    from .. import picture

    scene, part = shown
    picture.write(scene, path, part)
