"""Words for goals, dates and numbers, in the user's language and locale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QDate, QLocale

from cmdesk.core.goal_model import GOALS, TITLES
from cmdesk.core.text import _


class GoalWords(NamedTuple):
    """A goal as a title, an example in one line, and what it asks of a community's structure."""

    title: str
    example: str
    asks: str


def use_locale(language: str = "") -> None:
    """Numbers and dates as in `language` ("" as the system): a system without a locale of its own gets English."""
    locale = QLocale.system()
    if language and QLocale(language).language() != locale.language():
        locale = QLocale(language)
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    QLocale.setDefault(locale)


def goal(name: str) -> GoalWords:
    """The words for goal `name`; an unknown goal is called by its name."""
    texts = {
        "inform": GoalWords(
            _(TITLES["inform"]), _("Everybody hears what changes in the travel policy."),
            _("Many people, a loose network, named authors with a visible role. Trust between readers is not needed."),
        ),
        "find": GoalWords(
            _(TITLES["find"]), _("“Who has done a tender in Spain?” is answered within a day."),
            _("Many people; the expertise and role of authors can be seen; content is fresh; questions are answered."),
        ),
        "connect": GoalWords(
            _(TITLES["connect"]), _("New colleagues get to know people outside their team."),
            _("Most people have a few two-way contacts, newcomers are welcomed, hardly anybody stands alone."),
        ),
        "share_across": GoalWords(
            _(TITLES["share_across"]), _("What Sales learns reaches Engineering without a detour."),
            _("Ties that cross departments, several between each pair of them, in shared conversations."),
        ),
        "inspire": GoalWords(
            _(TITLES["inspire"]), _("A good story from one shop is copied in ten others."),
            _("Recognition by many, many voices, stories that travel through linked circles, leaders who take part."),
        ),
        "collaborate": GoalWords(
            _(TITLES["collaborate"]), _("A working group of eight writes the new handbook together."),
            _("Three to twelve people with dense, balanced, steady exchange and a few contacts outside."),
        ),
        "solve": GoalWords(
            _(TITLES["solve"]), _("A handful of specialists cracks a fault that nobody could explain."),
            _("A small circle with high trust, in each other's competence above all, and varied expertise."),
        ),
        "innovate": GoalWords(
            _(TITLES["innovate"]), _("People from several fields turn an idea into something that is tried."),
            _("A trusted core with varied backgrounds and contacts far outside; ideas that are followed up."),
        ),
    }  # fmt: skip
    return texts.get(name) or GoalWords(name, "", "")


def goals() -> tuple[str, ...]:
    """The names of the eight goals, in their order."""
    return GOALS


def importance(level: int) -> str:
    """Importance 1–5 in words."""
    return {1: _("a little"), 2: _("somewhat"), 3: _("important"), 4: _("very important"), 5: _("the main goal")}.get(level, str(level))


def count(number: int | None) -> str:
    """A whole number in the user's locale, "" for none."""
    return "" if number is None else QLocale().toString(number)


def decimal(value: float | None, places: int = 2) -> str:
    """A number with `places` decimals, "–" for none."""
    return "–" if value is None else QLocale().toString(float(value), "f", places)


def percent(value: float | None) -> str:
    """A share 0–1 as a percentage, "–" for none."""
    return "–" if value is None else f"{QLocale().toString(round(value * 100))} %"


def day(moment: int | None, zone: str = "UTC") -> str:
    """Microseconds UTC as a date in `zone`, "" for none."""
    if moment is None:
        return ""
    return as_day(_local(moment, zone).date())


def minute(moment: int | None, zone: str = "UTC") -> str:
    """Microseconds UTC as date and time in `zone`."""
    if moment is None:
        return ""
    local = _local(moment, zone)
    return f"{as_day(local.date())} {local:%H:%M}"


def as_day(value: date | str) -> str:
    """A date (or an ISO date) in the user's locale."""
    try:
        on = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return QLocale().toString(QDate(on.year, on.month, on.day), "d MMM yyyy")


def _local(moment: int, zone: str) -> datetime:
    try:
        return datetime.fromtimestamp(moment / 1_000_000, UTC).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def value(number: float | None, unit: str) -> str:
    """A metric's value with its unit."""
    if number is None:
        return "–"
    if unit == "share":
        return percent(number)
    places = 0 if abs(number) >= 100 or (unit in ("persons", "people") and number == int(number)) else 1 if abs(number) >= 10 else 2
    text = decimal(number, places)
    return text if unit in ("", "0–1", "0-1", "ratio", "n", "-1..1", "−1..1", "-1 to 1") else f"{text} {_(unit)}"
