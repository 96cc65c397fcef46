"""What a group said when it was asked, in its inspector: shares of the group, never persons; nothing where nobody was asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from cmdesk.core import importing
from cmdesk.ui.pages.groups import GroupsPage
from cmdesk.ui.widgets.answers import AnswersPart
from tests.ui.conftest import Driver


def said(desk: Driver) -> list[str]:
    page = desk.go("groups")
    assert isinstance(page, GroupsPage)
    for row in (1, 0):  # choosing anew what was chosen changes nothing
        page.table.choose(page.model.rows()[row].id)
        desk.idle()
    assert page.sheet is not None
    part = page.sheet.findChild(AnswersPart)
    assert part is not None
    texts = [label.text() for label in part.findChildren(QLabel) if label.text()]
    assert part.isHidden() == (not texts)
    return texts


def test_nothing_where_nobody_was_asked(desk: Driver) -> None:
    assert said(desk) == []


def test_what_was_said(desk: Driver, tmp_path: Path) -> None:
    people = [f"Person{k} Test" for k in range(9)]
    rows = [f"{one},{other},trust,{5 if k == (n + 1) % 9 else 1}" for n, one in enumerate(people[:4]) for k, other in enumerate(people) if other != one]
    path = tmp_path / "survey.csv"
    path.write_text("respondent,colleague,relation,score\n" + "\n".join(rows) + "\n")
    importing.run(desk.window.session.current(), [path])
    desk.idle()
    assert said(desk)[-1] == "Too small to show: fewer than 5 active people."
    more = [f"{one},{people[0]},trust,4" for one in people[4:6]]
    path.write_text("respondent,colleague,relation,score\n" + "\n".join(rows + more) + "\n")
    importing.run(desk.window.session.current(), [path])
    desk.go("overview")  # the window hears of a commit with the next job
    texts = said(desk)
    assert texts[:2] == ["Asked in a survey", "Trust"] and texts[2].startswith("6 of 9 people answered (67%).")
    assert not any(name in text for text in texts for name in people)


def test_a_page_that_was_left_with_its_sheet_open_can_be_shown_again(desk: Driver) -> None:
    assert said(desk) == []
    desk.go("overview")
    desk.qtbot.wait(50)  # what was taken away is gone for good
    page = desk.go("groups")
    assert isinstance(page, GroupsPage) and desk.failures == []
    assert page.sheet is not None and page.sheet.isVisible()
