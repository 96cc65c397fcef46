"""Which of the one-byte alphabets of Windows a text in Latin letters is written in. Each byte means a letter in all of them, so that only the language
tells: the letters beyond a–z must be those of one language."""

from __future__ import annotations

import re

_WEST = ("äöüß", "áàâäçéèêëíìîïóòôöúùûüñ", "åäöéü", "æøåéòôó", "áðéíóúýþæö", "áâãàçéêíóôõúü", "àâæçéèêëîïôœùûüÿ")
_OTHERS = {"cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"), "cp1254": ("çğıiöşüâîû̇",)}
_PART_OF_WORDS = "’‘–·"
_INSIDE = re.compile(r"(?<=[^\W\d_])(?:[¹²³]|[^\x00-\x7f\w\s])(?=[^\W\d_])|(?<=[^\W\d_])[¿¡]|[£¥](?=[^\W\d_])")
"""A sign between two letters, ¿ behind one, £ before one: no language of the West puts them there, and in another alphabet they are letters."""


def latin(sample: bytes) -> str:
    """"cp1252", unless the letters of the text are no single language's of the West and are one's of Central Europe or Turkish in another alphabet."""
    text = sample.decode("cp1252", "replace")
    odd = {sign for sign in _INSIDE.findall(text) if sign not in _PART_OF_WORDS}
    if not odd and any(_beyond(text) <= set(letters) for letters in _WEST):
        return "cp1252"
    for encoding, languages in _OTHERS.items():
        other = sample.decode(encoding, "replace")
        signs = {sign for sign in _INSIDE.findall(other) if sign not in _PART_OF_WORDS}
        if not signs and any(_beyond(other) <= set(letters) for letters in languages):
            return encoding
    return "cp1252"


def _beyond(text: str) -> set[str]:
    return {letter for letter in set(text.casefold()) if letter > "\x7f" and letter.isalpha() and letter not in "ªº"}
