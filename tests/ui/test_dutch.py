"""The window in Dutch, and from one language to the other while it runs."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from cmdesk.core import text
from tests.ui.conftest import Driver

PAGES = {
    "overview": "Overzicht", "members": "Leden", "groups": "Groepen", "goals": "Doelen", "assessments": "Beoordelingen", "imports": "Imports",
    "plugins": "Plug-ins", "preferences": "Voorkeuren", "threads": "Vragen en ideeën", "pages": "Pagina's", "goal_model": "Doelmodel",
}  # fmt: skip


def _speak(desk: Driver, code: str) -> None:
    desk.window.desk.change(language=code)
    desk.window.retranslate()
    desk.idle()


def _said(widget: QWidget) -> list[str]:
    found = [each.text() for kind in (QLabel, QAbstractButton) for each in widget.findChildren(kind) if each.isVisible()]
    return [each for each in found if each.strip()]


def test_the_language_changes_while_the_window_runs(desk: Driver) -> None:
    assert "Overview" in _said(desk.window)
    _speak(desk, "nl")
    try:
        for page, title in PAGES.items():
            desk.go(page)
            assert title in _said(desk.window), page
        assert [action.text() for action in desk.window.menuBar().actions()] == ["Bestand", "Bewerken", "Beeld", "Community", "Help"]
        assert QLocale().language() == desk.window.pages.page().locale().language() == QLocale.Language.Dutch
    finally:
        _speak(desk, "en")
    desk.go("overview")
    assert "Overview" in _said(desk.window)
    assert not desk.failures


def test_no_page_keeps_an_english_message(desk: Driver) -> None:
    _speak(desk, "nl")
    try:
        same = {said for message, said in text.catalogue().items() if message == said}
        english = {message for message in text.catalogue() if "{" not in message} - same - set(text.catalogue().values())
        for page in PAGES:
            desk.go(page)
            assert not english & set(_said(desk.window)), page
    finally:
        _speak(desk, "en")
