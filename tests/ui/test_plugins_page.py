"""Plugins and preferences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cmdesk.core import settings
from cmdesk.ui import theme
from cmdesk.ui.pages.plugins import PluginsPage
from cmdesk.ui.pages.preferences import PreferencesPage
from tests.ui.conftest import Driver


def test_each_plugin_says_what_it_adds(empty_desk: Driver) -> None:
    page = empty_desk.go("plugins")
    assert isinstance(page, PluginsPage)
    rows = {row.info.name: row for row in page.model.rows()}
    assert {"slack", "spreadsheet", "goal_fit", "excel_report", "html_report", "trust_network"} <= set(rows)
    page.table.choose(rows["slack"].id)
    assert page.sheet is not None and page.sheet.title == "slack"


def test_switching_a_plugin_off_is_kept_and_holds_at_once(empty_desk: Driver) -> None:
    page = empty_desk.go("plugins")
    assert isinstance(page, PluginsPage)
    slack = next(row for row in page.model.rows() if row.info.name == "slack")
    page.table.choose(slack.id)
    assert page.sheet is not None
    next(each for each in page.sheet.findChildren(QPushButton) if each.text() == "Switch it off").click()
    empty_desk.idle()
    assert settings.load()[0].plugins_off == ("slack",)
    assert "slack.export" not in empty_desk.window.session.host.importers
    again = empty_desk.window.pages.page()
    assert isinstance(again, PluginsPage)
    assert next(row for row in again.model.rows() if row.info.name == "slack").info.state == "off"


def test_language_and_look_hold_at_once(empty_desk: Driver) -> None:
    page = empty_desk.go("preferences")
    assert isinstance(page, PreferencesPage)
    empty_desk.qtbot.mouseClick(page.theme.buttons["dark"], Qt.MouseButton.LeftButton)
    assert theme.tokens() is theme.DARK
    assert settings.load()[0].theme == "dark"
    empty_desk.qtbot.mouseClick(page.theme.buttons["light"], Qt.MouseButton.LeftButton)
    empty_desk.qtbot.mouseClick(page.language.buttons["nl"], Qt.MouseButton.LeftButton)
    empty_desk.idle()
    assert settings.load()[0].language == "nl"
    assert empty_desk.window.rail.buttons["members"].text() == "Leden"
    again = empty_desk.window.pages.page()
    assert isinstance(again, PreferencesPage) and again is not page
    empty_desk.qtbot.mouseClick(again.language.buttons["en"], Qt.MouseButton.LeftButton)
    assert empty_desk.window.rail.buttons["members"].text() == "Members"


def test_zone_and_goal_model_are_the_communitys(desk: Driver) -> None:
    page = desk.go("preferences")
    assert isinstance(page, PreferencesPage)
    page.zone.setCurrentText("Europe/Amsterdam")
    page.zone.activated.emit(0)
    desk.idle()
    page.model.buttons["competence"].click()
    desk.idle()
    community = desk.window.session.current()
    assert community.zone == "Europe/Amsterdam"
    assert community.setting("goal_model") == "competence"
    assert desk.window.session.zone == "Europe/Amsterdam"


def test_K13_broken_settings_are_told_and_set_aside(tmp_path: object, own_home: object) -> None:
    from cmdesk.ui.desk import Desk

    path = settings.default_path()
    path.parent.mkdir(parents=True)
    path.write_text("{broken")
    desk = Desk()
    assert desk.problem and desk.settings.theme == "system"
