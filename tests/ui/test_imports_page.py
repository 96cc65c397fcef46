"""Imports: the ledger, what was set aside, taking an import back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cmdesk.core import importing
from cmdesk.ui.pages.imports import ImportsPage
from cmdesk.ui.pages.wizard import PREVIEW, READ
from tests.ui.conftest import Driver
from tests.ui.test_start import drop, wizard
from tests.ui.test_wizard import choose


def test_the_ledger_adds_up_on_screen(desk: Driver) -> None:
    page = desk.go("imports")
    assert isinstance(page, ImportsPage)
    desk.idle()
    assert page.model.rowCount() == 1
    row = page.model.at(0).row
    assert row.read == row.used + sum(row.left_out.values()) + row.set_aside
    assert page.sheet is not None
    words = [label.text() for label in page.sheet.findChildren(QLabel)]
    assert f"{row.read:,}" in words


def test_undo_asks_first_and_redo_brings_it_back(desk: Driver) -> None:
    page = desk.go("imports")
    assert isinstance(page, ImportsPage) and page.sheet is not None
    next(each for each in page.sheet.findChildren(QPushButton) if each.text() == "Undo this import").click()
    with desk.window.session.current().reading() as connection:
        assert len(importing.rows(connection)) == 1
    next(each for each in desk.window.messages.findChildren(QPushButton) if each.text() == "Undo it").click()
    desk.idle()
    desk.idle()
    with desk.window.session.current().reading() as connection:
        assert importing.rows(connection) == []
    assert page.model.rowCount() == 0 and page.nothing.isVisible()
    desk.window.deeds.run("redo")
    desk.idle()
    desk.idle()
    assert page.model.rowCount() == 1


def test_rows_that_were_set_aside_stand_with_their_reason(desk: Driver, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,email,department\nAnna,anna@example.org,Sales\n,,\nBen,ben@example.org\nCleo,cleo@example.org,Care,too,many,cells\n")
    drop(desk, people)
    page = wizard(desk)
    desk.idle()
    page.preview.accept.click()
    desk.idle()
    ledger = desk.go("imports")
    assert isinstance(ledger, ImportsPage)
    newest = ledger.model.at(0).row
    ledger.table.choose(newest.id)
    desk.idle()
    assert ledger.aside.rowCount() == newest.set_aside > 0
    assert ledger.notes.rowCount() > 0 and ledger.notes_table.isVisible(), "what was guessed and joined is told apart from them"
    for number in range(newest.set_aside):
        problem = ledger.aside.at(number).problem
        assert problem.where and problem.why


LOG = "actor,type,time,id\nann,message,03/04/2024 10:00,m1\nbob,message,2024-04-05 10:00,m2\n"


def imported(desk: Driver, path: Path) -> ImportsPage:
    """Import a file as a person does, and come to the page Imports with it chosen."""
    drop(desk, path)
    page = wizard(desk)
    desk.idle()
    page.preview.accept.click()
    desk.idle()
    ledger = desk.go("imports")
    assert isinstance(ledger, ImportsPage)
    ledger.table.choose(ledger.model.at(0).row.id)
    desk.idle()
    return ledger


def press(page: ImportsPage, text: str) -> None:
    assert page.sheet is not None
    next(each for each in page.sheet.findChildren(QPushButton) if each.text() == text).click()


def test_what_was_set_aside_is_tried_again_with_another_date_order(desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    ledger = imported(desk, path)
    first = ledger.model.at(0).row
    assert first.set_aside == 1 and "unclear" in ledger.aside.at(0).problem.why
    press(ledger, "Try again with other options")
    desk.idle()
    page = wizard(desk)
    assert page.step() == PREVIEW and page.title.text() == "Read it again" and page.preview.accept.text() == "Replace it"
    choose(desk, page.preview.columns.how["date_order"], "day-month-year")
    desk.qtbot.keyClick(page.preview.accept, Qt.Key.Key_Space)
    desk.idle()
    assert page.step() == READ, desk.failures
    ledger = desk.go("imports")  # type: ignore[assignment]
    desk.idle()
    newest = ledger.model.at(0).row
    assert (newest.id, newest.again is not None, newest.set_aside, newest.used) == (first.id, True, 0, 2)
    with desk.window.session.current().reading() as connection:
        assert connection.execute("SELECT count(*) FROM posts p JOIN sources s ON s.id = p.source_id WHERE s.platform = 'spreadsheet'").fetchone() == (2,)


def test_the_zone_of_times_is_said_later_and_taken_back(desk: Driver, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    ledger = imported(desk, path)
    assert ledger.zone is not None
    line = ledger.zone.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    desk.qtbot.keyClicks(line, "Asia/Tokyo")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.idle()

    def at() -> int:
        with desk.window.session.current().reading() as connection:
            return int(connection.execute("SELECT at FROM posts WHERE key = 'm2'").fetchone()[0])

    assert at() == 1_712_311_200_000_000 - 9 * 3_600_000_000
    assert ledger.model.at(0).row.zone == "Asia/Tokyo"
    desk.window.deeds.run("undo")
    desk.idle()
    desk.idle()
    assert at() == 1_712_311_200_000_000


def test_what_was_read_is_exported(desk: Driver, tmp_path: Path, answer_save: Callable[[Path], None]) -> None:
    path, out = tmp_path / "log.csv", tmp_path / "ledger.csv"
    path.write_text(LOG + "cem,Quatsch,2024-04-06 10:00,m3\n")
    ledger = imported(desk, path)
    answer_save(out)
    press(ledger, "Export what was read…")
    desk.idle()
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[0] == "import,file,what,where,why,records"
    aside = [line for line in lines if ",set aside," in line]
    assert len(aside) == ledger.model.at(0).row.set_aside == 2
    assert not any("Quatsch" in line for line in lines), "what a reason quotes of a cell stays here"


def test_K15_no_undo_while_an_import_runs(desk: Driver) -> None:
    from cmdesk.ui.jobs import Job

    page = desk.go("imports")
    assert isinstance(page, ImportsPage)
    hold: list[Job] = [desk.window.session.long("Holding", _until_cancelled)]
    page._undo(page.model.at(0).row)
    assert desk.window.messages.text.text() == "Something still runs."
    desk.window.tasks.undo_now()
    assert "running" in desk.window.messages.text.text()
    hold[0].cancel()
    desk.idle()
    with desk.window.session.current().reading() as connection:
        assert len(importing.rows(connection)) == 1


def _until_cancelled(_community: object, progress: object) -> None:
    import time

    while True:
        time.sleep(0.01)
        progress.check()  # type: ignore[attr-defined]
