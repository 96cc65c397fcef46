"""Local days, weeks and day borders of a community's time zone, for whole arrays of times at once.

Times are integer microseconds UTC. A local day is a number of days since 1970-01-01; a local ISO week a number of Mondays since
Monday 1969-12-29. The zone's offsets are looked up once per UTC day that occurs and, on days with a change of the clock, to the second.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from cmdesk.core.errors import CmdeskError
from cmdesk.core.snapshot import DAY, Ints
from cmdesk.core.text import _

_SECOND = 1_000_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_DENSE = 100_000  # days of a table; a longer time is sorted instead
_LOWEST, _HIGHEST = -62_135_510_400, 253_402_214_400  # seconds: a day inside the years that datetime knows


class Calendar:
    """The calendar of one IANA time zone; "" is UTC. Raises CmdeskError for a zone that is not known."""

    def __init__(self, zone: str) -> None:
        try:
            self._zone = ZoneInfo(zone or "UTC")
        except (KeyError, ValueError, OSError) as problem:
            raise CmdeskError(
                _("The time zone “{zone}” is not known.").format(zone=zone), _("Choose a zone such as Europe/Amsterdam in the settings.")
            ) from problem

    def offsets(self, at: Ints) -> Ints:
        """Microseconds to add to each UTC time to get the local wall clock."""
        if not len(at):
            return np.zeros(0, np.int64)
        known, place = _distinct(at // DAY)
        first = np.fromiter((self._offset(day * 86_400) for day in known.tolist()), np.int64, len(known))
        last = np.fromiter((self._offset(day * 86_400 + 86_399) for day in known.tolist()), np.int64, len(known))
        result = first[place]
        for k in np.flatnonzero(first != last).tolist():
            change = self._change(int(known[k]) * 86_400, int(first[k]))
            result[(place == k) & (at >= change * _SECOND)] = last[k]
        return result

    def days(self, at: Ints) -> Ints:
        """The local day of each UTC time."""
        return (at + self.offsets(at)) // DAY

    def weeks(self, at: Ints) -> Ints:
        """The local ISO week of each UTC time."""
        return (self.days(at) + 3) // 7

    def utc(self, wall: Ints) -> Ints:
        """UTC times of local wall-clock times (given as if they were UTC). A time that occurs twice is the earlier one, a time that the
        clock skipped is counted on from before the change, as `datetime` does with fold=0."""
        before = self.offsets(wall - DAY)  # a clock changes at most once in two days
        early = wall - before
        after = wall - self.offsets(wall + DAY)
        fits = self.offsets(early) == before
        return np.where(fits | (after + self.offsets(after) != wall), early, after)

    def end_of(self, day: dt.date) -> int:
        """The last microsecond of a local day."""
        return self._midnight(day.toordinal() - _EPOCH_DAY + 1) - 1

    def date(self, at: int) -> dt.date:
        """The local date of a UTC time, within the years 1 to 9999."""
        day = int(self.days(np.array([at], np.int64))[0]) + _EPOCH_DAY
        return dt.date.fromordinal(min(max(day, 1), dt.date.max.toordinal()))

    def _midnight(self, day: int) -> int:
        return int(self.utc(np.array([day * DAY], np.int64))[0])

    def _offset(self, second: int) -> int:
        when = _EPOCH + dt.timedelta(seconds=min(max(second, _LOWEST), _HIGHEST))
        offset = when.astimezone(self._zone).utcoffset()
        return round(offset.total_seconds() * _SECOND) if offset else 0

    def _change(self, start: int, before: int) -> int:
        """The first second of the UTC day `start` whose offset is no longer `before`."""
        low, high = start, start + 86_399
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._offset(middle) == before else (low, middle)
        return high


def _distinct(days: Ints) -> tuple[Ints, Ints]:
    """The days that occur, and the place of each among them."""
    low = int(days.min())
    span = int(days.max()) - low + 1
    if span > _DENSE:
        known, place = np.unique(days, return_inverse=True)
        return known, place
    there = np.zeros(span, np.bool_)
    there[days - low] = True
    return np.flatnonzero(there) + low, (np.cumsum(there) - 1)[days - low]
