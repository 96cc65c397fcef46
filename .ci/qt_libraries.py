"""Prints the Debian packages that Qt needs here and does not find; prints nothing where all is well."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

BASE = ["libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"]
FONT = ["fonts-dejavu-core"]
SCREEN = ["libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0"]
SCREEN += ["libxcb-xkb1", "libxkbcommon-x11-0"]


def loads(platform: str) -> bool:
    """True if Qt's plug-in for `platform` and all libraries behind it can be loaded."""
    spec = find_spec("PySide6")
    folder = Path(next(iter(spec.submodule_search_locations or []))) if spec else Path()
    try:
        ctypes.CDLL(str(folder / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"))
    except OSError:
        return False
    return True


def has_font() -> bool:
    """True if Qt finds a font to draw text with."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    app = QGuiApplication(sys.argv[:1])
    found = bool(QFontDatabase.families())
    app.shutdown()
    return found


def missing() -> list[str]:
    """The packages to install."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError:
        return BASE + FONT
    if not loads("offscreen"):
        return BASE + FONT
    packages = [] if has_font() else list(FONT)
    if os.environ.get("DISPLAY") and not loads("xcb"):
        packages += SCREEN
    return packages


if __name__ == "__main__":
    print(" ".join(missing()))
