"""A window on a small invented community: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk import pluginhost
from cmdesk.core.community import Community
from cmdesk.pluginhost import Host
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.shell import MainWindow

SLACK = Path(__file__).parents[2] / "resources" / "samples" / "slack" / "houstondatavis-slack-export.zip"


@pytest.fixture(scope="session")
def plugins() -> Host:
    return pluginhost.load(folders=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, plugins: Host) -> Path:
    """A simulated community with goals and one assessment."""
    from cmdesk.core import assessments, goal_model, goals, groups, importing
    from cmdesk.simulation import CircleSizes, circles, write_slack

    folder = tmp_path_factory.mktemp("made")
    write_slack(circles(5, CircleSizes(people=90, departments=4, circles=5, days=400)), folder / "export.zip")
    path = folder / "made.cmdesk"
    with Community.create(path, "Bread & Butter") as community:
        community.set_setting("show_names", True)
        importing.run(community, [folder / "export.zip"])
        with community.reading() as connection:
            rows = groups.rows(connection)
        for row in rows[:8]:
            goals.set(community, row.id, "inform" if row.parent is None else "collaborate", 4)
        assessments.run(community, plugins, model=goal_model.shipped())
    return path


class Driver:
    """Uses the window as a person does, and waits for what runs."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.failures: list[str] = []
        window.reporter.told.connect(lambda failure: self.failures.append(f"{failure.kind}: {failure.message} {failure.report}"))

    def idle(self, seconds: float = 60) -> None:
        """Until nothing runs any more."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.window.session.jobs.running(), timeout=int(seconds * 1000))
        QApplication.processEvents()

    def go(self, page: str, what: object = None) -> object:
        self.window.show_page(page, what)
        self.idle()
        return self.window.pages.page()


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture
def empty_desk(app: QApplication, qtbot: QtBot, plugins: Host, tmp_path: Path) -> Iterator[Driver]:
    """A window without a community."""
    desk = Desk()
    desk.remember("folder", str(tmp_path))
    window = MainWindow(lambda: plugins, desk)
    driver = Driver(qtbot, window)
    window.show()
    driver.idle()
    yield driver
    _close(qtbot, window)


@pytest.fixture
def desk(empty_desk: Driver, made: Path, tmp_path: Path) -> Driver:
    """A window on a copy of the made community."""
    path = tmp_path / "made.cmdesk"
    shutil.copyfile(made, path)
    empty_desk.window.tasks.open_path(path)
    empty_desk.idle()
    return empty_desk


def _close(qtbot: QtBot, window: MainWindow) -> None:
    window.session.jobs.stop(20)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents()
    QApplication.processEvents()


@pytest.fixture
def answer_save(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """The file dialogs answer with a path."""
    from PySide6.QtWidgets import QFileDialog

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_args, **_more: (str(path), "")))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_args, **_more: (str(path), "")))

    return answer
