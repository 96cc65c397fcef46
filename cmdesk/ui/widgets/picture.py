"""A drawing with its table, for readers who do not see the picture."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.core.drawing import Drawing
from cmdesk.core.text import _
from cmdesk.ui.widgets.drawing_view import DrawingView
from cmdesk.ui.widgets.plain import button, line


class Picture(QWidget):
    """A DrawingView and, at the press of a button, its table. `foot` is the row of buttons below it."""

    def __init__(self, *, fit: str = "width") -> None:
        super().__init__()
        self.view = DrawingView(fit=fit)
        self._table: QWidget | None = None
        self._switch = button(_("Show as a table"), self.turn, "link")
        self._place = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.view, 1)
        outer.addLayout(self._place)
        self.foot = line(1, self._switch)
        self.foot.setContentsMargins(16, 4, 16, 4)
        outer.addLayout(self.foot)

    def set_drawing(self, drawing: Drawing) -> None:
        """Show `drawing`."""
        self.view.set_drawing(drawing)
        if self._table is not None:
            self.turn()
            self.turn()

    def turn(self) -> None:
        """From picture to table and back."""
        drawing = self.view.drawing()
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
            self._table = None
        elif drawing is not None and drawing.table:
            from cmdesk.ui.widgets.table import text_table

            self._table = text_table(drawing.table, drawing.title)
            self._place.addWidget(self._table)
            self._table.show()
        self.view.setVisible(self._table is None)
        self._switch.setText(_("Show as a picture") if self._table else _("Show as a table"))
