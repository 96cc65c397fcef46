"""Goals: the position chart, and one group's goals set by mouse and key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cmdesk.core import goals
from cmdesk.core.drawing import Circle
from cmdesk.ui.pages.goals import GoalsPage
from tests.ui.conftest import Driver


def page_of(desk: Driver) -> GoalsPage:
    page = desk.go("goals")
    assert isinstance(page, GoalsPage)
    desk.idle()
    return page


def goals_of(desk: Driver, group: int) -> dict[str, int]:
    with desk.window.session.current().reading() as connection:
        return {row.goal: row.importance for row in goals.rows(connection) if row.group_id == group}


def test_a_goal_is_set_by_keyboard_and_taken_back(desk: Driver) -> None:
    page = page_of(desk)
    assert page.group.currentData() == 1
    level = page.levels["solve"]
    level.setFocus()
    for _number in range(4):
        desk.qtbot.keyClick(level, Qt.Key.Key_Down)
        desk.idle()
    assert goals_of(desk, 1)["solve"] == 4
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert goals_of(desk, 1)["solve"] == 3
    assert level.currentText() == "important"


def test_a_dot_brings_its_group(desk: Driver) -> None:
    page = page_of(desk)
    view = page.picture.view
    target = next(target for target in view.targets() if target.startswith("group:") and target != "group:1")
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(target))
    desk.idle()
    shown = page.sheet
    assert shown is not None and desk.window.inspector.isVisible()
    assert shown.title == page.group.currentText().split("/")[-1]


def test_the_axis_switches_between_both_kinds_of_trust(desk: Driver) -> None:
    page = page_of(desk)
    before = page.picture.view.drawing()
    page.axis.setFocus()
    desk.qtbot.keyClick(page.axis, Qt.Key.Key_Down)
    after = page.picture.view.drawing()
    assert before is not None and after is not None
    assert before.title != after.title == "Position of groups: size and competence trust"
    places = [[(shape.x, shape.y) for shape in each.shapes if isinstance(shape, Circle)] for each in (before, after)]
    assert places[0] != places[1]


def test_a_goals_name_explains_it(desk: Driver) -> None:
    page = page_of(desk)
    name = next(each for each in page.findChildren(QPushButton) if each.text() == "Share knowledge across groups")
    desk.qtbot.keyClick(name, Qt.Key.Key_Space)
    assert page.sheet is not None and page.sheet.title == "Share knowledge across groups"


def test_the_chart_is_laid_out_for_its_place(desk: Driver) -> None:
    page = page_of(desk)
    drawing, port = page.picture.view.drawing(), page.picture.view.viewport()
    assert drawing is not None
    assert abs(drawing.width - max(420, port.width())) < 2


def test_a_goal_tells_what_it_asks_this_quarter_since_when_and_who_owns_it(desk: Driver) -> None:
    from PySide6.QtWidgets import QLabel

    from cmdesk.core import edits

    page = desk.go("goals")
    assert isinstance(page, GoalsPage) and page._now is not None and page._now.report is not None
    score = next(score for score in page._now.report.scores if score.chosen and score.verdict in ("partly", "not_yet"))
    desk.window.session.write("Owner", lambda community: edits.edit_group(community, score.group, owner="Ann & co"))
    desk.qtbot.waitUntil(lambda: any(row.owner == "Ann & co" for row in (page._now.groups if page._now else ())))
    page.show_this(score.group)
    assert page._owner.text() == "Owner: Ann & co"
    assert "A goal since" in page._examples[score.goal].text()
    page._explain(score.goal)
    assert page.sheet is not None
    said = [each.text() for each in page.sheet.findChildren(QLabel)]
    assert any(text.startswith("This quarter, for ") for text in said) and "Owner: Ann & co" in said
    desk.window.session.show_names(False)
    desk.idle()
    assert page._owner.text() == "Owner: named"  # nobody here by that name, and no name while pseudonyms are on
