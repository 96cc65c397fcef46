"""Times as pages show them: in the order of day and month and in the zone of the machine that exported. Needed only where the ids of messages do
not tell the moment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from cmdesk.api import ImportProblem, _, guess_hint, parse_when

_OFFSET = re.compile(r"(?:UTC|GMT)(?:\s*([+-\u2212])(\d{1,2})(?::?(\d\d))?)?")
ORDERS = ("", "dmy", "mdy")


class Clock:
    """`order` is dmy, mdy or "" (what the times of the page prove), `zone` the IANA name of the zone whose clock wrote them ("": what the page
    says)."""

    def __init__(self, order: str = "", zone: str = "") -> None:
        if order not in ORDERS:
            raise ImportProblem(_("The order of dates cannot be “{order}”.").format(order=order), _("Give dmy or mdy."))
        self._order, self._zone = order, _zone(zone) if zone else None

    def seen(self, shown: Iterable[str], told: str) -> Clock:
        """The clock of one page, by the times that it shows and the zone that it tells ("UTC-5", "" for none)."""
        clock = Clock()
        clock._order = self._order or guess_hint(shown)
        clock._zone = self._zone or offset(told)
        return clock

    def moment(self, *shown: str) -> tuple[int | None, bool, str]:
        """(µs, is the zone unknown?, why there is no time) of the first of some ways to show a time that can be read."""
        why = ""
        for words in shown:
            when = parse_when(words, self._order)
            if when.at is None:
                why = why or when.why
            elif not when.local or self._zone is None:
                return when.at, when.local, ""
            else:
                return _utc(when.at, self._zone), False, ""
        return None, False, why

    def edited(self, shown: str, at: int, written: tuple[str, ...]) -> int | None:
        """When a message was edited, by the clock that showed `at` as `written`; None if that cannot be told."""
        then, local, _why = self.moment(shown)
        if then is None or not local:
            return then
        own, _local, _why = self.moment(*written)
        ahead = None if own is None else round((own - at) / _QUARTER) * _QUARTER
        return then - ahead if ahead is not None and abs(ahead) <= 60 * _QUARTER else None


_QUARTER = 900_000_000  # µs: all zones of the world stand a multiple of this apart


def offset(words: str) -> tzinfo | None:
    """The zone that a page tells, as "UTC-5" or "UTC+5:30"."""
    found = _OFFSET.fullmatch(words.strip())
    if found is None or int(found[2] or 0) > 15:
        return None
    minutes = int(found[2] or 0) * 60 + int(found[3] or 0)
    return timezone(timedelta(minutes=minutes if found[1] in (None, "+") else -minutes))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ImportProblem(
            _("The time zone “{zone}” is not known.").format(zone=name), _("Give a name such as Europe/Amsterdam or UTC.")
        ) from None


def _utc(at: int, zone: tzinfo) -> int:
    """The instant at which a clock of `zone` shows `at` (µs as if UTC); of an hour that comes twice the first one."""
    shown = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=at)
    ahead = shown.replace(tzinfo=zone).utcoffset() or timedelta()
    return at - round(ahead.total_seconds()) * 1_000_000
