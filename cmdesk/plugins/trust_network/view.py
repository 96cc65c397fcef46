"""The page Network: the circle map of the period that the window looks at."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.api import Progress, _, circle_map, drawing
from cmdesk.api_qt import Picture, Reader, ViewContext, box, label


class NetworkPage(QWidget):
    """Shows the circle map; made anew on another thread when facts or the period change. A click on a circle tells of it."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.picture = Picture(fit="all")
        self.picture.view.activated.connect(self.tell)
        self.words = label(_("Drawing the circle map …"), "muted", wrap=True)
        card, column = box(margins=(0, 8, 0, 8), gap=0)
        column.addWidget(self.words)
        column.addWidget(self.picture, 1)
        self.words.setContentsMargins(16, 8, 16, 8)
        self.picture.hide()
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(card, 1)
        context.say(_("Circles are people with trust in each other, estimated from exchange; the colour is the department."))
        context.refresh.connect(self.refresh)

    def refresh(self) -> None:
        """Draw again; the old map stays until the new one is there."""
        reader, room = self._context.community, (float(self.width() - 4), float(self.height() - 60))
        self._context.run(_("Drawing the circle map"), lambda progress: _compose(reader, room, progress), self._show)

    def _show(self, found: drawing.Drawing | None) -> None:
        self.picture.setVisible(found is not None)
        self.words.setVisible(found is None)
        if found is None:
            self.words.setText(_("No messages and no ties yet: import an export, and the circles show here."))
        else:
            self.picture.set_drawing(found)

    def tell(self, target: str) -> None:
        """The circle behind a target in the inspector, as the map's table has it."""
        shown = self.picture.view.drawing()
        number = target.removeprefix("circle:")
        if shown is None or not number.isdigit() or int(number) + 1 >= len(shown.table):
            return
        heads, row = shown.table[0], shown.table[int(number) + 1]
        sheet = self._context.inspect(
            _("Circle {number}").format(number=row[0]), _("A cohesive subset, found in the ties and not set by anybody")
        )
        sheet.facts([(head.capitalize(), cell) for head, cell in zip(heads[1:], row[1:], strict=False) if cell])
        sheet.say(_("People are drawn alike: a circle is no ranking. Circles under five people are shown without people."), "small")


def _compose(reader: Reader, room: tuple[float, float], progress: Progress) -> drawing.Drawing | None:
    snapshot = reader.snapshot(progress)
    if not len(snapshot.posts) and not len(snapshot.stated_ties.source):
        return None
    progress.step(_("Finding circles"))
    return circle_map.compose(snapshot, width=room[0], height=room[1])
