"""The checklist and the pulse in the inspector of a group."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt

from cmdesk.core import checklist, filled
from cmdesk.core.groups import GroupRow
from cmdesk.ui.pages.groups import GroupsPage
from cmdesk.ui.widgets.checklist_form import ChecklistForm
from cmdesk.ui.widgets.pulse_form import PulseForm

from .conftest import Driver


@pytest.fixture
def group(desk: Driver) -> GroupRow:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    row = page.model.rows()[2]
    page.table.choose(row.id)
    desk.idle()
    return row


def form(desk: Driver, kind: type) -> object:
    page = desk.window.pages.page()
    assert page is not None and page.sheet is not None
    return page.sheet.findChildren(kind)[-1]


def known(desk: Driver, group: GroupRow) -> checklist.Checklist:
    with desk.window.session.current().reading() as connection:
        return checklist.of(connection, group.id)


def test_ticks_are_kept_together_and_undone_together(desk: Driver, group: GroupRow) -> None:
    shown = form(desk, ChecklistForm)
    assert isinstance(shown, ChecklistForm)
    assert known(desk, group).value is None
    for item in ("rule", "posting", "review"):
        desk.qtbot.mouseClick(shown.boxes[item], Qt.MouseButton.LeftButton)
    shown.review.setDate(QDate(2030, 1, 31))
    desk.qtbot.mouseClick(shown.keep, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    now = known(desk, group)
    assert now.review == "2030-01-31"
    assert {item.name: item.answer for item in now.items if item.answer is not None} == {"rule": True, "posting": True, "review": True}
    assert now.value is not None and now.value >= 3 / 6
    again = form(desk, ChecklistForm)
    assert isinstance(again, ChecklistForm) and again.boxes["rule"].isChecked()  # read again
    desk.qtbot.mouseClick(again.boxes["rule"], Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(again.boxes["review"], Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(again.keep, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.idle()
    assert [item.holds for item in known(desk, group).items if item.name in ("rule", "review")] == [False, False]
    for _step in range(2):
        desk.window.deeds.run("undo")
        desk.idle()
        desk.idle()
    assert known(desk, group).value is None
    assert desk.failures == []


def test_the_pulse_is_kept_as_counts(desk: Driver, group: GroupRow) -> None:
    shown = form(desk, PulseForm)
    assert isinstance(shown, PulseForm)
    shown.day.setDate(QDate(2026, 3, 1))
    desk.qtbot.keyClicks(shown.counts["know", 5], "7")
    desk.qtbot.keyClicks(shown.counts["know", 1], "x2")  # only digits go in
    desk.qtbot.mouseClick(shown.keep, Qt.MouseButton.LeftButton)
    desk.idle()
    with desk.window.session.current().reading() as connection:
        said = filled.said(connection, "group", ref=group.ref)
    assert {field: (every[-1].day, every[-1].value) for (_ref, field), every in said.items()} == {"pulse_know": ("2026-03-01", "2,0,0,0,7")}
    assert desk.failures == []
