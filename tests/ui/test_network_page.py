"""Network: the circle map, its table, a circle in the inspector, and what it says without data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cmdesk.core.community import Community
from cmdesk.ui.session import Period
from cmdesk.ui.widgets.picture import Picture
from tests.ui.conftest import Driver


def picture_of(desk: Driver) -> Picture:
    page = desk.go("network")
    desk.idle()
    found = page.findChild(Picture)  # type: ignore[attr-defined]
    assert isinstance(found, Picture)
    return found


def test_a_circle_is_told_of_without_naming_anybody(desk: Driver) -> None:
    picture = picture_of(desk)
    view = picture.view
    target = next(target for target in view.targets() if target.startswith("circle:"))
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(target))
    assert desk.window.inspector.isVisible() and desk.window.inspector.sheet is not None
    words = " ".join(label.text() for label in desk.window.inspector.sheet.findChildren(QLabel))
    with desk.window.session.current().reading() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM members WHERE length(name) > 3")]
    assert not [name for name in names if name in words]
    assert "People" in words


def test_the_page_says_what_a_circle_is(desk: Driver) -> None:
    picture_of(desk)
    page = desk.window.pages.page()
    assert page is not None and page.sentence.isVisible() and page.sentence.text().startswith("Circles are people")


def test_another_period_draws_another_map(desk: Driver) -> None:
    picture = picture_of(desk)
    before = picture.view.drawing()
    desk.window.session.set_period(Period(date(2023, 3, 1), 90))
    desk.idle()
    desk.qtbot.waitUntil(lambda: picture.view.drawing() is not before, timeout=20_000)


def test_an_empty_community_says_what_brings_circles(empty_desk: Driver, tmp_path: Path) -> None:
    Community.create(tmp_path / "empty.cmdesk", "Empty").close()
    empty_desk.window.tasks.open_path(tmp_path / "empty.cmdesk")
    empty_desk.idle()
    picture = picture_of(empty_desk)
    page = empty_desk.window.pages.page()
    assert page is not None and not picture.isVisible()
    assert any("import an export" in label.text() for label in page.findChildren(QLabel) if label.isVisible())
