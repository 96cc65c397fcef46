"""Pages of a group: confirmed, owned and reviewed, several at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt

from cmdesk.core import worklist
from cmdesk.core.records import Origin, Page
from cmdesk.ui.pages.content_pages import ContentPagesPage
from tests.core.importing.stating import import_records

from .conftest import Driver

DAY = 86_400_000_000


@pytest.fixture
def page(desk: Driver, tmp_path: Path) -> ContentPagesPage:
    records = [Origin("web", "W"), *(Page(f"p{k}", title=f"Page <b>{k}</b>", updated=k * DAY) for k in range(5))]
    import_records(desk.window.session.current(), tmp_path, records)
    shown = desk.go("pages")
    assert isinstance(shown, ContentPagesPage)
    desk.idle()
    return shown


def stored(desk: Driver) -> list[worklist.PageRow]:
    with desk.window.session.current().reading() as connection:
        return worklist.pages(connection, names=True)


def test_several_pages_at_once(desk: Driver, page: ContentPagesPage) -> None:
    assert page.model.rowCount() == 5
    page.table.selectRow(1)
    desk.qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
    assert [row.confirmed for row in stored(desk)] == ["", today, today, "", ""]
    desk.qtbot.keyClicks(page.owner, "Ann Vos")
    page.table.selectRow(0)
    desk.qtbot.mouseClick(page.with_review, Qt.MouseButton.LeftButton)
    page.review.setDate(QDate(2030, 1, 2))
    desk.qtbot.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    desk.idle()
    assert (stored(desk)[0].owner, stored(desk)[0].review) == ("Ann Vos", "2030-01-02")
    desk.window.deeds.run("undo")
    desk.idle()
    assert stored(desk)[0].owner == ""
    assert desk.failures == []


def test_chips(desk: Driver, page: ContentPagesPage) -> None:
    desk.qtbot.mouseClick(page.chips.buttons["old"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert page.model.rowCount() == 5
    desk.qtbot.mouseClick(page.chips.buttons["due"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert page.model.rowCount() == 0
