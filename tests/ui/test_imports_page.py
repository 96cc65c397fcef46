"""Imports: the ledger, what was set aside, taking an import back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from cmdesk.core import importing
from cmdesk.ui.pages.imports import ImportsPage
from tests.ui.conftest import Driver
from tests.ui.test_start import drop, wizard


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
