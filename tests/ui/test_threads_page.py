"""Questions and ideas: the mouse and the keys set a status for many rows at once, and undo takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton

from cmdesk.core import worklist
from cmdesk.core.worklist import ThreadRow
from cmdesk.ui.dialogs import lists_to_fill
from cmdesk.ui.pages.threads import ThreadsPage

from .conftest import Driver


@pytest.fixture
def page(desk: Driver) -> ThreadsPage:
    shown = desk.go("threads")
    assert isinstance(shown, ThreadsPage)
    return shown


def stored(desk: Driver) -> list[ThreadRow]:
    with desk.window.session.current().reading() as connection:
        found = worklist.Threads(connection)
        return found.rows(connection, found.ids)


def mark(desk: Driver, page: ThreadsPage, first: int, last: int) -> list[int]:
    page.table.setFocus()
    page.table.selectRow(first)
    for _step in range(last - first):
        desk.qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ids = page.table.selected_ids()
    assert len(ids) == last - first + 1
    return ids


def test_a_button_sets_the_status_of_many_and_undo_takes_it_back(desk: Driver, page: ThreadsPage) -> None:
    assert page.model.rowCount() == len(stored(desk)) > 10
    ids = mark(desk, page, 1, 4)
    page.day.setDate(QDate(2026, 3, 31))
    desk.qtbot.mouseClick(page.setters["taken_up"], Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert {row.id: (row.status, row.since) for row in stored(desk) if row.status} == dict.fromkeys(ids, ("taken_up", "2026-03-31"))
    assert page.table.selected_ids() == ids  # to go on with
    assert page.model.at(1).status == "taken_up"
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert not any(row.status for row in stored(desk))
    desk.window.deeds.run("redo")
    desk.idle()
    assert sum(row.status == "taken_up" for row in stored(desk)) == 4
    assert desk.failures == []


def test_keys_set_and_take_back(desk: Driver, page: ThreadsPage) -> None:
    ids = mark(desk, page, 0, 1)
    desk.window.activateWindow()
    page.table.setFocus()
    desk.qtbot.waitUntil(page.table.hasFocus)
    desk.qtbot.keyClick(page.table, Qt.Key.Key_5)
    desk.idle()
    assert {row.id for row in stored(desk) if row.status == "declined"} == set(ids)
    desk.qtbot.keyClick(page.table, Qt.Key.Key_0)
    desk.idle()
    assert not any(row.status for row in stored(desk))


def test_chips_and_group_narrow_the_list(desk: Driver, page: ThreadsPage) -> None:
    every = stored(desk)
    desk.qtbot.mouseClick(page.chips.buttons["questions"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert page.model.rowCount() == sum(row.question for row in every)
    desk.qtbot.mouseClick(page.chips.buttons["open"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert page.model.rowCount() == sum(row.question and not row.replies for row in every)
    desk.qtbot.mouseClick(page.chips.buttons[""], Qt.MouseButton.LeftButton)
    desk.idle()
    some = next(row for row in every if row.group)
    page.group.setCurrentIndex(page.group.findText(some.group))
    page.group.activated.emit(page.group.currentIndex())
    desk.idle()
    assert page.model.rowCount() == sum(row.group == some.group or row.group.startswith(some.group + "/") for row in every)


def test_nothing_selected_is_told_and_sorting_asks_again(desk: Driver, page: ThreadsPage) -> None:
    page.table.clearSelection()
    page.set_status("open")
    desk.idle()
    assert not any(row.status for row in stored(desk))
    page.model.sort(5, Qt.SortOrder.DescendingOrder)
    desk.idle()
    replies = [page.model.at(number).replies for number in range(5)]
    assert replies == sorted(replies, reverse=True)


def test_the_address_of_the_platform_opens_rows(desk: Driver, page: ThreadsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    page.table.selectRow(0)
    assert page.sheet is not None
    field = page.sheet.findChild(QLineEdit)
    assert field is not None
    field.setText("https://acme.slack.com")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.idle()
    assert opened == []  # nothing opens by itself
    page.table.selectRow(1)
    page.table.selectRow(0)
    assert page.sheet is not None
    button = next(each for each in page.sheet.findChildren(QPushButton) if each.text() == "Open at the platform")
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened and opened[0].startswith("https://acme.slack.com/archives/")


def test_lists_are_written_under_pseudonyms(desk: Driver, page: ThreadsPage, tmp_path: Path) -> None:
    import openpyxl

    lists_to_fill.write(desk.window.session, tmp_path / "out.xlsx", names=False)
    desk.idle()
    book = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True)
    with desk.window.session.current().reading() as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM members")}
    cells = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert cells and not cells & names
    book.close()
