"""A page that somebody else's plugin draws: what it does wrong is told once, as its failure, and nothing else stops."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core.contributions import View
from cmdesk.ui.pages.view_page import ViewPage
from tests.ui.conftest import Driver

BROKEN = """
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

class Broken(QWidget):
    def __init__(self, context):
        super().__init__()
        self.frames = 0

    def paintEvent(self, event):
        self.frames += 1
        painter = QPainter(self)
        painter.drawText(10, 20, "half")
        raise ValueError("Wilhelmina Canary")
"""


@pytest.fixture(params=["file", "package"])
def broken(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[View]:
    """A view of a plugin that is one file, or a package, and that raises whenever it is painted."""
    name = f"third_party_{request.param}"
    if request.param == "file":
        (tmp_path / f"{name}.py").write_text(BROKEN)
        widget = f"{name}:Broken"
    else:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        (tmp_path / name / "view.py").write_text(BROKEN)
        widget = f"{name}.view:Broken"
    monkeypatch.syspath_prepend(tmp_path)
    yield View(name="third.broken", title="Broken", icon="view", widget=widget)
    for known in [each for each in sys.modules if each.startswith(name)]:
        del sys.modules[known]


def test_a_view_that_raises_in_paint_is_told_once_and_named(desk: Driver, broken: View) -> None:
    window = desk.window
    page = ViewPage(window.session, window.pages.page().desk, broken)
    window.reporter.install()
    try:
        page.resize(400, 300)
        page.show()
        for _frame in range(5):
            page.widget.update()
            desk.qtbot.wait(20)
        desk.qtbot.waitUntil(lambda: bool(desk.failures))
        assert page.widget.frames >= 5 and len(desk.failures) == 1
        assert desk.failures[0].startswith("plugin: The plugin third failed.") and "Wilhelmina" not in desk.failures[0]
        page.hide()
        desk.go("members")
        assert len(desk.failures) == 1
    finally:
        window.reporter.remove()
        page.deleteLater()
