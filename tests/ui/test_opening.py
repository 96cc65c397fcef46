"""Opening a file from the window: beside it, and told where it cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.core.community import Opening
from cmdesk.pluginhost import Host
from cmdesk.ui.desk import Desk
from cmdesk.ui.shell import MainWindow
from tests.ui.conftest import Driver


def _damaged(made: Path, path: Path) -> Path:
    content = bytearray(made.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    path.write_bytes(content)
    return path


def test_a_damaged_file_is_told_and_the_window_stays_at_the_start(empty_desk: Driver, made: Path, tmp_path: Path) -> None:
    window = empty_desk.window
    window.tasks.open_path(_damaged(made, tmp_path / "odd.cmdesk"))
    empty_desk.idle()
    assert window.session.community is None and not window.session.busy()
    assert window.pages.name == "start"
    assert "odd.cmdesk" in window.messages.text.text()


def test_a_damaged_file_leaves_the_open_one_open(desk: Driver, made: Path, tmp_path: Path) -> None:
    before = desk.window.session.current().path
    desk.window.tasks.open_path(_damaged(made, tmp_path / "odd.cmdesk"))
    desk.idle()
    assert desk.window.session.current().path == before
    assert "odd.cmdesk" in desk.window.messages.text.text()


def test_a_file_that_is_already_open_when_the_window_is_made_shows_at_once(app: QApplication, qtbot: QtBot, plugins: Host, made: Path, tmp_path: Path) -> None:
    path = tmp_path / "made.cmdesk"
    shutil.copyfile(made, path)
    begun = Opening(path)
    begun.result()
    window = MainWindow(lambda: plugins, Desk())
    window.tasks.open_path(begun)
    assert window.session.current().path == path and window.pages.name == "overview"
    window.show()
    qtbot.waitExposed(window)
    Driver(qtbot, window).idle()
    assert window.pages.name == "overview"
    window.session.jobs.stop(20)
    window.close()
    window.deleteLater()


def test_a_second_file_waits_for_the_first(empty_desk: Driver, made: Path, tmp_path: Path) -> None:
    for name in ("one.cmdesk", "two.cmdesk"):
        shutil.copyfile(made, tmp_path / name)
    empty_desk.window.tasks.open_path(tmp_path / "one.cmdesk")
    empty_desk.window.tasks.open_path(tmp_path / "two.cmdesk")
    empty_desk.idle()
    assert empty_desk.window.session.current().path.name == "one.cmdesk"
