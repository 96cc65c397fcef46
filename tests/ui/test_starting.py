"""What happens on the way to the first picture, and what waits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_what_has_no_qt_is_imported_before_qt() -> None:
    """PySide6 reads the source of each module that is imported after it, which takes longer than importing them."""
    code = (
        "import sys, cmdesk.ui.window; names = list(sys.modules); "
        "print(*[name for name in names[names.index('PySide6'):] if name.startswith(('cmdesk.core', 'msgspec'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_first_page_needs_no_plugin() -> None:
    code = (
        "import sys\nfrom cmdesk.ui import theme\nfrom cmdesk.ui.shell import MainWindow\napp = theme.application()\n"
        "def load():\n    raise SystemExit('plugins were loaded')\n"
        "window = MainWindow(load)\nwindow.show()\napp.processEvents()\n"
        "assert window.pages.page() is not None\nprint([name for name in sys.modules if name.startswith(('cmdesk.plugins', 'numpy', 'openpyxl'))])\n"
        "window.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_overview_of_an_assessed_community_needs_neither_plugin_nor_numpy(made: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom cmdesk.core.community import Opening\nbegun = Opening(Path(sys.argv[1]))\n"
        "from cmdesk.ui import theme\nfrom cmdesk.ui.shell import MainWindow\napp = theme.application()\n"
        "def load():\n    raise SystemExit('plugins were loaded')\n"
        "window = MainWindow(load)\nwindow.tasks.open_path(begun)\nwindow.show()\n"
        "while window.session.community is None:\n    app.processEvents()\n"
        "app.processEvents()\nwindow.grab()\n"
        "print(window.pages.name, [name for name in sys.modules if name.startswith(('cmdesk.plugins', 'numpy', 'openpyxl'))])\n"
        "window.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "overview []"), done.stderr


def test_a_first_window_fits_on_its_screen() -> None:
    """A laptop at 200 % has fewer points than the window is wide elsewhere; the offscreen screen of Qt has 800 × 800."""
    code = (
        "from cmdesk.ui import theme\nfrom cmdesk.ui.shell import MainWindow\napp = theme.application()\n"
        "window = MainWindow(lambda: None)\nwindow.show()\nroom = window.screen().availableSize()\n"
        "print(window.width() <= room.width(), window.height() <= room.height())\nwindow.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "True True"), done.stderr
