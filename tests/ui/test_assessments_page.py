"""Assessments: runs, scores, the evidence of one, and the report from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cmdesk.ui.dialogs.report import ReportDialog
from cmdesk.ui.pages.assessments import AssessmentsPage
from tests.ui.conftest import Driver


def page_of(desk: Driver) -> AssessmentsPage:
    page = desk.go("assessments")
    assert isinstance(page, AssessmentsPage)
    desk.idle()
    return page


def evidence(page: AssessmentsPage) -> list[str]:
    return [label.text() for label in page._frame.findChildren(QLabel) if not label.isHidden()]


def test_a_score_is_chosen_by_key_and_explained(desk: Driver) -> None:
    page = page_of(desk)
    first = page.table.current()
    page.table.setFocus()
    desk.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    desk.idle()
    second = page.table.current()
    assert second is not None and second != first
    assert any(second.group in text for text in evidence(page))
    if second.score.reason:
        assert second.score.reason in evidence(page)


def test_also_what_was_not_chosen(desk: Driver) -> None:
    page = page_of(desk)
    chosen = page.model.rowCount()
    desk.qtbot.mouseClick(page.every, Qt.MouseButton.LeftButton)
    assert page.report is not None
    assert page.model.rowCount() == len(page.report.scores) > chosen


def test_sorting_by_fit_puts_the_least_first(desk: Driver) -> None:
    page = page_of(desk)
    page.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    fits = [page.model.at(row).score.fit for row in range(page.model.rowCount()) if page.model.at(row).score.fit is not None]
    assert fits == sorted(fits)


def test_a_second_run_is_shown_and_the_first_stays(desk: Driver) -> None:
    page = page_of(desk)
    assert page.runs.count() == 1
    desk.qtbot.mouseClick(page.run, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.qtbot.waitUntil(lambda: page.runs.count() == 2)
    desk.idle()
    assert page.report is not None and page.report.assessment_id == page.runs.currentData()
    page.runs.setFocus()
    desk.qtbot.keyClick(page.runs, Qt.Key.Key_Down)
    desk.idle()
    assert page.report.assessment_id != page.runs.itemData(0)


def test_the_report_opens_from_here(desk: Driver) -> None:
    page = page_of(desk)
    desk.qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(ReportDialog)
    assert dialog is not None and dialog.isVisible()
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_run_of_what_has_no_date_says_so(empty_desk: Driver, tmp_path: Path) -> None:
    from cmdesk.core import assessments, goal_model
    from cmdesk.core.community import Community

    path = tmp_path / "undated.cmdesk"
    with Community.create(path, "Undated") as community:
        assessments.run(community, empty_desk.window.session.host, model=goal_model.shipped(), quick=True)
    empty_desk.window.tasks.open_path(path)
    empty_desk.idle()
    page = empty_desk.go("assessments")
    assert isinstance(page, AssessmentsPage)
    assert "nothing has a date" in page.runs.itemText(0) and "1970" not in page.runs.itemText(0)
