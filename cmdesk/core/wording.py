"""Numbers and findings of a report in words, for files: they do not hang on the machine's locale, only on the language in use."""

from __future__ import annotations

from cmdesk.core import text
from cmdesk.core.contributions import Score
from cmdesk.core.goal_model import Band
from cmdesk.core.text import _

USUAL = "half_life=90"
"""The setting of the sensitivity runs that every other one is held against."""
_BARE = ("", "share", "0–1", "0-1", "ratio", "n", "-1..1", "−1..1", "-1 to 1")
_POINT = ("en", "zh", "ja", "ko", "th", "he")


def decimal(value: float | None, places: int = 2) -> str:
    """A number with `places` decimals, "–" for none."""
    return "–" if value is None else _marks(f"{value:,.{places}f}")


def short(value: float) -> str:
    """A number with three digits, without zeros at its end."""
    return _marks(f"{value:.3g}")


def count(value: int | None) -> str:
    """A whole number, "–" for none."""
    return "–" if value is None else _marks(f"{value:,}")


def percent(value: float | None) -> str:
    """A share 0–1 in per cent, "–" for none."""
    return "–" if value is None else f"{round(value * 100)}\N{NO-BREAK SPACE}%"


def value(number: float | None, unit: str) -> str:
    """A metric's value with its unit."""
    if number is None:
        return "–"
    if unit == "share":
        return percent(number)
    places = 0 if abs(number) >= 100 or (unit in ("persons", "people") and number == int(number)) else 1 if abs(number) >= 10 else 2
    said = decimal(number, places)
    return said if unit in _BARE else f"{said}\N{NO-BREAK SPACE}{_(unit)}"


def interval(low: float | None, high: float | None, unit: str = "") -> str:
    """From low to high, without the unit unless it is %; "" where they are not known or the same."""
    if low is None or high is None or low == high:
        return ""
    unit = unit if unit == "share" else ""
    return _("{low} to {high}").format(low=value(low, unit), high=value(high, unit))


def band(low: float | None, high: float | None, unit: str = "") -> str:
    """A range with one or two edges, without the unit unless it is %; "" without edges."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥\N{NO-BREAK SPACE}{_edge(low, unit)}"
    return f"≤\N{NO-BREAK SPACE}{_edge(high, unit)}" if low is None else _("{low} to {high}").format(low=_edge(low, unit), high=_edge(high, unit))


def ranges(of: Band, unit: str = "") -> tuple[str, str]:
    """The ideal and the acceptable range in words."""
    return band(of.ideal_low, of.ideal_high, unit), band(of.accept_low, of.accept_high, unit)


def _edge(edge: float | None, unit: str) -> str:
    return "" if edge is None else percent(edge) if unit == "share" else _marks(f"{edge:,g}")


def setting(name: str) -> str:
    """A setting of the sensitivity runs, in words."""
    if name == "without_moderators":
        return _("moderators left out")
    days = name.partition("=")[2]
    return _("half-life of trust {days} days").format(days=days) if days else name


def flips(score: Score) -> list[tuple[str, str]]:
    """(setting, verdict) where the point verdict is another one than under the usual setting."""
    usual = next((each.verdict for each in score.sensitivity if each.setting == USUAL), score.verdict)
    return [(each.setting, each.verdict) for each in score.sensitivity if each.verdict != usual]


def _marks(number: str) -> str:
    """Decimal and thousands marks of the language in use."""
    return number if text.language() in _POINT else number.translate(str.maketrans(".,", ",."))
