"""Overview: the matrix, the evidence behind a cell, what is out of date, and the way to goals."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cmdesk.core import goals, groups
from cmdesk.ui.pages.goals import GoalsPage
from cmdesk.ui.pages.overview import OverviewPage
from cmdesk.ui.widgets.drop_zone import DropZone
from cmdesk.ui.widgets.table import Table
from tests.ui.conftest import Driver


def overview(desk: Driver) -> OverviewPage:
    page = desk.go("overview")
    assert isinstance(page, OverviewPage)
    desk.idle()
    return page


def press(desk: Driver, place: QPoint, page: OverviewPage) -> None:
    view = page.picture.view
    view.verticalScrollBar().setValue(0)
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.idle()


def test_a_click_on_a_verdict_opens_its_evidence(desk: Driver) -> None:
    page = overview(desk)
    assert page.report is not None
    score = next(score for score in page.report.scores if score.chosen and score.group == 1)
    press(desk, page.picture.view.place_of(f"score:1:{score.goal}"), page)
    assert desk.window.inspector.isVisible() and page.sheet is not None
    assert page.sheet.title == "Inform"
    words = [label.text() for label in page.sheet.findChildren(QLabel)]
    assert score.reason in words and "What was measured, the costliest first" in words
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.inspector.isVisible()


def test_the_matrix_is_walked_by_keyboard(desk: Driver) -> None:
    page = overview(desk)
    view = page.picture.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _number in range(3):
        desk.qtbot.keyClick(view, Qt.Key.Key_Down)
    desk.qtbot.keyClick(view, Qt.Key.Key_Return)
    desk.idle()
    assert desk.window.inspector.isVisible()


def test_it_fills_the_page_at_once_and_after_a_resize(desk: Driver) -> None:
    page = overview(desk)
    for width in (1300, 940):
        desk.window.resize(width, 760)
        desk.qtbot.wait(120)
        drawing = page.picture.view.drawing()
        assert drawing is not None
        assert abs(drawing.width - (page.width() - 64)) < 2


def test_what_else_it_would_suit_is_folded_away(desk: Driver) -> None:
    page = overview(desk)
    before = len(page.picture.view.targets())
    desk.qtbot.mouseClick(page.others, Qt.MouseButton.LeftButton)
    assert len(page.picture.view.targets()) > before
    desk.qtbot.mouseClick(page.others, Qt.MouseButton.LeftButton)
    assert len(page.picture.view.targets()) == before


def test_the_picture_has_its_table(desk: Driver) -> None:
    page = overview(desk)
    switch = next(each for each in page.findChildren(QPushButton) if each.text() == "Show as a table")
    desk.qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    table = next(each for each in page.findChildren(Table) if each.isVisible())
    assert table.as_text().startswith("Group\tInform\tFind information\tConnect")
    desk.qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert page.picture.view.isVisible()


def test_a_change_is_told_and_assessed_again(desk: Driver) -> None:
    page = overview(desk)
    assert not page._outdated.isVisible()
    desk.window.session.write("Setting a goal", lambda community: goals.set(community, 1, "connect", 3))
    desk.idle()
    desk.qtbot.waitUntil(page._outdated.isVisible)
    again = next(each for each in page.findChildren(QPushButton) if each.text() == "Assess again")
    desk.qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.qtbot.waitUntil(lambda: not page._outdated.isVisible())
    assert "score:1:connect" in page.picture.view.targets()


def test_without_goals_the_next_step_is_to_choose_some(desk: Driver) -> None:
    community = desk.window.session.current()
    with community.reading() as connection:
        rows = goals.rows(connection)
    for row in rows:
        goals.remove(community, row.group_id, row.goal)
    desk.window.tasks.assess()
    desk.idle()
    page = overview(desk)
    assert "No goals chosen" in page.sentence.text()
    page._open("group:1")
    assert page.sheet is not None
    set_goals = next(each for each in page.sheet.findChildren(QPushButton) if each.text() == "Set goals")
    desk.qtbot.mouseClick(set_goals, Qt.MouseButton.LeftButton)
    desk.idle()
    assert isinstance(desk.window.pages.page(), GoalsPage)


def test_an_empty_community_offers_the_drop_zone(empty_desk: Driver, tmp_path: Path) -> None:
    from cmdesk.core.community import Community

    Community.create(tmp_path / "empty.cmdesk", "Empty").close()
    empty_desk.window.tasks.open_path(tmp_path / "empty.cmdesk")
    page = overview(empty_desk)
    zone = page.findChild(DropZone)
    assert zone is not None and zone.isVisible()
    assert not page.board.isEnabled()
    with empty_desk.window.session.current().reading() as connection:
        assert len(groups.rows(connection)) == 1


def test_an_invented_community_says_so_on_the_frame_and_in_the_picture(desk: Driver) -> None:
    page = overview(desk)
    assert desk.window.topbar.invented.isVisible()
    drawing = page.picture.view.drawing()
    assert drawing is not None
    assert any(getattr(shape, "text", "") == "Simulated: these people were invented" for shape in drawing.shapes)
