"""Colours of pictures: theme tokens in light and dark, the same as the window's, and twelve for departments.

A colour is "", "#rrggbb", "#rrggbbaa", or a token, which may carry its cover in percent: "accent/20".
"""

from __future__ import annotations

LIGHT = {
    "window": "#f5f6f4", "surface": "#ffffff", "line": "#dde1e0", "edge": "#8a9499", "text": "#1b2428", "muted": "#566269",
    "accent": "#1f5d86", "on_accent": "#ffffff", "fits": "#0b6f6a", "partly": "#8f6200", "not_yet": "#b03a18", "no_verdict": "#626c73",
    "fits_back": "#dff0ec", "partly_back": "#fbf0d7", "not_yet_back": "#fbe6df", "no_verdict_back": "#eef1f3",
    "unit1": "#2f6f9f", "unit2": "#c8741b", "unit3": "#3f8f5b", "unit4": "#a8476b", "unit5": "#6a5fa8", "unit6": "#8a7a1f",
    "unit7": "#1f8a93", "unit8": "#b4533c", "unit9": "#5c7f2b", "unit10": "#8b5a9b", "unit11": "#4a6a8a", "unit12": "#9a6a4f",
    "unit0": "#7b868c",
}  # fmt: skip
"""Tokens on paper and in a light window; unit0 is "other or not known"."""

DARK = {
    "window": "#15191c", "surface": "#1d2226", "line": "#323a40", "edge": "#76828a", "text": "#e8ecee", "muted": "#a3afb6",
    "accent": "#86bfe6", "on_accent": "#0e1d28", "fits": "#54c3b6", "partly": "#e3b04b", "not_yet": "#f0865f", "no_verdict": "#9aa6ad",
    "fits_back": "#173530", "partly_back": "#3a2f14", "not_yet_back": "#42221a", "no_verdict_back": "#262d32",
    "unit1": "#7db6e2", "unit2": "#eda656", "unit3": "#7fcb98", "unit4": "#e48bab", "unit5": "#aaa0e6", "unit6": "#cdbd5c",
    "unit7": "#66c8d0", "unit8": "#ee9379", "unit9": "#a4c96c", "unit10": "#c798d6", "unit11": "#93b2d1", "unit12": "#d6a58a",
    "unit0": "#98a3a9",
}  # fmt: skip

UNITS = 12
"""How many departments have a colour of their own; the eye cannot tell more apart."""


def unit(rank: int) -> str:
    """The token of the department with that rank by size (0 is the largest); unit0 for the thirteenth and later, and for −1."""
    return f"unit{rank + 1}" if 0 <= rank < UNITS else "unit0"


def resolve(colour: str, dark: bool = False) -> str:
    """A colour as "#rrggbb" or "#rrggbbaa"; "" stays "" (nothing is drawn). An unknown token raises KeyError."""
    if not colour or colour.startswith("#"):
        return colour
    name, _slash, cover = colour.partition("/")
    value = (DARK if dark else LIGHT)[name]
    return value + f"{round(int(cover) * 2.55):02x}" if cover else value
