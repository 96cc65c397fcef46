"""Numbers in fields, as people type them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def shown(value: object) -> str:
    """A number in the user's notation; a text as it is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.12g}".replace(".", QLocale().decimalPoint())
    return "" if value is None else str(value)


def read(text: str) -> float | int | str:
    """A number as people type it, with point or comma; the text itself where it is none, so that it is named as such."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return text.strip()
    return int(number) if number.is_integer() and abs(number) < 1e12 else number
