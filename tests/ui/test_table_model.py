"""The table model: ids first, rows when painted, one report for a window that fails."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cmdesk.ui.table_model import Column, RowsModel, TableModel
from cmdesk.ui.widgets.table import Table


@dataclass
class Row:
    id: int
    name: str
    size: int | None = None


COLUMNS = [
    Column("Name", lambda row: row.name, "name"),
    Column("Size", lambda row: "" if row.size is None else str(row.size), "size", right=True, order=lambda row: row.size),
]


def test_a_million_rows_cost_only_what_is_seen(qtbot: QtBot) -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> list[Row]:
        asked.append(len(ids))
        return [Row(id, f"row {id}") for id in ids]

    model = TableModel(COLUMNS, fetch)
    table = Table(model, "Rows")
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    began = time.monotonic()
    model.set_ids(array("q", range(1_000_000)))
    table.scrollTo(model.index(500_000, 0))
    qtbot.wait(20)
    assert time.monotonic() - began < 2
    assert sum(asked) < 2000
    assert model.data(model.index(999_999, 0)) == "row 999999"


def test_windows_are_forgotten_and_fetched_again() -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> list[Row]:
        asked.append(ids[0])
        return [Row(id, str(id)) for id in ids]

    model = TableModel(COLUMNS, fetch)
    model.set_ids(range(100_000))
    for row in range(0, 100_000, 128):
        model.at(row)
    before = len(asked)
    assert model.at(0) is not None
    assert len(asked) == before + 1
    model.at(1)
    assert len(asked) == before + 1


def test_rows_that_are_gone_read_as_dots() -> None:
    model = TableModel(COLUMNS, lambda ids: [Row(id, str(id)) for id in ids if id % 2])
    model.set_ids([1, 2, 3])
    assert [model.data(model.index(row, 0)) for row in range(3)] == ["1", "…", "3"]


def test_K01_a_fetch_that_fails_is_told_once(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS, lambda _ids: 1 // 0)  # type: ignore[arg-type, return-value]
    told: list[object] = []
    model.fetch_failed.connect(told.append)
    model.set_ids(range(50))
    for row in range(50):
        assert model.data(model.index(row, 0)) == "…"
    assert len(told) == 1


def test_sorting_asks_for_the_ids_again(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS, lambda ids: [Row(id, str(id)) for id in ids])
    table = Table(model, "Rows")
    qtbot.addWidget(table)
    with qtbot.waitSignal(model.sort_asked) as asked:
        table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["size", True]


def test_rows_in_memory_sort_with_unknown_last() -> None:
    model = RowsModel(COLUMNS)
    model.set_rows([Row(1, "b", 2), Row(2, "C", None), Row(3, "a", 1)])
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [row.name for row in model.rows()] == ["b", "a", "C"]
    model.sort(1)
    assert [row.name for row in model.rows()] == ["a", "b", "C"]
    model.sort(0)
    assert [row.name for row in model.rows()] == ["a", "b", "C"]


def test_the_selection_stays_on_its_row_when_the_order_changes(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows([Row(1, "b"), Row(2, "a")])
    table = Table(model, "Rows")
    qtbot.addWidget(table)
    table.choose(1)
    model.sort(0)
    current = table.current()
    assert current is not None and current.id == 1
    assert table.selectionModel().selectedRows()[0].row() == 1


def test_keys_open_and_copy(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.set_rows([Row(1, "one\ttab\nline", 5)])
    table = Table(model, "Rows")
    qtbot.addWidget(table)
    table.choose(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].id == 1
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Name\tSize\none tab line\t5"


@pytest.mark.parametrize("text", ["<b>bold</b>", "a & b"])
def test_tips_are_plain_text(qtbot: QtBot, text: str) -> None:
    columns = [Column("Name", lambda row: row.name, tip=lambda row: row.name)]
    model = RowsModel(columns)
    model.set_rows([Row(1, text)])
    shown = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in shown and "a & b" not in shown
    assert model.data(model.index(0, 0)) == text
