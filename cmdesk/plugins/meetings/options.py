"""What the user may say about a list of who took part."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`event`: the name of the meeting, where neither the list nor its file tells it. `group`: the group that met. `registered`: who only registered
    took part too. `source`: the name under which facts are kept. `date_order`: dmy, mdy or ymd. `zone`: the IANA name of the time zone whose clock
    wrote times that name none."""

    event: str = ""
    group: str = ""
    registered: bool = False
    source: str = "meetings"
    date_order: str = ""
    zone: str = ""
