"""Where a message stands on the web."""

from __future__ import annotations


def link(key: str, address: str) -> str:
    """The page of a message: `address` is that of the network, such as https://www.yammer.com/example.org."""
    return f"{address.rstrip('/')}/messages/{key}" if address and key.isdigit() else ""
