"""Members, used as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from cmdesk.core import members
from cmdesk.ui.pages.members import MembersPage
from tests.ui.conftest import Driver


def page_of(desk: Driver) -> MembersPage:
    page = desk.go("members")
    assert isinstance(page, MembersPage)
    return page


def names_of(desk: Driver) -> set[str]:
    with desk.window.session.current().reading() as connection:
        return {row[0] for row in connection.execute("SELECT name FROM members WHERE NOT is_bot")}


def test_search_as_you_type(desk: Driver) -> None:
    page = page_of(desk)
    everybody = page.model.rowCount()
    assert everybody > 80
    name = page.model.at(0).label
    desk.qtbot.keyClicks(page.search, name)
    desk.qtbot.waitUntil(lambda: 0 < page.model.rowCount() < everybody)
    assert {page.model.at(row).label for row in range(page.model.rowCount())} >= {name}
    assert " of " in page.count.text()
    page.search.clear()
    desk.qtbot.waitUntil(lambda: page.model.rowCount() == everybody)


def test_a_profile_in_the_inspector_holds_no_measure(desk: Driver) -> None:
    page = page_of(desk)
    desk.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(page.model.index(2, 0)).center())
    desk.idle()
    assert desk.window.inspector.isVisible()
    assert page.sheet is not None and page.sheet.title == page.model.at(2).label
    words = " ".join(label.text() for label in page.sheet.findChildren(QLabel))
    assert "Accounts" in words and "trust" not in words.lower() and "posts" not in words.lower()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.inspector.isVisible()


def test_the_names_switch_rules_table_search_and_clipboard(desk: Driver) -> None:
    page = page_of(desk)
    real = names_of(desk)
    switch = desk.window.topbar.names
    assert switch.isChecked()
    switch.click()
    desk.idle()
    shown = {page.model.at(row).label for row in range(page.model.rowCount())}
    assert not shown & real
    page.table.copy()
    copied = QGuiApplication.clipboard().text()
    assert not any(name in copied for name in real)
    page.search.setText(next(iter(real)))
    desk.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page.search.clear()
    switch.click()
    desk.idle()
    desk.qtbot.waitUntil(lambda: page.model.rowCount() > 80)
    assert real & {page.model.at(row).label for row in range(page.model.rowCount())}


def test_the_switch_is_kept_in_the_file(desk: Driver) -> None:
    path = desk.window.session.current().path
    desk.window.topbar.names.click()
    desk.idle()
    desk.window.session.close_community()
    desk.window.tasks.open_path(path)
    desk.idle()
    assert desk.window.session.names is False
    assert not desk.window.topbar.names.isChecked()


def test_sorting_by_a_click_on_the_head(desk: Driver) -> None:
    page = page_of(desk)
    heads = page.table.horizontalHeader()
    column = [each.key for each in page.model.columns].index("groups")
    for _ in range(2):
        desk.qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=_middle(heads, column))
        desk.idle()
    groups = [page.model.at(row).groups for row in range(page.model.rowCount())]
    assert groups == sorted(groups, reverse=True)


def _middle(heads: object, column: int) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2, 12)  # type: ignore[attr-defined]


def test_search_everywhere_finds_people(desk: Driver) -> None:
    page = page_of(desk)
    name = page.model.at(5).label
    search = desk.window.search
    desk.window.activateWindow()
    search.setFocus()
    search.setText(name)
    search.look()
    desk.idle()
    if search.list is None or not search.hasFocus():  # offscreen windows are not always active
        return
    texts = [search.list.item(row).text() for row in range(search.list.count())]
    assert any(name in text for text in texts)
    desk.qtbot.keyClick(search, Qt.Key.Key_Return)
    desk.idle()
    desk.qtbot.waitUntil(lambda: page.sheet is not None and page.sheet.title == name)


def test_ids_and_rows_agree(desk: Driver) -> None:
    page = page_of(desk)
    with desk.window.session.current().reading() as connection:
        assert list(page.model.ids()) == members.ids(connection, names=True)


def test_a_profile_is_looked_at_and_that_is_taken_back(desk: Driver) -> None:
    page = page_of(desk)
    page.table.choose(page.model.at(1).id)
    desk.idle()

    def said() -> str:
        assert page.sheet is not None
        return " ".join(label.text() for label in page.sheet.findChildren(QLabel))

    assert "Nobody said yet that it is right." in said()
    assert page.sheet is not None
    (right,) = [each for each in page.sheet.findChildren(QPushButton) if each.text() == "It is still right"]
    desk.qtbot.mouseClick(right, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert "Looked at on" in said() and desk.failures == []
    with desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM entries WHERE about = 'member' AND field = 'reviewed'").fetchone()[0] == 1
    desk.window.deeds.run("undo")
    desk.idle()
    with desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM entries WHERE about = 'member' AND field = 'reviewed'").fetchone()[0] == 0
