"""How cells look, by name. A style is its parts joined by "+": "number", "fits", "head", "wrap+muted" …"""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_FORMATS = {
    "number": "0.000", "share": "0 %", "whole": "#,##0", "score": "0.00", "exact": "0.000000", "tenth": "0.0", "when": "yyyy-mm-dd hh:mm", "day": "yyyy-mm-dd",
}  # fmt: skip
_INK = {
    "fits": "0B6F6A", "partly": "8F6200", "not_yet": "B03A18", "no_verdict": "626C73", "muted": "566269", "faint": "8A9499", "notice": "8F6200",
    "accent": "1F5D86",
}  # fmt: skip
_BACK = {
    "fits": "DFF0EC", "partly": "FBF0D7", "not_yet": "FBE6DF", "no_verdict": "EEF1F3", "head": "E6EBEE", "band": "F5F6F4", "notice": "FBF0D7",
}  # fmt: skip
_SIZES = {"title": 16.0, "subtitle": 12.0}
_BOLD = {"title", "subtitle", "head", "bold", "fits", "partly", "not_yet", "no_verdict", "notice"}
_MIDDLE = {"middle", "head", "fits", "partly", "not_yet", "no_verdict", "notice", "title"}
_CENTRED = {"fits", "partly", "not_yet", "no_verdict", "centre"}


def colours(name: str) -> tuple[str, str]:
    """Ink and back of a verdict, as ARGB."""
    return "FF" + _INK[name], "FF" + _BACK[name]


def dress(cell: Any, name: str) -> None:
    """Give `cell` the look of that name; the workbook keeps each look once."""
    parts = name.split("+")
    cell.font = Font(
        name="Calibri", size=next((_SIZES[part] for part in parts if part in _SIZES), 11.0), bold=any(part in _BOLD for part in parts),
        color=next(("FF" + _INK[part] for part in parts if part in _INK), "FF1B2428"),
    )  # fmt: skip
    back = next((_BACK[part] for part in parts if part in _BACK), "")
    if back:
        cell.fill = PatternFill("solid", fgColor="FF" + back)
    line = Side(style="thin", color="FFDDE1E0")
    if "head" in parts:
        cell.border = Border(bottom=Side(style="medium", color="FF8A9499"))
    elif "line" in parts:
        cell.border = Border(bottom=line)
    cell.number_format = next((_FORMATS[part] for part in parts if part in _FORMATS), "General")
    numeric = any(part in _FORMATS for part in parts)
    cell.alignment = Alignment(
        horizontal="center" if any(part in _CENTRED for part in parts) else "right" if numeric and "head" in parts else
        "left" if "indent" in parts else None,
        vertical="center" if _MIDDLE & set(parts) else "top", wrap_text="wrap" in parts or "head" in parts, indent=1 if "indent" in parts else 0,
    )  # fmt: skip
    cell.quotePrefix = "quoted" in parts
