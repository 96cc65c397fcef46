"""The table of every page: fixed row height, one selected row, Ctrl+C copies tab-separated text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from cmdesk.core.text import _
from cmdesk.ui.table_model import Column, RowsModel, TableModel
from cmdesk.ui.theme import ROW
from cmdesk.ui.widgets.plain import doubled

MenuItem = tuple[str, Callable[[], object]]
_COPY_AT_MOST = 100_000
_WIDE = 140


class Table(QTableView):
    """`chosen(row)` when the selection moves to a row; `opened(row)` by Enter or a double click. `menu(row)` gives the context menu;
    `several` rows may be selected at once."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: TableModel, name: str, *, menu: Callable[[Any], Sequence[MenuItem]] | None = None, several: bool = False) -> None:
        super().__init__()
        self._several = several
        self.rows = model
        self._menu = menu
        self._keep: int | None = None
        self._by_hand = False
        self._spreading = False
        self.setModel(model)
        self.setAccessibleName(name)
        self._dress()
        self.selectionModel().selectionChanged.connect(self._selected)
        self.activated.connect(self._opened)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if self._several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._context)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        heads.setHighlightSections(False)
        heads.setStretchLastSection(False)
        heads.setMinimumSectionSize(44)
        heads.sectionResized.connect(self._resized)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setSectionsClickable(True)
        heads.sortIndicatorChanged.connect(lambda column, order: self.model().sort(column, order))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Let the wide columns share the room that narrow ones (dates, numbers) leave, until somebody sizes one by hand; too narrow, all
        scroll."""
        sizes = [column.width for column in self.rows.columns]
        room = self.viewport().width()
        wide = [number for number, size in enumerate(sizes) if size >= _WIDE]
        if self._by_hand or not wide or room <= 0:
            return
        free = room - sum(size for number, size in enumerate(sizes) if number not in wide)
        share = free / sum(sizes[number] for number in wide)
        for number in wide:
            sizes[number] = max(_WIDE - 44, int(sizes[number] * share))
        sizes[wide[0]] += max(0, room - sum(sizes))
        self._spreading = True
        for number, size in enumerate(sizes):
            self.setColumnWidth(number, size)
        self._spreading = False

    def _resized(self, _column: int, _before: int, _after: int) -> None:
        if not self._spreading and self.isVisible():
            self._by_hand = True

    def current(self) -> Any | None:
        """The selected row, None without one."""
        indexes = self.selectionModel().selectedRows()
        return self.rows.at(indexes[0].row()) if indexes else None

    def selected_ids(self) -> list[int]:
        """The ids of all selected rows, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [id for row in rows if (id := self.rows.id_at(row)) is not None]

    def choose(self, id: int) -> None:
        """Select the row of `id` and bring it into sight."""
        row = self.rows.row_of(id)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self.rows.index(row, 0))

    def _before_reset(self) -> None:
        indexes = self.selectionModel().selectedRows()
        self._keep = self.rows.id_at(indexes[0].row()) if indexes else self._keep

    def _after_reset(self) -> None:
        if self._keep is not None:
            row = self.rows.row_of(self._keep)
            if row >= 0:
                self.selectionModel().blockSignals(True)
                self.selectRow(row)
                self.selectionModel().blockSignals(False)
                self.viewport().update()

    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        row = self.current()
        if row is not None:
            self._keep = row.id
            self.chosen.emit(row)

    def _opened(self, index: QModelIndex) -> None:
        row = self.rows.at(index.row())
        if row is not None:
            self.opened.emit(row)

    def _context(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self.rows.at(index.row()) if index.isValid() else None
        menu = QMenu(self)
        for text, run in self._menu(row) if self._menu and row is not None else ():
            menu.addAction(_action(menu, text, run))
        menu.addAction(_action(menu, _("Copy this table"), self.copy))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._opened(self.currentIndex())
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The whole table to the clipboard, as tab-separated text with heads."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Heads and rows, tab-separated, as they are shown."""
        lines = ["\t".join(column.title for column in self.rows.columns)]
        for number in range(min(self.rows.rowCount(), _COPY_AT_MOST)):
            row = self.rows.at(number)
            if row is not None:
                lines.append("\t".join(" ".join(column.text(row).split()) for column in self.rows.columns))
        return "\n".join(lines)


def _action(menu: QMenu, text: str, run: Callable[[], object]) -> QAction:
    action = QAction(doubled(text), menu)
    action.triggered.connect(lambda *_checked: run())
    return action


class TextRow:
    """A row of plain texts."""

    def __init__(self, id: int, cells: Sequence[str]) -> None:
        self.id = id
        self.cells = tuple(cells)


def _cell(number: int) -> Callable[[TextRow], str]:
    return lambda row: row.cells[number] if number < len(row.cells) else ""


def text_table(rows: Sequence[Sequence[str]], name: str) -> Table:
    """A table of texts; the first row holds the heads."""
    heads = rows[0] if rows else ()
    columns = [Column(head, _cell(number), key=str(number), width=200 if number == 0 else 120) for number, head in enumerate(heads)]
    model = RowsModel(columns)
    model.set_rows([TextRow(number, cells) for number, cells in enumerate(rows[1:])])
    return Table(model, name)
