"""Preferences hold at once."""

from __future__ import annotations

from PySide6.QtCore import Qt

from cmdesk.core import settings, text
from cmdesk.ui import theme
from cmdesk.ui.pages.preferences import PreferencesPage
from tests.ui.conftest import Driver


def page_of(desk: Driver) -> PreferencesPage:
    page = desk.go("preferences")
    assert isinstance(page, PreferencesPage)
    return page


def test_dark_and_light(desk: Driver) -> None:
    page = page_of(desk)
    desk.qtbot.mouseClick(page.theme.buttons["dark"], Qt.MouseButton.LeftButton)
    assert theme.tokens().dark
    assert settings.load()[0].theme == "dark"
    desk.qtbot.keyClick(page.theme.buttons["light"], Qt.Key.Key_Space)
    assert not theme.tokens().dark


def test_dutch_while_running_and_back(desk: Driver) -> None:
    page = page_of(desk)
    desk.qtbot.mouseClick(page.language.buttons["nl"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert text._language == "nl"
    assert desk.window.rail.buttons["members"].text() == "Leden"
    page = page_of(desk)
    desk.qtbot.mouseClick(page.language.buttons["en"], Qt.MouseButton.LeftButton)
    desk.idle()
    assert desk.window.rail.buttons["members"].text() == "Members"
    assert desk.window.pages.name == "preferences"
    assert desk.failures == []


def test_without_a_community_only_the_desk_is_asked(empty_desk: Driver) -> None:
    page = page_of(empty_desk)
    assert not page._community.isVisible()
    assert page.language.isVisible()
