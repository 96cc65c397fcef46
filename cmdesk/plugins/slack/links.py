"""Where a message stands in Slack: the workspace's archive, whose address is in no export; the user gives it."""

from __future__ import annotations

import re

_KEY = re.compile(r"([CGD][A-Z0-9]{2,}):(\d+)\.(\d{6})")


def link(key: str, address: str) -> str:
    """The address of the message with this key; "" without the address of the workspace, or where the export tells the channel by name only."""
    found = _KEY.fullmatch(key)
    return f"{address.rstrip('/')}/archives/{found[1]}/p{found[2]}{found[3]}" if found and address else ""
