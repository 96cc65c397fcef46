"""What people call themselves is shown as it is: never as HTML, never as a shortcut, however long and whichever way it runs."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from cmdesk.ui.pages.members import MembersPage
from cmdesk.ui.widgets.plain import doubled
from tests.ui.conftest import Driver

PAGES = ("overview", "members", "groups", "goals", "network", "assessments", "imports", "plugins", "preferences", "start", "import")
NAMES = ("<b>x</b>&y", "\u202egnimoc\u202c \u2067עברית\u2069", "W" * 10_000, "<img src=http://example.org/x.png>", "a\nb\tc", "&File", "=1+1")


def odd_export(folder: Path) -> Path:
    """A Slack export in which every name is hostile."""
    users = [
        {"id": f"U0000000{k}", "name": f"u{k}", "real_name": name, "profile": {"real_name": name, "display_name": name, "title": name}}
        for k, name in enumerate(NAMES)
    ]
    channels = [{"id": "C00000001", "name": "general", "members": [user["id"] for user in users], "purpose": {"value": NAMES[0]}}]
    messages = [
        {"type": "message", "user": f"U0000000{k % len(NAMES)}", "ts": f"{1_700_000_000 + 3600 * k}.000100", "text": f"<@U0000000{(k + 1) % len(NAMES)}> hello"}
        for k in range(60)
    ]
    path = folder / "odd & co.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("users.json", json.dumps(users))
        made.writestr("channels.json", json.dumps(channels))
        made.writestr("general/2023-11-14.json", json.dumps(messages))
    return path


@pytest.fixture
def odd(empty_desk: Driver, tmp_path: Path) -> Driver:
    """A window on a community of hostile names, which are shown."""
    from cmdesk.core import assessments, goal_model, goals, importing
    from cmdesk.core.community import Community

    with Community.create(tmp_path / "odd.cmdesk", "<i>Bread</i> & Butter") as community:
        community.set_setting("show_names", True)
        importing.run(community, [odd_export(tmp_path)])
        goals.set(community, 1, "connect", 3)
        assessments.run(community, empty_desk.window.session.host, model=goal_model.shipped())
    empty_desk.window.tasks.open_path(tmp_path / "odd.cmdesk")
    empty_desk.idle()
    return empty_desk


def rich_labels(root: QWidget) -> list[str]:
    """Labels that would read HTML."""
    return [label.text()[:60] for label in root.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText and label.text()]


def shortcuts_in_names(root: QWidget) -> list[str]:
    """Buttons and actions with an accidental shortcut: an "&" that is not doubled."""
    every = [each.text() for each in (*root.findChildren(QAbstractButton), *root.findChildren(QAction))]
    return [text for text in every if "&" in text.replace("&&", "")]


def test_no_label_of_any_page_reads_html(desk: Driver) -> None:
    for name in PAGES:
        desk.go(name)
        page = desk.window.pages.page()
        table = getattr(page, "table", None)
        if table is not None and table.model().rowCount():
            table.setCurrentIndex(table.model().index(0, 0))
            desk.idle()
    desk.window.show_keys()
    desk.window.show_about()
    desk.window.tasks.report()
    desk.idle()
    desk.window.choose_period()
    assert rich_labels(desk.window) == []
    assert shortcuts_in_names(desk.window) == []
    assert len(desk.window.findChildren(QLabel)) > 100, "it looked at something"
    desk.window.choose_period()


def test_hostile_names_are_shown_as_they_are(odd: Driver) -> None:
    page = odd.go("members")
    assert isinstance(page, MembersPage)
    odd.idle()
    shown = {page.model.at(row).label for row in range(page.model.rowCount())}
    assert "<b>x</b>&y" in shown
    width = odd.window.width()
    for row in range(page.model.rowCount()):
        page.table.setCurrentIndex(page.model.index(row, 0))
        odd.idle()
        assert page.sheet is not None
        assert rich_labels(page.sheet) == []
    assert odd.window.width() == width, "ten thousand letters widen nothing"
    assert odd.failures == []


def test_every_page_stands_hostile_names(odd: Driver) -> None:
    for name in PAGES:
        odd.go(name)
        odd.idle()
        assert not odd.window.grab().isNull()
        assert rich_labels(odd.window) == []
    assert odd.window.topbar.title.text() == "<i>Bread</i> & Butter"
    assert odd.failures == []


def test_a_tool_tip_cannot_become_markup(odd: Driver) -> None:
    tip = odd.window.topbar.title.toolTip()
    assert "<i>" not in tip and "&lt;i&gt;" in tip


def test_search_finds_a_hostile_name_and_lists_it_plainly(odd: Driver) -> None:
    search = odd.window.search
    odd.qtbot.keyClick(odd.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search.setFocus()
    odd.qtbot.keyClicks(search, "<b>x")
    odd.qtbot.waitUntil(lambda: any(hit.text == "<b>x</b>&y" for hit in search._hits))
    assert search.list is not None and rich_labels(search.list) == []
    assert doubled("a&b") == "a&&b"
