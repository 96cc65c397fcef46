"""Times as cmdesk keeps them: integer microseconds since 1970 UTC; days as a zone sees them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = 253_402_300_799_999_999  # the last µs of the year 9999
_LEEWAY = 2 * 86_400_000_000  # zones, and clocks that are a little fast


def now() -> int:
    """This moment in µs UTC."""
    return time.time_ns() // 1_000


def latest() -> int:
    """The last moment in µs UTC at which something can have happened already."""
    return now() + _LEEWAY


def moment(at: int) -> datetime:
    """`at` as an aware datetime in UTC; out-of-range values come back as the nearest that can be said."""
    try:
        return _EPOCH + timedelta(microseconds=at)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if at > 0 else datetime.min.replace(tzinfo=UTC)


def iso(at: int | None) -> str | None:
    """`at` as ISO text in UTC to the second, None stays None."""
    return None if at is None else moment(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(at: int, zone: str) -> date:
    """The local day of `at` in `zone`."""
    return moment(at).astimezone(ZoneInfo(zone)).date()


def end_of_day(of: date, zone: str) -> int:
    """The last microsecond of the day `of` in `zone`."""
    following = datetime(of.year, of.month, of.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)
    return (following - _EPOCH) // timedelta(microseconds=1) - 1
