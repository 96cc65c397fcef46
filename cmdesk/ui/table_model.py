"""Tables of any length: an array of ids in sort order, and rows fetched by their ids when they are painted.

No proxy model and no OFFSET: a table is sorted by asking for the ids again. A window of rows that cannot be fetched becomes rows of "…" and
one report, never twenty.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex
_WINDOW = 128
_KEEP = 24
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole)


class Column(NamedTuple):
    """A column: `text(row)` is what it shows, `key` what to sort by ("" for not at all; for rows in memory `order(row)` sorts)."""

    title: str
    text: Callable[[Any], str]
    key: str = ""
    width: int = 120
    right: bool = False
    order: Callable[[Any], Any] | None = None
    tip: Callable[[Any], str] | None = None
    token: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None  # a verdict, shown as its shape
    about: str = ""


class TableModel(QAbstractTableModel):
    """Rows by id. `fetch(ids)` gives the rows that exist, each with `.id`. `sort_asked(key, descending)`: ask for the ids again."""

    sort_asked = Signal(str, bool)
    fetch_failed = Signal(object)

    def __init__(self, columns: Sequence[Column], fetch: Callable[[Sequence[int]], Iterable[Any]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids = array("q")
        self._windows: OrderedDict[int, dict[int, Any]] = OrderedDict()

    def set_ids(self, ids: Iterable[int]) -> None:
        """Show these ids, in this order."""
        self.beginResetModel()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        self._windows.clear()
        self.endResetModel()

    def ids(self) -> array[int]:
        """The ids in the order shown."""
        return self._ids

    def refresh(self) -> None:
        """Fetch the rows again, keeping the order."""
        self._windows.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def id_at(self, row: int) -> int | None:
        """The id in `row`, None outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, id: int) -> int:
        """Where `id` stands, −1 if it does not."""
        try:
            return self._ids.index(id)
        except ValueError:
            return -1

    def at(self, row: int) -> Any | None:
        """The row object in `row`, None if it cannot be fetched."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // _WINDOW
        window = self._windows.get(number)
        if window is None:
            window = self._window(number)
            self._windows[number] = window
            if len(self._windows) > _KEEP:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(number)
        return window.get(self._ids[row])

    def _window(self, number: int) -> dict[int, Any]:
        ids = self._ids[number * _WINDOW : (number + 1) * _WINDOW].tolist()
        try:
            return {row.id: row for row in self._fetch(ids)}
        except Exception as error:  # noqa: BLE001 - data() is called for every cell: the failure becomes empty rows and one report (K01)
            self.fetch_failed.emit(error)
            return {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in _ROLES:
            return None
        row = self.at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return self._value(column, row, role)

    @staticmethod
    def _value(column: Column, row: Any, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(column.text(row).split())
        if role == Qt.ItemDataRole.ToolTipRole:
            from cmdesk.ui.widgets.plain import tip

            return tip(column.tip(row) if column.tip else "") or None
        from cmdesk.ui import theme
        from cmdesk.ui.widgets import verdict

        token = column.token(row) if column.token else "text"
        if role == Qt.ItemDataRole.DecorationRole:
            return verdict.icon(column.icon(row), token) if column.icon else None
        return theme.colour(token) if column.token else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column.about:
            return column.about
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].key:
            self.sort_asked.emit(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)


class RowsModel(TableModel):
    """A short table whose rows are all in memory; sorted here by the columns' `order`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._rows: dict[int, Any] = {}
        self._sorted: tuple[int, bool] | None = None
        super().__init__(columns, lambda ids: [self._rows[id] for id in ids if id in self._rows])

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows, each with `.id`."""
        self._rows = {row.id: row for row in rows}
        self.set_ids(self._rows)
        if self._sorted is not None:
            self._resort()

    def rows(self) -> list[Any]:
        """All rows in the order shown."""
        return [self._rows[id] for id in self._ids]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
            self._resort()

    def _resort(self) -> None:
        assert self._sorted is not None
        number, descending = self._sorted
        column = self.columns[number]
        key = column.order or (lambda row: column.text(row).casefold())
        some = [row for row in self._rows.values() if key(row) is not None]
        none = [row for row in self._rows.values() if key(row) is None]
        ids = [row.id for row in sorted(some, key=key, reverse=descending)] + [row.id for row in none]
        self.set_ids(ids)
