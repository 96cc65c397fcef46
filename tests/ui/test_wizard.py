"""The import page beyond the plain way: tables, options, several files at once, what cannot be read, cancel, and closing in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton

from cmdesk.core import importing
from cmdesk.simulation import slack_zip
from cmdesk.ui.pages.wizard import CHOOSE, PREVIEW, READ, RUNNING, WizardPage
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.wizard.preview import COLUMNS
from tests.ui.conftest import SLACK, Driver
from tests.ui.test_start import drop, wizard

PEOPLE = "Wer;Kürzel;Wo er sitzt\nAnna Ölz;aö;Vertrieb\nBen Özil;bö;Pflege\nCleo Ünal;cü;Pflege\n"


def begin(driver: Driver, *paths: Path) -> WizardPage:
    """Drop files on a window without a community and come to the preview."""
    drop(driver, *paths)
    page = wizard(driver)
    driver.qtbot.keyClick(page.choose.go_on, Qt.Key.Key_Space)
    driver.idle()
    return page


def accept(driver: Driver, page: WizardPage) -> None:
    driver.qtbot.keyClick(page.preview.accept, Qt.Key.Key_Space)
    driver.idle()
    driver.idle()
    assert page.step() == READ, driver.failures


def members(driver: Driver) -> dict[str, str]:
    with driver.window.session.current().reading() as connection:
        return dict(connection.execute("SELECT name, unit FROM members WHERE NOT is_bot"))


def say(driver: Driver, page: WizardPage, column: str, title: str) -> None:
    """Choose with the keyboard what is in a column."""
    names = page.preview.columns._now().names  # type: ignore[union-attr]
    choose(driver, page.preview.columns.columns[names.index(column)], title)


def choose(driver: Driver, chooser: Chooser, title: str) -> None:
    """Choose an entry of a list with the keyboard."""
    assert chooser.findText(title) >= 0, [chooser.itemText(row) for row in range(chooser.count())]
    chooser.setFocus()
    driver.qtbot.keyClick(chooser, Qt.Key.Key_Home)
    while chooser.currentText() != title:
        driver.qtbot.keyClick(chooser, Qt.Key.Key_Down)
    driver.idle()


def read_as(driver: Driver, page: WizardPage, kind: str) -> None:
    page.preview.kind.setCurrentIndex(page.preview.kind.findData(kind))
    page.preview.kind.activated.emit(page.preview.kind.currentIndex())
    driver.idle()


def test_a_table_with_foreign_heads_is_corrected_by_hand_and_remembered(empty_desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "leute.csv"
    path.write_text(PEOPLE, "cp1252")
    page = begin(empty_desk, path)
    assert page.step() == PREVIEW and not list(tmp_path.glob("*.cmdesk")), "nobody recognises it: nothing is left behind"
    read_as(empty_desk, page, "spreadsheet.people")
    assert page.step() == PREVIEW and page.preview.tabs.isTabVisible(COLUMNS), "the first rows are there to say what is what"
    assert not list(tmp_path.glob("*.cmdesk"))
    say(empty_desk, page, "Wer", "name")
    assert page.preview.accept.isEnabled(), empty_desk.failures
    say(empty_desk, page, "Kürzel", "id")
    say(empty_desk, page, "Wo er sitzt", "department")
    assert empty_desk.window.session.names is False and "Xxxx Xxx" in page.preview.first.at(0).row.who, "names are off here too"
    accept(empty_desk, page)
    assert members(empty_desk) == {"Anna Ölz": "Vertrieb", "Ben Özil": "Pflege", "Cleo Ünal": "Pflege"}
    again = tmp_path / "leute april.csv"
    again.write_text(PEOPLE + "Dora Äh;dä;Pflege\n", "cp1252")
    drop(empty_desk, again)
    empty_desk.idle()
    assert page.step() == PREVIEW and page.preview.accept.isEnabled(), "recognised by its head"
    assert "earlier table" in page.preview.columns._note.text()
    accept(empty_desk, page)
    assert members(empty_desk)["Dora Äh"] == "Pflege"


def test_a_column_can_be_taken_away_and_dates_read_the_other_way(empty_desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,email,department,joined\nAnna,anna@example.org,Sales,03/04/2024\nBen,ben@example.org,Care,05/06/2024\n")
    page = begin(empty_desk, path)
    assert page.preview.columns.kind.currentData() == "people"
    notes = [page.preview.problems.at(row).problem.why for row in range(page.preview.problems.rowCount())]
    assert any("unclear" in note for note in notes)
    choose(empty_desk, page.preview.columns.how["date_order"], "month-day-year")
    notes = [page.preview.problems.at(row).problem.why for row in range(page.preview.problems.rowCount())]
    assert not any("unclear" in note for note in notes)
    say(empty_desk, page, "department", "ignore")
    assert page.step() == PREVIEW
    accept(empty_desk, page)
    assert members(empty_desk) == {"Anna": "", "Ben": ""}
    with empty_desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT min(joined) FROM members").fetchone() == (1_709_510_400_000_000,)


def test_people_and_their_ties_are_one_import(empty_desk: Driver, tmp_path: Path) -> None:
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text("id,name,department\n" + "".join(f"p{k},Person {k},Sales\n" for k in range(6)))
    ties.write_text("source,target,weight\n" + "".join(f"p{k},p{k + 1},1\n" for k in range(5)))
    page = begin(empty_desk, people, ties)
    accept(empty_desk, page)
    with empty_desk.window.session.current().reading() as connection:
        assert [row.file for row in importing.rows(connection)] == ["people.csv, ties.csv"]
        assert connection.execute("SELECT count(*) FROM members").fetchone() == (6,), "the same people in both"
        assert connection.execute("SELECT count(*) FROM stated_ties").fetchone() == (5,)


def test_people_ties_and_a_log_dropped_together_are_one_import_and_one_undo(empty_desk: Driver, tmp_path: Path) -> None:
    files = {"people.csv": "id,name,team\n1,Ann,A\n2,Bob,B\n", "ties.csv": "from,to\n1,2\n", "log.csv": "actor,type,time,id\n1,message,2024-04-05 10:00,m1\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    page = begin(empty_desk, *(tmp_path / name for name in files))
    assert [page.preview.columns.table.itemText(row) for row in range(3)] == list(files)
    page.preview.columns.table.setCurrentIndex(1)
    page.preview.columns.table.activated.emit(1)
    assert page.preview.columns.kind.currentData() == "ties"
    assert page.preview.zone.isVisible(), "a time without a zone is asked for"
    page.preview.zone.setCurrentIndex(page.preview.zone.findData("Europe/Amsterdam"))
    page.preview.zone.activated.emit(page.preview.zone.currentIndex())
    empty_desk.idle()
    accept(empty_desk, page)
    with empty_desk.window.session.current().reading() as connection:
        assert len(importing.rows(connection)) == 1
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("members", "stated_ties", "posts")] == [2, 1, 1]
        assert connection.execute("SELECT at FROM posts").fetchone() == (1_712_311_200_000_000 - 2 * 3_600_000_000,)
    empty_desk.window.tasks.undo_now()
    empty_desk.idle()
    with empty_desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone() == (0,)


def test_of_two_files_one_of_which_nobody_reads_nothing_is_stored(empty_desk: Driver, tmp_path: Path) -> None:
    odd = tmp_path / "notes.bin"
    odd.write_bytes(bytes(range(256)) * 8)
    page = begin(empty_desk, SLACK, odd)
    empty_desk.qtbot.waitUntil(lambda: bool(empty_desk.failures))
    assert empty_desk.failures[0].startswith("world: notes.bin")
    hint = " ".join(label.text() for label in empty_desk.window.messages.findChildren(QObject) if hasattr(label, "text"))
    assert "Slack export" in hint and "Read it as" in hint
    assert not list(tmp_path.glob("*.cmdesk*")), "no empty community is left behind"
    empty_desk.qtbot.mouseClick(page.preview.other, Qt.MouseButton.LeftButton)
    assert page.step() == CHOOSE and page.choose.community.isVisible(), "it can be tried anew"
    assert empty_desk.window.session.community is None and not empty_desk.window.desk.recent()


def test_the_wrong_kind_is_told_and_another_can_be_tried(empty_desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,email\nAnna,anna@example.org\nBen,ben@example.org\n")
    page = begin(empty_desk, path)
    for kind, fine in (("slack.export", False), ("spreadsheet.people", True)):
        page.preview.kind.setCurrentIndex(page.preview.kind.findData(kind))
        page.preview.kind.activated.emit(page.preview.kind.currentIndex())
        empty_desk.idle()
        assert page.step() == PREVIEW and page.preview.accept.isEnabled() == fine
    accept(empty_desk, page)
    assert set(members(empty_desk)) == {"Anna", "Ben"}


@pytest.fixture
def long_export(tmp_path: Path) -> Path:
    """An export that takes some seconds to import."""
    slack_zip(tmp_path / "long.zip", people=200, messages=60_000, seed=1)
    return tmp_path / "long.zip"


def start_long(driver: Driver, path: Path) -> WizardPage:
    page = begin(driver, path)
    driver.qtbot.mouseClick(page.preview.accept, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: page.step() == RUNNING and page.running._job is not None and page.running._job.step is not None, timeout=20_000)
    return page


def test_cancel_in_the_middle_stores_nothing(empty_desk: Driver, long_export: Path) -> None:
    page = start_long(empty_desk, long_export)
    assert empty_desk.window.session.busy()
    empty_desk.qtbot.mouseClick(page.running.stop, Qt.MouseButton.LeftButton)
    empty_desk.qtbot.waitUntil(lambda: not empty_desk.window.session.busy(), timeout=5_000)
    empty_desk.idle()
    assert page.step() == CHOOSE and empty_desk.window.messages.text.text() == "Stopped. Nothing was changed."
    assert empty_desk.window.session.community is None and not list(long_export.parent.glob("*.cmdesk*"))
    assert empty_desk.failures == []


def test_other_pages_can_be_looked_at_meanwhile(empty_desk: Driver, long_export: Path) -> None:
    page = start_long(empty_desk, long_export)
    empty_desk.window.deeds.run("page.members")
    assert empty_desk.window.pages.name == "members"
    empty_desk.window.tasks.take_files([SLACK])
    assert page.step() == RUNNING and empty_desk.window.messages.text.text() == "An import is running."
    empty_desk.idle()
    with empty_desk.window.session.current().reading() as connection:
        assert len(importing.rows(connection)) == 1


def test_closing_while_an_import_runs_asks_and_then_stores_nothing(empty_desk: Driver, long_export: Path) -> None:
    start_long(empty_desk, long_export)
    window = empty_desk.window
    path = window.session.current().path
    window.close()
    assert window.isVisible(), "it asks first"
    choices = {each.text(): each for each in window.messages.findChildren(QPushButton)}
    assert {"Stop it and close", "Keep going"} <= set(choices)
    empty_desk.qtbot.mouseClick(choices["Stop it and close"], Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    from cmdesk.core.community import Community

    with Community.open(path) as community, community.reading() as connection:
        assert importing.rows(connection) == []
    assert not list(path.parent.glob("*-wal")), "the file stands alone"
