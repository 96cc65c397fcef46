"""The one function that reads a time, in whatever form a platform writes it, and never guesses where it cannot know.

Seen in real exports: seconds, ms, µs and ns since 1970 as number or text, ISO with Z, offset or none and 1–9 digits, RFC 2822, SQL, Yammer,
day/month and month/day, month names in English, Dutch, German, French, Spanish, Italian, Portuguese, Polish and Russian, dates in Japanese, Chinese and Korean, Excel serials, Windows file times.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import mktime_tz, parsedate_tz

import msgspec

from cmdesk.core.text import N_

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - all arithmetic here is on UTC or on a wall clock
_EPOCH_UTC = _EPOCH.replace(tzinfo=UTC)
_SECOND, _DAY = 1_000_000, 86_400_000_000
_FARTHEST, _STEP = 14 * 3600 * _SECOND, 900 * _SECOND  # zones stand up to so far from UTC, in such steps
_FROM = 631_152_000 * _SECOND  # 1990: no community on a computer is older
_UNITS = {"s": Decimal(1_000_000), "ms": Decimal(1_000), "us": Decimal(1), "ns": Decimal("0.001"), "filetime": Decimal("0.1")}
_FILETIME = -11_644_473_600 * _SECOND  # 1601
_EXCEL = {"excel": datetime(1899, 12, 30), "excel1904": datetime(1904, 1, 1)}  # noqa: DTZ001
_YEARS = range(1900, 2201)
_FIRST, _LAST = (int((datetime(year, 1, 1) - _EPOCH).total_seconds()) * _SECOND for year in (1900, 2201))  # noqa: DTZ001
_MAIL_ZONES = {"UT", "UTC", "GMT", "Z", "AST", "ADT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"}
HINTS = ("", *_UNITS, *_EXCEL, "dmy", "mdy")

_SLACK = re.compile(r"[0-9]{9,10}\.[0-9]{6}")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?")
_AT = r"(?:at\s+|om\s+|um\s+|à\s+|a\s+las\s+|kl(?:o|\.)?\s+)?"  # what stands between a date and its time
_CLOCK = r"(?P<hour>\d{1,2})[:.hH](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?\s*(?P<half>[aApP]\.?\s?[mM]\.?)?"
_ZONE = r"\s*(?P<zone>Z|z|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|UTC|GMT)?(?:\s*\([A-Za-z ]+\))?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[T,\s]+{_AT}{_CLOCK}(?:\s+Uhr|\s+uur)?{_ZONE})?", re.ASCII)
_YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<by>[-/.])(?P<two>\d{{1,2}})(?P=by)(?P<year>\d{{4}}|\d\d)(?:[T,\s]+{_AT}{_CLOCK}(?:\s+Uhr|\s+uur)?{_ZONE})?", re.ASCII
)
_WORDS = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?[\s-]+(?:of\s+|de\s+)?(?P<name>[^\W\d]+)|(?P<name2>[^\W\d]+)\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"[.,]?[\s-]+(?:de[l]?\s+)?(?P<year>\d{{4}}|\d\d)(?:[,\s]+{_AT}{_CLOCK}(?:\s+Uhr|\s+uur)?{_ZONE})?",
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari januar jänner janv janvier ene enero gennaio janeiro stycznia sty января", "feb february februari februar févr fév février fevrier febrero febbraio fevereiro lutego lut февраля",
            "mar mrt mär march maart märz maerz mars marzo março marca марта", "apr april avr avril abr abril aprile kwietnia kwi апреля", "may mei mai mayo maggio mag maio maja maj мая", "jun june juni juin junio giugno giu junho czerwca cze июня",
            "jul july juli juil juillet julio luglio lug julho lipca lip июля", "aug august augustus août aout ago agosto sierpnia sie augusti августа",
            "sep sept september septembre septiembre setiembre settembre set setembro września wrz сентября", "oct okt october oktober octobre octubre ottobre ott outubro out października paź октября",
            "nov november novembre noviembre novembro listopada lis ноября", "dec dez december dezember déc décembre decembre dic diciembre dicembre dezembro grudnia gru декабря",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


_EASTERN = str.maketrans({"年": "-", "月": "-", "日": " ", "時": ":", "时": ":", "分": ":", "秒": " ", "년": "-", "월": "-", "일": " ", "시": ":", "분": ":", "초": " "})
"""The signs behind the numbers of a date in Japanese, Chinese and Korean."""


class When(msgspec.Struct, frozen=True, gc=False):
    """A time: `at` in µs since 1970 UTC; `local` marks a wall clock whose zone nobody tells. `at` None: `why` says what is wrong."""

    at: int | None
    local: bool = False
    why: str = ""


_NONE = When(None, why=N_("the time is 0, which stands for none"))


def parse_when(value: object, hint: str = "") -> When:
    """The time that `value` (text, number or None) states. `hint` says what its column holds: "s", "ms", "us", "ns", "filetime", "excel",
    "excel1904", "dmy" or "mdy"; "" finds the unit by the only plausible range and refuses an unclear order of day and month. Never raises."""
    try:
        found = When(at) if type(value) is str and (at := _instant(value)) is not None else _read(value, hint)
    except (ValueError, OverflowError, OSError, ArithmeticError, IndexError, TypeError):
        return When(None, why=N_("the time is impossible"))
    if found.at is not None and -_FARTHEST <= found.at <= _FARTHEST and not found.at % _STEP:  # 0 as the clock of some zone shows it
        return _NONE
    return found


def _read(value: object, hint: str) -> When:
    if isinstance(value, str):
        return _text(value, hint)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return When(None, why=N_("there is no time"))
    if isinstance(value, float) and not math.isfinite(value):
        return When(None, why=N_("the time is no finite number"))
    return _number(Decimal(value), hint)


def guess_hint(values: Iterable[object]) -> str:
    """The hint for a column: the unit in which most of its numbers lie between 1990 and tomorrow, or the order of day and month that at
    least one date proves and none disproves; "" if nothing can be told."""
    found: dict[str, int] = {}
    numbers = 0
    for value in values:
        written = str(value).strip()
        if _NUMBER.fullmatch(written):
            numbers += 1
            hint = _unit(Decimal(written)) or ("excel" if 32_874 <= float(written) <= 73_050 else "")
            found[hint] = found.get(hint, 0) + 1
        elif match := _YEAR_LAST.fullmatch(written):
            order = "dmy" if int(match["one"]) > 12 else "mdy" if int(match["two"]) > 12 else ""
            found[order] = found.get(order, 0) + 1
    if "dmy" in found or "mdy" in found:
        return "" if "dmy" in found and "mdy" in found else "dmy" if "dmy" in found else "mdy"
    best = max(found, key=lambda hint: found[hint], default="")
    return best if numbers and found[best] * 2 > numbers else ""


def _instant(value: str) -> int | None:
    """µs of an ISO instant in UTC, the form that most platforms write; None for every other form, and for what the calendar does not know."""
    if value[10:11] != "T" or not (value[-1] == "Z" or value.endswith("+00:00")) or not value.isascii():
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    since = found - _EPOCH_UTC
    return (since.days * 86_400 + since.seconds) * _SECOND + since.microseconds if found.year in _YEARS else None


def _text(value: str, hint: str) -> When:
    if _SLACK.fullmatch(value) and hint in ("", "s"):
        return _plausible(int(value[:-7]) * _SECOND + int(value[-6:]), said=bool(hint))
    written = " ".join(value.replace("\u200e", "").replace("\u200f", "").split())
    if not written:
        return When(None, why=N_("there is no time"))
    if not written.isascii():
        written = "".join(str(int(c)) if c.isdecimal() else c for c in written)
        if "年" in written or "년" in written:
            written = " ".join(written.translate(_EASTERN).split()).replace("- ", "-").replace(": ", ":").rstrip(":")
    if _NUMBER.fullmatch(written):
        try:
            return _number(Decimal(written), hint)
        except InvalidOperation:
            return When(None, why=N_("the time is impossible"))
    if match := _YEAR_FIRST.fullmatch(written):
        return _moment(match, int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _YEAR_LAST.fullmatch(written):
        return _ordered(match, hint)
    if match := _WORDS.fullmatch(written):
        month = _MONTHS.get((match["name"] or match["name2"]).lower())
        if month:
            return _moment(match, int(match["year"]), month, int(match["day"] or match["day2"]))
    return _mail(written)


def _number(value: Decimal, hint: str) -> When:
    if hint in _EXCEL:
        if not 1 <= value < 2_958_466:
            return When(None, why=N_("the number is no Excel date"))
        days = (_EXCEL[hint] - _EPOCH).days
        return When(days * _DAY + int((value * _DAY).to_integral_value()), local=True)
    unit = hint if hint in _UNITS else _unit(value)
    if not unit:
        return When(None, why=N_("no unit makes this number a time between 1990 and now"))
    return _plausible(_micros(value, unit), said=hint in _UNITS)


def _unit(value: Decimal) -> str:
    """The unit in which `value` lies between 1990 and the day after tomorrow; the ranges do not meet."""
    if not Decimal(10) ** 8 < value < Decimal(10) ** 19:
        return ""
    until = time.time_ns() // 1_000 + 2 * _DAY
    return next((unit for unit in _UNITS if _FROM <= _micros(value, unit) <= until), "")


def _micros(value: Decimal, unit: str) -> int:
    return int((value * _UNITS[unit]).to_integral_value()) + (_FILETIME if unit == "filetime" else 0)


def _plausible(at: int, *, said: bool) -> When:
    if at == 0:
        return _NONE
    if not said and at < _FROM:
        return When(None, why=N_("no unit makes this number a time between 1990 and now"))
    if not _FIRST <= at < _LAST:
        return When(None, why=N_("the time is out of range"))
    return When(at)


def _ordered(match: re.Match[str], hint: str) -> When:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    order = hint if hint in ("dmy", "mdy") else "dmy" if match["by"] == "." or one > 12 or one == two else "mdy" if two > 12 else ""
    if not order:
        return When(None, why=N_("it is unclear which number is the day and which the month"))
    day, month = (one, two) if order == "dmy" else (two, one)
    return _moment(match, year, month, day)


def _moment(match: re.Match[str], year: int, month: int, day: int) -> When:
    """The moment of a date and the clock that `match` holds; a two-digit year is of 1970–2069."""
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if year not in _YEARS:
        return When(None, why=N_("the year is out of range"))
    midnight = (datetime(year, month, day) - _EPOCH).days * _DAY  # noqa: DTZ001
    if match["hour"] is None:
        return When(midnight, local=True)
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return When(None, why=N_("the time is impossible"))
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return When(None, why=N_("the time is impossible"))
    part = int((match["part"] or "0").ljust(6, "0")[:6])
    at = midnight + (hour * 3600 + minute * 60 + second) * _SECOND + part
    zone = match["zone"]
    if not zone or zone == "-00:00" or zone == "-0000":
        return When(at, local=True)
    return _shifted(at, zone)


def _shifted(at: int, zone: str) -> When:
    if zone in ("Z", "z", "UTC", "GMT"):
        return When(at)
    zone = zone.removeprefix("UTC").removeprefix("GMT")
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 15 or minutes > 59:
        return When(None, why=N_("the zone is impossible"))
    offset = (hours * 60 + minutes) * 60 * _SECOND
    return When(at - offset if zone[0] == "+" else at + offset)


def _mail(written: str) -> When:
    """RFC 2822, with the broken zones of real mail: one that says nothing leaves a wall clock."""
    found = None if re.search(r"[A-Za-z][+-]\d", written) else parsedate_tz(written)
    if found is None or not re.search(r"\d{1,2}:\d\d", written):
        return When(None, why=N_("this is no time"))
    year = found[0]
    if year not in _YEARS:
        return When(None, why=N_("the year is out of range"))
    datetime(*found[:6])  # noqa: DTZ001 - raises for 99 Jan 99:99
    if abs(found[9] or 0) > 16 * 3600:
        return When(None, why=N_("the zone is impossible"))
    zone = written.partition("(")[0].split()[-1].upper()
    told = zone in _MAIL_ZONES or (zone != "-0000" and re.fullmatch(r"[+-]\d{4}", zone) is not None)
    return When(mktime_tz(found if told else (*found[:9], 0)) * _SECOND, local=not told)
