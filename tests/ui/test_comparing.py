"""Two runs side by side, a trend with notes, and a run's name, on the page Assessments."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton

from cmdesk.core import assessments, goal_model, loading, notes
from cmdesk.ui.pages.assessments import AssessmentsPage
from tests.ui.conftest import Driver


def page_of(desk: Driver) -> AssessmentsPage:
    page = desk.go("assessments")
    assert isinstance(page, AssessmentsPage)
    desk.idle()
    return page


def earlier(desk: Driver, model: str = "closeness") -> None:
    """One more run, half a year earlier or with another model."""
    session = desk.window.session
    with session.current().reading() as connection:
        last = loading.last_day(connection)
    assert last is not None
    day = last - dt.timedelta(days=120) if model == "closeness" else last
    assessments.run(session.current(), session.host, model=goal_model.shipped(model), as_of=day, quick=True)
    desk.idle()


def press(desk: Driver, button: QPushButton) -> None:
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()


def test_two_runs_up_and_down_with_people_ties_and_rules(desk: Driver) -> None:
    earlier(desk)
    page = page_of(desk)
    press(desk, page.tabs[1])
    panel = page.compare
    assert panel.before.currentData() != panel.after.currentData() and panel.model.rowCount() > 3
    panel.table.setFocus()
    for _step in range(3):
        desk.qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    desk.idle()
    desk.idle()
    row = panel.table.current()
    change = row.change
    if change.change is not None:
        assert change.people is not None and change.ties is not None and change.rules == 0
        assert change.people + change.ties + change.rules == pytest.approx(change.change)
        assert "who left and came" in panel.split_words.text()
    effects = [abs(line.change.effect or 0) for line in panel.criteria.rows()]
    assert effects == sorted(effects, reverse=True) and effects
    rows = panel.model.rowCount()
    panel.every.click()
    desk.idle()
    assert panel.model.rowCount() > rows
    assert desk.failures == []


def test_runs_that_measure_different_things_are_refused_in_words(desk: Driver) -> None:
    earlier(desk, "competence")
    page = page_of(desk)
    press(desk, page.tabs[1])
    assert "measure different things" in page.compare.state.text() and "same goal model" in page.compare.state.text()
    assert page.compare.model.rowCount() == 0 and desk.failures == []
    page.compare.before.setCurrentIndex(page.compare.after.currentIndex())
    page.compare.before.activated.emit(0)
    assert "two different runs" in page.compare.state.text()


def test_one_run_alone_says_what_to_do(desk: Driver) -> None:
    page = page_of(desk)
    press(desk, page.tabs[1])
    assert "two runs to compare" in page.compare.state.text()


def test_a_trend_with_a_note_put_by_key_and_taken_away(desk: Driver) -> None:
    page = page_of(desk)
    wanted = page.model.rows()[0]
    page.table.choose(wanted.id)
    press(desk, page.tabs[2])
    panel = page.trend
    desk.qtbot.waitUntil(lambda: "follow" not in panel.state.text() and bool(panel.points), timeout=60_000)
    desk.idle()
    assert panel.group.currentData() == wanted.score.group and panel.goal.currentData() == wanted.score.goal
    assert panel.points[-1].fit == pytest.approx(wanted.score.fit)
    assert any(point.low is not None and point.high is not None and point.low < point.high for point in panel.points)
    middle = dt.date.fromisoformat(panel.points[-2].as_of)
    panel.day.setDate(QDate(middle.year, middle.month, middle.day))
    panel.text.setFocus()
    desk.qtbot.keyClicks(panel.text, "Re<b>organisation & co")
    desk.qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    desk.idle()
    desk.idle()
    with desk.window.session.current().reading() as connection:
        assert [note.text for note in notes.rows(connection)] == ["Re<b>organisation & co"]
    drawing = panel.picture.view.drawing()
    assert drawing is not None and any("organisation" in " ".join(row) for row in drawing.table)
    assert panel.text.text() == ""
    away = next(each for each in panel.findChildren(QPushButton) if each.accessibleName().startswith("Remove the note"))
    press(desk, away)
    with desk.window.session.current().reading() as connection:
        assert notes.rows(connection) == []
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert [note.text for note in panel.noted] == ["Re<b>organisation & co"]
    panel.text.setText("   ")
    press(desk, panel.put)
    assert "Write what happened" in panel.state.text()
    assert desk.failures == []


def test_a_hidden_group_shows_no_fit_in_its_trend(desk: Driver) -> None:
    page = page_of(desk)
    assert page.report is not None
    hidden = next(line for line in page.report.groups if line.hidden)
    press(desk, page.tabs[2])
    panel = page.trend
    panel.group.setCurrentIndex(panel.group.findData(hidden.id))
    panel.group.activated.emit(panel.group.currentIndex())
    desk.qtbot.waitUntil(lambda: "follow" not in panel.state.text() and "Looking" not in panel.state.text(), timeout=60_000)
    desk.idle()
    assert panel.points and panel.points[-1].fit is None and panel.points[-1].people is None


def test_a_run_is_named_and_the_name_taken_back(desk: Driver) -> None:
    page = page_of(desk)
    desk.qtbot.keyClicks(page.name, "Before  the move")
    desk.qtbot.keyClick(page.name, Qt.Key.Key_Return)
    desk.idle()
    desk.idle()
    assert page.runs.currentText().startswith("Before the move · ")
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert not page.runs.currentText().startswith("Before")
    assert page.name.text() == ""
