"""Same person?, used as a person does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cmdesk.core.records import Origin, Person
from cmdesk.core.same_person import decided
from cmdesk.ui.pages.members import MembersPage
from cmdesk.ui.widgets.same_person import SamePersonSheet
from tests.core.importing.stating import import_records
from tests.ui.conftest import Driver


@pytest.fixture
def page(desk: Driver, tmp_path: Path) -> MembersPage:
    """The members, three of whom stand in a second source too."""
    community = desk.window.session.current()
    with community.reading() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM members WHERE NOT is_bot AND name LIKE '% %' ORDER BY name LIMIT 3")]
    import_records(community, tmp_path, [Origin("list", "x"), *(Person(f"k{n}", name=name, handle=f"called{n}") for n, name in enumerate(names))])
    found = desk.go("members")
    assert isinstance(found, MembersPage)
    desk.idle()
    return found


def sheet_of(page: MembersPage, desk: Driver) -> SamePersonSheet:
    desk.idle()
    found = desk.window.inspector.sheet
    assert isinstance(found, SamePersonSheet)
    return found


def texts(sheet: SamePersonSheet) -> str:
    return " | ".join(part.text() for part in sheet.findChildren(QLabel))


def decisions_in(desk: Driver) -> list[bool]:
    with desk.window.session.current().reading() as connection:
        return [row.same for row in decided.rows(connection)]


def test_same_joins_not_the_same_keeps_apart_later_waits_and_undo_takes_back(page: MembersPage, desk: Driver) -> None:
    many = page.model.rowCount()
    desk.qtbot.mouseClick(page.same_person, Qt.MouseButton.LeftButton)
    sheet = sheet_of(page, desk)
    assert "Speaks for it" in texts(sheet) and "the same full name" in texts(sheet)
    first = texts(sheet)
    assert "Source | list | Handle | called" in first and "slack: export" in first
    desk.qtbot.mouseClick(sheet.later, Qt.MouseButton.LeftButton)
    assert texts(sheet_of(page, desk)) != first
    assert decisions_in(desk) == []
    desk.qtbot.mouseClick(sheet_of(page, desk).same, Qt.MouseButton.LeftButton)
    desk.idle()
    assert decisions_in(desk) == [True] and page.model.rowCount() == many - 1
    desk.qtbot.keyClick(sheet_of(page, desk), Qt.Key.Key_N)
    desk.idle()
    assert sorted(decisions_in(desk)) == [False, True] and page.model.rowCount() == many - 1
    desk.window.deeds.run("undo")
    desk.idle()
    assert decisions_in(desk) == [True]
    assert desk.failures == []


def test_with_pseudonyms_it_asks_for_names_and_shows_none(page: MembersPage, desk: Driver) -> None:
    with desk.window.session.current().reading() as connection:
        real = {row[0] for row in connection.execute("SELECT name FROM members WHERE name LIKE '% %'")}
    desk.window.session.show_names(False)
    desk.idle()
    page.review()
    sheet = sheet_of(page, desk)
    assert not any(name in texts(sheet) for name in real) and "switched off" in texts(sheet)
    next(each for each in sheet.findChildren(QPushButton) if each.text() == "Show names").click()
    assert "Speaks for it" in texts(sheet_of(page, desk))
