"""Groups and goals, edited and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from cmdesk.core import groups
from cmdesk.core.groups import GroupRow
from cmdesk.ui.pages.goals import GoalsPage
from cmdesk.ui.pages.groups import GroupsPage
from cmdesk.ui.widgets.circle_chooser import GroupOfCircle
from tests.ui.conftest import Driver


def rows(desk: Driver) -> list[GroupRow]:
    with desk.window.session.current().reading() as connection:
        return groups.rows(connection)


def test_editing_a_purpose_and_taking_it_back(desk: Driver) -> None:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    wanted = rows(desk)[2]
    page.table.choose(wanted.id)
    assert page.sheet is not None
    field = page.sheet.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("To <b>write</b> & test")
    owner = page.sheet.findChild(QLineEdit)
    assert owner is not None
    owner.setText("Anna")
    desk.qtbot.keyClick(owner, Qt.Key.Key_Return)
    desk.idle()
    after = next(row for row in rows(desk) if row.id == wanted.id)
    assert (after.purpose, after.owner) == ("To <b>write</b> & test", "Anna")
    desk.idle()
    assert next(row for row in page.model.rows() if row.id == wanted.id).owner == "Anna"
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert next(row for row in rows(desk) if row.id == wanted.id).owner == wanted.owner
    desk.window.deeds.run("redo")
    desk.idle()
    assert next(row for row in rows(desk) if row.id == wanted.id).owner == "Anna"


def test_searching_and_only_with_a_goal(desk: Driver) -> None:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    every = rows(desk)
    assert page.model.rowCount() == len(every)
    page.with_goal.click()
    assert page.model.rowCount() == sum(bool(row.goals) for row in every)
    page.with_goal.click()
    desk.qtbot.keyClicks(page.search, every[-1].path[:6])
    assert 0 < page.model.rowCount() < len(every)


def test_setting_a_goal_with_its_importance(desk: Driver) -> None:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    wanted = rows(desk)[3]
    page.table.choose(wanted.id)
    assert page.sheet is not None
    next(each for each in page.sheet.findChildren(QPushButton) if each.text() == "Set goals").click()
    desk.idle()
    goals_page = desk.window.pages.page()
    assert isinstance(goals_page, GoalsPage)
    assert goals_page.group.currentData() == wanted.id
    level = goals_page.levels["innovate"]
    level.setFocus()
    desk.qtbot.keyClick(level, Qt.Key.Key_End)
    level.activated.emit(level.currentIndex())
    desk.idle()
    assert ("innovate", 5) in next(row for row in rows(desk) if row.id == wanted.id).goals
    level.setCurrentIndex(0)
    level.activated.emit(0)
    desk.idle()
    assert "innovate" not in dict(next(row for row in rows(desk) if row.id == wanted.id).goals)


def test_each_goal_is_explained(desk: Driver) -> None:
    page = desk.go("goals")
    assert isinstance(page, GoalsPage)
    next(each for each in page.findChildren(QPushButton) if each.text() == "Solve complex problems and decide").click()
    assert page.sheet is not None and page.sheet.title == "Solve complex problems and decide"
    assert desk.window.inspector.isVisible()


def test_what_is_older_than_the_session_is_asked_about(desk: Driver) -> None:
    desk.window.deeds.run("undo")
    desk.idle()
    assert desk.window.messages.isVisible()
    assert desk.window.messages.text.text().startswith("Undo “")
    assert len([row for row in rows(desk) if row.goals]) == 8, "nothing was undone yet"
    choice = next(each for each in desk.window.messages.findChildren(QPushButton) if each.text() == "Undo")
    choice.click()
    desk.idle()
    assert len([row for row in rows(desk) if row.goals]) == 7


def test_a_group_of_a_circle_is_made_and_taken_back(desk: Driver) -> None:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    before = [row.name for row in rows(desk)]
    desk.qtbot.mouseClick(page.of_circle, Qt.MouseButton.LeftButton)
    desk.idle()
    assert page.sheet is not None
    form = page.sheet.findChild(GroupOfCircle)
    assert form is not None and not form.make.isEnabled()
    form.circle.setCurrentIndex(1)
    desk.qtbot.keyClicks(form.name, "The bakers")
    desk.qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    made = next(row for row in rows(desk) if row.name == "The bakers")
    assert made.members >= 5 and desk.failures == []
    desk.window.deeds.run("undo")
    desk.idle()
    assert [row.name for row in rows(desk)] == before
