"""What if, beside the evidence: people are picked by name or pseudonym, the fit is told now and then, and nothing stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cmdesk.core import dump
from cmdesk.ui.pages.assessments import AssessmentsPage
from cmdesk.ui.widgets.what_if_panel import WhatIfPanel
from tests.ui.conftest import Driver


def panel(desk: Driver, *, people: int = 6) -> WhatIfPanel:
    """The panel of a group with a goal and at least so many active people."""
    page = desk.go("assessments")
    assert isinstance(page, AssessmentsPage) and page.report is not None
    fewest = {line.id for line in page.report.groups if line.parent is not None and not line.hidden and (line.people or 0) >= people}
    row = next(row for row in page.model.rows() if row.score.group in fewest)
    page.table.choose(row.id)
    desk.idle()
    desk.qtbot.mouseClick(page.ask, Qt.MouseButton.LeftButton)
    desk.idle()
    assert isinstance(page.sheet, WhatIfPanel)
    return page.sheet


def state(desk: Driver) -> list[str]:
    with desk.window.session.current().reading() as connection:
        return list(dump.text(connection))


def pick(desk: Driver, shown: WhatIfPanel, inside: bool, times: int = 1) -> None:
    """Pick people by typing letters and pressing Enter or a hit."""
    wanted = "in the group" if inside else "not in the group"
    for letter in "aeiournst":
        shown.field.setFocus()
        desk.qtbot.keyClicks(shown.field, letter)
        desk.qtbot.wait(200)
        desk.idle()
        for hit in shown.hits:
            if hit.text().endswith(f"· {wanted}") and times and hit.text().split(" · ")[0] not in shown._picked.values():
                desk.qtbot.mouseClick(hit, Qt.MouseButton.LeftButton)
                times -= 1
                break
        shown.field.clear()
        if not times:
            return
    raise AssertionError("nobody was found")


def test_somebody_leaves_and_the_fit_is_that_of_the_core_question(desk: Driver) -> None:
    from cmdesk.core import loading, supposing

    before = state(desk)
    shown = panel(desk)
    assert not shown.deeds["leave"].isEnabled(), "nobody is picked yet"
    now = [row.after.fit for row in shown.rows if row.after is not None]
    pick(desk, shown, inside=True, times=2)
    desk.qtbot.mouseClick(shown.deeds["leave"], Qt.MouseButton.LeftButton)
    desk.idle()
    with desk.window.session.current().reading() as connection:
        snapshot = loading.load(connection, metrics=desk.window.session.host.metrics)
    row = snapshot.groups.id.tolist().index(shown.subject.id)
    expected = supposing.ask(snapshot, shown.supposition(), desk.window.session.host, shown.model, [row], list(shown.subject.goals))
    assert [(one.goal, one.after and one.after.fit) for one in shown.rows] == [(one.goal, one.after and one.after.fit) for one in expected]
    assert shown.state.text() == "Nothing was changed in the community."
    desk.qtbot.mouseClick(shown.start_again, Qt.MouseButton.LeftButton)
    desk.idle()
    assert [row.after.fit for row in shown.rows if row.after is not None] == now
    assert state(desk) == before and desk.failures == []


def test_ties_a_newcomer_a_split_and_a_new_group(desk: Driver) -> None:
    shown = panel(desk)
    pick(desk, shown, inside=False)
    desk.qtbot.mouseClick(shown.deeds["join"], Qt.MouseButton.LeftButton)
    pick(desk, shown, inside=True, times=2)
    desk.qtbot.mouseClick(shown.deeds["tie"], Qt.MouseButton.LeftButton)
    pick(desk, shown, inside=True, times=2)
    desk.qtbot.mouseClick(shown.deeds["split"], Qt.MouseButton.LeftButton)
    pick(desk, shown, inside=True, times=3)
    shown.deeds["circle"].setFocus()
    desk.qtbot.keyClick(shown.deeds["circle"], Qt.Key.Key_Space)
    desk.idle()
    what = shown.supposition()
    assert [len(part) for part in (what.join, what.ties, what.split, what.circle)] == [1, 1, 1, 1]
    new = [row for row in shown.rows if row.new]
    assert len({row.group for row in new}) == 3
    small = [row for row in new if row.after is None]
    assert small, "a half of two people and a circle of three are not shown"
    words = " ".join(each.text() for each in shown.findChildren(QLabel))
    assert "fewer than 5" in words
    assert desk.failures == []


def test_with_pseudonyms_no_name_is_found_or_shown(desk: Driver) -> None:
    desk.window.session.show_names(False)
    desk.idle()
    shown = panel(desk)
    desk.qtbot.keyClicks(shown.field, "P-")
    desk.qtbot.wait(200)
    desk.idle()
    assert shown.hits and all(hit.text().startswith("P-") for hit in shown.hits)
    shown.field.clear()
    desk.qtbot.keyClicks(shown.field, "zzzz")
    desk.qtbot.wait(200)
    desk.idle()
    assert not shown.hits and "Nobody is found." in [each.text() for each in shown.findChildren(QLabel)]


def test_leaving_the_page_leaves_no_trace(desk: Driver) -> None:
    shown = panel(desk)
    pick(desk, shown, inside=True)
    desk.qtbot.mouseClick(shown.deeds["leave"], Qt.MouseButton.LeftButton)
    desk.go("members")
    page = desk.go("assessments")
    assert isinstance(page, AssessmentsPage) and page.sheet is None and not desk.window.inspector.isVisible()
    assert desk.failures == []


def test_a_hidden_group_cannot_be_asked_about(desk: Driver) -> None:
    page = desk.go("assessments")
    assert isinstance(page, AssessmentsPage) and page.report is not None
    page.every.click()
    desk.idle()
    hidden = {line.id for line in page.report.groups if line.hidden}
    row = next(row for row in page.model.rows() if row.score.group in hidden)
    page.table.choose(row.id)
    desk.idle()
    assert page.ask is None


def test_a_circle_of_the_run_is_picked_and_becomes_a_group(desk: Driver) -> None:
    shown = panel(desk)
    page = desk.window.pages.page()
    assert isinstance(page, AssessmentsPage) and page.report is not None
    report = page.report
    assert shown.circle.count() > 1, "the run found circles"
    shown.circle.setCurrentIndex(1)
    shown.circle.activated.emit(1)
    desk.idle()
    number = next(line for line in report.circles if line.people is not None)
    assert len(shown._picked) == number.people
    desk.qtbot.mouseClick(shown.deeds["circle"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert any(row.new and row.after is not None for row in shown.rows)
