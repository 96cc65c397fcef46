"""The look: contrast, verdicts that do not hang on colour, plain text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from cmdesk.ui import theme
from cmdesk.ui.theme import DARK, LIGHT, Tokens

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@LOOKS
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "fits", "partly", "not_yet", "no_verdict", "bad"])
@pytest.mark.parametrize("paper", ["window", "surface", "rail", "hover"])
def test_text_stands_out(look: Tokens, ink: str, paper: str) -> None:
    assert theme.contrast(getattr(look, ink), getattr(look, paper)) >= 4.5


@LOOKS
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "fits", "partly", "not_yet", "no_verdict"])
def test_text_on_a_selected_row_stands_out(look: Tokens, ink: str) -> None:
    assert theme.contrast(getattr(look, ink), look.selected) >= 4.5


@LOOKS
@pytest.mark.parametrize("paper", ["good_back", "warn_back", "bad_back"])
def test_text_on_messages_stands_out(look: Tokens, paper: str) -> None:
    assert theme.contrast(look.text, getattr(look, paper)) >= 4.5
    assert theme.contrast(look.accent, getattr(look, paper)) >= 4.5


@LOOKS
def test_buttons_stand_out(look: Tokens) -> None:
    assert theme.contrast(look.on_accent, look.accent) >= 4.5
    assert theme.contrast(look.on_accent, look.accent_hover) >= 4.5
    assert theme.contrast(look.edge, look.surface) >= 3


def test_verdicts_differ_by_shape_and_word() -> None:
    looks = [theme.verdict(name) for name in ("fits", "partly", "not_yet", "no_verdict")]
    assert [look.shape for look in looks] == ["●", "◐", "○", "–"]
    assert len({look.word for look in looks}) == 4
    assert theme.verdict("something else").token == "no_verdict"


def test_pictures_have_the_windows_colours() -> None:
    from cmdesk.core import palette

    for look, colours in ((LIGHT, palette.LIGHT), (DARK, palette.DARK)):
        mine = look.colours()
        assert {name: value for name, value in colours.items() if name in mine} == {name: mine[name] for name in colours if name in mine}


def test_turning_dark_and_back(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert theme.tokens() is DARK
    assert qapp.palette().window().color().name() == DARK.window
    theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT
    assert LIGHT.accent in qapp.styleSheet()


def test_tokens_with_cover() -> None:
    assert theme.colour("#11223380").alpha() == 0x80
    assert theme.colour("accent").name() == theme.tokens().accent
