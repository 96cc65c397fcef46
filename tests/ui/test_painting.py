"""Drawing without a window."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASK = "from cmdesk.ui import painting; from PySide6.QtGui import QGuiApplication; painting.application(); print(type(QGuiApplication.instance()).__name__)"


@pytest.mark.parametrize(("before", "kind"), [("", "QGuiApplication"), ("import PySide6.QtWidgets; ", "QApplication")])
def test_whoever_draws_first_leaves_an_application_that_widgets_can_live_in(before: str, kind: str) -> None:
    """Where widgets are loaded; without them a picture needs none."""
    done = subprocess.run([sys.executable, "-c", before + _ASK], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == kind
