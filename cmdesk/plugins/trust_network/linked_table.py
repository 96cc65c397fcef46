"""The table of the people on the map, linked both ways: who is chosen in one is chosen in the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSplitter

from cmdesk.api_qt import Table

from . import people_table

if TYPE_CHECKING:
    from cmdesk.api import Index

    from .scene import Scene


class LinkedTable(QObject):
    """Stands in `split` below the map while it is shown; `chosen(person)` is called with the row of who was chosen in it."""

    def __init__(self, split: QSplitter, chosen: Callable[[Index], object]) -> None:
        super().__init__(split)
        self._split, self._chosen = split, chosen
        self.table: Table | None = None

    def show(self, scene: Scene | None, on: bool) -> None:
        """Show the table of a scene, or put it away."""
        self._away()
        if on and scene is not None:
            self._make(scene)

    def put(self, scene: Scene) -> None:
        """Another scene: the table that is shown is made anew."""
        if self.table is not None:
            self._away()
            self._make(scene)

    def choose(self, row: int) -> None:
        """Choose a person in it."""
        if self.table is not None:
            people_table.choose(self.table, row)

    def _away(self) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None

    def _make(self, scene: Scene) -> None:
        self.table = people_table.make(scene, self._row_chosen)
        self._split.insertWidget(1, self.table)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        rows = scene.chosen()
        if len(rows) == 1:
            self.choose(int(rows[0]))

    def _row_chosen(self, row: people_table.Person) -> None:
        person = np.array([row.id], np.int32)
        QTimer.singleShot(0, self, lambda: self._chosen(person))  # the table is made anew meanwhile
