"""Start, and the way from a dropped export to a community that says what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cmdesk.core import goals, importing
from cmdesk.ui.pages.start import StartPage
from cmdesk.ui.pages.wizard import BELONGING, CHOOSE, PREVIEW, PURPOSE, READ, WizardPage
from cmdesk.ui.widgets.plain import doubled
from tests.ui.conftest import SLACK, Driver


def drop(driver: Driver, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    driver.window.dropEvent(event)
    driver.idle()


def wizard(driver: Driver) -> WizardPage:
    page = driver.window.pages.page()
    assert isinstance(page, WizardPage)
    return page


def _squeezed(step: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    said = [each for each in step.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    return [each.text() for each in said if each.height() < each.heightForWidth(each.width())]


def test_a_window_without_a_community_starts_at_start(empty_desk: Driver) -> None:
    page = empty_desk.window.pages.page()
    assert isinstance(page, StartPage)
    assert page.sample.text() == "Try the sample community"
    assert not empty_desk.window.rail.buttons["members"].isEnabled()
    assert empty_desk.window.rail.buttons["plugins"].isEnabled()


def test_from_drop_to_goals(empty_desk: Driver, tmp_path: Path) -> None:
    qtbot, window = empty_desk.qtbot, empty_desk.window
    drop(empty_desk, SLACK)
    page = wizard(empty_desk)
    assert page.step() == CHOOSE and page.choose.names.isVisible()
    assert page.choose.name.text() == "houstondatavis"
    assert page.choose.names.names is False, "names are never assumed"
    page.choose.name.selectAll()
    qtbot.keyClicks(page.choose.name, "Houston & friends")
    assert page.choose.path() == tmp_path / "Houston & friends.cmdesk"
    page.choose.names.mine.click()
    qtbot.mouseClick(page.choose.go_on, Qt.MouseButton.LeftButton)
    empty_desk.idle()
    assert page.step() == PREVIEW
    assert window.session.name == "Houston & friends" and window.session.names
    with window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (0,), "a preview stores nothing"
    qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    empty_desk.idle()
    assert page.step() == READ
    with window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone() == (71,)
        assert len(importing.rows(connection)) == 1
    qtbot.mouseClick(page.read.on, Qt.MouseButton.LeftButton)
    empty_desk.idle()
    assert page.step() == PURPOSE
    cards = page.purpose.cards
    for goal in ("inform", "find", "connect"):
        qtbot.keyClick(cards[goal], Qt.Key.Key_Space)
    assert not cards["solve"].isEnabled(), "three are the most"
    qtbot.mouseClick(page.purpose.go_on, Qt.MouseButton.LeftButton)
    empty_desk.idle()
    empty_desk.idle()
    assert page.step() == BELONGING
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: _squeezed(page.belonging) == [])
    first = next(iter(page.belonging.choosers))
    chooser = page.belonging.choosers[first]
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert page.belonging.chosen() == [first]
    qtbot.mouseClick(page.belonging.go_on, Qt.MouseButton.LeftButton)
    empty_desk.idle()
    empty_desk.idle()
    assert window.pages.name == "overview"
    with window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM members WHERE unit <> ''").fetchone()[0] > 0
        assert {row.goal for row in goals.rows(connection)} == {"inform", "find", "connect"}
    assert empty_desk.failures == []


def test_a_file_that_nobody_reads_is_refused_in_words(empty_desk: Driver, tmp_path: Path) -> None:
    odd = tmp_path / "holiday.jpg"
    odd.write_bytes(b"\xff\xd8\xff\xe0 not an export")
    drop(empty_desk, odd)
    page = wizard(empty_desk)
    page.choose.go_on.click()
    empty_desk.idle()
    empty_desk.qtbot.waitUntil(lambda: bool(empty_desk.failures))
    assert empty_desk.failures[0].startswith("world: holiday.jpg")
    assert empty_desk.window.messages.isVisible()
    assert page.step() == PREVIEW and not page.preview.accept.isEnabled(), "the file stays, so that one can say what it is"
    assert empty_desk.window.session.community is None and not list(tmp_path.glob("*.cmdesk*")), "nothing is left behind"


def test_dropping_a_community_opens_it(desk: Driver, empty_desk: Driver, made: Path) -> None:
    desk.window.session.close_community()
    assert desk.window.pages.name == "start"
    drop(desk, made)
    assert desk.window.session.name == "Bread & Butter"
    assert desk.window.topbar.title.text() == "Bread & Butter"


def test_recent_communities_open_by_a_click_and_can_be_forgotten(desk: Driver) -> None:
    path = desk.window.session.current().path
    desk.window.session.close_community()
    start = desk.window.pages.page()
    assert isinstance(start, StartPage)
    found = [each for each in start.findChildren(QPushButton) if each.text() == doubled("made") and not each.isHidden()]
    assert found
    found[0].click()
    desk.idle()
    assert desk.window.session.current().path == path
    desk.window.session.close_community()
    start = desk.window.pages.page()
    assert isinstance(start, StartPage)
    forget = [each for each in start.findChildren(QPushButton) if each.accessibleName() == "Take made out of this list" and not each.isHidden()]
    desk.qtbot.mouseClick(forget[0], Qt.MouseButton.LeftButton)
    assert desk.window.desk.recent() == [] and path.is_file()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"SQLite format 3\x00" + b"\x00" * 100])
def test_a_broken_community_is_refused_and_left_alone(empty_desk: Driver, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.cmdesk"
    path.write_bytes(content)
    drop(empty_desk, path)
    empty_desk.qtbot.waitUntil(lambda: bool(empty_desk.failures))
    assert empty_desk.failures[0].startswith("world: ")
    assert path.read_bytes() == content
    assert empty_desk.window.session.community is None


def test_new_without_a_file(empty_desk: Driver, tmp_path: Path) -> None:
    start = empty_desk.window.pages.page()
    assert isinstance(start, StartPage)
    empty_desk.qtbot.mouseClick(start.new, Qt.MouseButton.LeftButton)
    page = wizard(empty_desk)
    empty_desk.qtbot.keyClicks(page.choose.name, "Fresh")
    page.choose.only.click()
    empty_desk.idle()
    assert (tmp_path / "Fresh.cmdesk").is_file()
    assert empty_desk.window.pages.name == "overview"
    assert empty_desk.failures == []


def test_cancelling_the_first_import_leaves_nothing(empty_desk: Driver, tmp_path: Path) -> None:
    drop(empty_desk, SLACK)
    page = wizard(empty_desk)
    page.choose.go_on.click()
    empty_desk.idle()
    page.preview.accept.click()
    page.running.stop.click()
    empty_desk.idle()
    empty_desk.qtbot.waitUntil(lambda: page.step() == CHOOSE)
    assert empty_desk.window.session.community is None and not list(tmp_path.glob("*.cmdesk*")), "a community made for it goes with it"
    assert empty_desk.failures == []


def test_K07_a_double_click_starts_one_import(empty_desk: Driver) -> None:
    drop(empty_desk, SLACK)
    page = wizard(empty_desk)
    page.choose.go_on.click()
    empty_desk.idle()
    page.preview.accept.click()
    page.preview.accept.click()
    page._import()
    empty_desk.idle()
    with empty_desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM imports").fetchone() == (1,)
