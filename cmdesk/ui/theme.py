"""How everything looks: tokens for light and dark, one accent, one grid of 8 px, and the style sheet made from them."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cmdesk.core.text import _
from cmdesk.ui.style_sheet import style_sheet

GRID = 8
"""Every distance is a multiple of this, in pixels at scale 1 (half of it inside a control)."""
ROW = 32
"""Height of a table row."""


@dataclass(frozen=True)
class Tokens:
    """Colours as "#rrggbb". Text on window, surface, selected and hover has a contrast of at least 4.5."""

    dark: bool
    window: str
    surface: str
    rail: str
    hover: str
    selected: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    fits: str
    partly: str
    not_yet: str
    no_verdict: str
    good_back: str
    warn_back: str
    bad_back: str
    bad: str

    def colours(self) -> dict[str, str]:
        """Every token by name, for whoever draws."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, str)}


LIGHT = Tokens(
    dark=False, window="#f5f6f4", surface="#ffffff", rail="#eceeeb", hover="#eef1f3", selected="#e6eff6", line="#dde1e0", edge="#8a9499",
    text="#1b2428", muted="#566269", accent="#1f5d86", accent_hover="#184c6e", on_accent="#ffffff",
    fits="#0b6f6a", partly="#8f6200", not_yet="#b03a18", no_verdict="#626c73",
    good_back="#dff0ec", warn_back="#fbf0d7", bad_back="#fbe6df", bad="#a12d10",
)  # fmt: skip
DARK = Tokens(
    dark=True, window="#15191c", surface="#1d2226", rail="#111518", hover="#262d32", selected="#25394a", line="#323a40", edge="#76828a",
    text="#e8ecee", muted="#a3afb6", accent="#86bfe6", accent_hover="#a3d0f0", on_accent="#0e1d28",
    fits="#54c3b6", partly="#e3b04b", not_yet="#f0865f", no_verdict="#9aa6ad",
    good_back="#173530", warn_back="#3a2f14", bad_back="#42221a", bad="#f59b7c",
)  # fmt: skip


class VerdictLook(NamedTuple):
    """A verdict as colour (token), shape and word, so that it never hangs on colour alone."""

    token: str
    shape: str
    word: str


def verdict(name: str) -> VerdictLook:
    """How the verdict `name` (fits, partly, not_yet, no_verdict) is shown."""
    looks = {
        "fits": VerdictLook("fits", "●", _("Fits")),
        "partly": VerdictLook("partly", "◐", _("Partly")),
        "not_yet": VerdictLook("not_yet", "○", _("Not yet")),
    }
    return looks.get(name, VerdictLook("no_verdict", "–", _("No verdict")))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1–21 (WCAG 2.1)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_now: list[Tokens] = [LIGHT]


def tokens() -> Tokens:
    """The tokens that are in force."""
    return _now[0]


def colour(name: str) -> QColor:
    """A token, or "#rrggbb" and "#rrggbbaa", as a QColor."""
    value = getattr(_now[0], name, name)
    if len(value) == 9:
        shade = QColor(value[:7])
        shade.setAlpha(int(value[7:], 16))
        return shade
    return QColor(value)


def application() -> QApplication:
    """The one application of this process. The style is given here: asking for it later has PySide6 prepare all that a style can be asked."""
    app = QApplication.instance() or QApplication(["cmdesk", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    return app


def apply(app: QApplication, choice: str = "system") -> None:
    """Dress the application: `choice` is system, light or dark. With "system" it follows the desk as it changes."""
    hints = QGuiApplication.styleHints()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
    if not app.property("cmdesk_follows"):
        app.setProperty("cmdesk_follows", True)
        app.setFont(font())
        hints.colorSchemeChanged.connect(lambda: _dress(app))
    app.setProperty("cmdesk_theme", choice)
    hints.setColorScheme(wanted)
    _dress(app)


def turn() -> str:
    """From light to dark and back; gives the choice that this is."""
    choice = "light" if tokens().dark else "dark"
    apply(application(), choice)
    return choice


def _dress(app: QApplication) -> None:
    choice = app.property("cmdesk_theme")
    dark = choice == "dark" or (choice != "light" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    new = DARK if dark else LIGHT
    if app.styleSheet() and new is _now[0]:
        return
    _now[0] = new
    app.setPalette(_palette(new))
    app.setStyleSheet(style_sheet(new.colours()))


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: look.window, QPalette.ColorRole.WindowText: look.text, QPalette.ColorRole.Base: look.surface,
        QPalette.ColorRole.AlternateBase: look.window, QPalette.ColorRole.Text: look.text, QPalette.ColorRole.Button: look.surface,
        QPalette.ColorRole.ButtonText: look.text, QPalette.ColorRole.Highlight: look.accent,
        QPalette.ColorRole.HighlightedText: look.on_accent, QPalette.ColorRole.ToolTipBase: look.surface,
        QPalette.ColorRole.ToolTipText: look.text, QPalette.ColorRole.PlaceholderText: look.muted, QPalette.ColorRole.Link: look.accent,
        QPalette.ColorRole.Accent: look.accent, QPalette.ColorRole.Mid: look.line, QPalette.ColorRole.Dark: look.edge,
        QPalette.ColorRole.Light: look.surface, QPalette.ColorRole.BrightText: look.bad,
    }  # fmt: skip
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.edge))
    return palette


def font(size: int = 13, weight: int = 400) -> QFont:
    """The typeface in `size` pixels: the system's own, or where that is a stop-gap the best that a Linux desk has."""
    face = QFont(QGuiApplication.font())
    if sys.platform.startswith("linux") and face.family() in ("", "Sans", "Sans Serif", "DejaVu Sans", "Helvetica", "Arial"):
        face.setFamilies(["Inter", "Noto Sans", "Open Sans", "Source Sans 3", "Liberation Sans", "DejaVu Sans"])
    face.setPixelSize(size)
    face.setWeight(QFont.Weight(weight))
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def cut(text: str, width: int, face: QFont) -> str:
    """`text` in one line of at most `width` pixels, with … where it was cut."""
    return QFontMetrics(face).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)
