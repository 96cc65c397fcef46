"""The three questions on the overview: an answer each, and the picture behind it on a click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cmdesk.ui.pages.overview import OverviewPage
from tests.ui.conftest import Driver


def test_each_question_has_its_answer_and_its_picture(desk: Driver) -> None:
    page = desk.go("overview")
    assert isinstance(page, OverviewPage)
    assert page.report is not None
    lines = page.report.questions
    assert [line.name for line in lines] == ["open_questions.Q1", "open_questions.Q2", "open_questions.Q3"]
    cards = page.questions.cards
    assert len(cards) == 3 and page.questions.isVisible()
    for card, line in zip(cards, lines, strict=True):
        texts = [part.text() for part in card.findChildren(QLabel)]
        assert texts == [line.question, line.finding.sentence]
        desk.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert page.picture.view.drawing() == line.finding.picture
        assert desk.window.inspector.sheet is not None and desk.window.inspector.sheet.title == line.question
    desk.qtbot.keyClick(cards[2], Qt.Key.Key_Space)  # again: back to the matrix
    drawing = page.picture.view.drawing()
    assert drawing is not None and drawing not in [line.finding.picture for line in lines]
    assert desk.failures == []
