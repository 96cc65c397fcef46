"""Report for the board: a workbook by mouse and key, with pseudonyms unless asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cmdesk.ui.dialogs.report import ReportDialog
from tests.ui.conftest import Driver


def dialog_of(desk: Driver) -> ReportDialog:
    desk.window.deeds.run("report")
    desk.idle()
    found = desk.window.findChild(ReportDialog)
    assert found is not None and found.isVisible()
    return found


def words_in(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    finally:
        book.close()


def names_of(desk: Driver) -> set[str]:
    with desk.window.session.current().reading() as connection:
        return {row[0] for row in connection.execute("SELECT name FROM members WHERE length(name) > 6")}


def wait_for(desk: Driver, path: Path) -> None:
    desk.idle()
    desk.qtbot.waitUntil(path.is_file)


def test_enter_makes_a_workbook_without_names(desk: Driver, tmp_path: Path) -> None:
    out = tmp_path / "board.xlsx"
    dialog = dialog_of(desk)
    assert not dialog.names.isChecked(), "whatever the screen shows"
    dialog.path.selectAll()
    desk.qtbot.keyClicks(dialog.path, str(out))
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_for(desk, out)
    assert not words_in(out) & names_of(desk)
    assert desk.window.messages.text.text() == "The report is ready: board.xlsx"
    assert {"Open it", "Open the folder"} <= {each.text() for each in desk.window.messages.findChildren(QPushButton)}


def test_a_name_without_an_ending_gets_one(desk: Driver, tmp_path: Path, answer_save: Callable[[Path], None]) -> None:
    dialog = dialog_of(desk)
    answer_save(tmp_path / "board")
    choose = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Choose…")
    desk.qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    wait_for(desk, tmp_path / "board.xlsx")


@pytest.mark.parametrize("kind", ["Fit matrix", "Position chart"])
def test_a_picture_instead(desk: Driver, tmp_path: Path, kind: str) -> None:
    dialog = dialog_of(desk)
    dialog.path.setText(str(tmp_path / "picture.xlsx"))
    dialog.kind.setCurrentIndex(dialog.kind.findText(kind))
    assert dialog.path.text() == str(tmp_path / "picture.png")
    desk.qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    wait_for(desk, tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_not_there_is_told(desk: Driver, tmp_path: Path) -> None:
    dialog = dialog_of(desk)
    dialog.path.setText(str(tmp_path / "nowhere" / "board.xlsx"))
    desk.qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    desk.idle()
    desk.qtbot.waitUntil(lambda: bool(desk.failures))
    assert desk.failures[0].startswith("world: ")


def test_the_community_itself_is_never_written_over(desk: Driver) -> None:
    path = desk.window.session.current().path
    before = path.read_bytes()
    dialog = dialog_of(desk)
    dialog.path.setText(str(path))
    desk.qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    desk.idle()
    assert path.read_bytes() == before
    path.with_name(path.name + ".xlsx").unlink(missing_ok=True)


def test_a_web_page_is_offered_too(desk: Driver, tmp_path: Path) -> None:
    dialog = dialog_of(desk)
    kinds = [dialog.kind.itemText(number) for number in range(dialog.kind.count())]
    assert kinds[:2] == ["Excel workbook", "Web page (HTML)"]
    out = tmp_path / "board.xlsx"
    dialog.path.setText(str(out))
    dialog.kind.setCurrentIndex(1)
    assert dialog.path.text() == str(out.with_suffix(".html")), "the ending follows the kind"
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_for(desk, out.with_suffix(".html"))
    said = out.with_suffix(".html").read_text("utf-8")
    assert said.rstrip().endswith("</html>")
    assert not [name for name in names_of(desk) if name in said]
