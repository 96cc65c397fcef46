"""Where a row of a table stands on the web: at its id, where that is an address."""

from __future__ import annotations


def link(key: str, address: str) -> str:
    """The id itself where it is a web address; after the platform's address where that ends in a sign that asks for it ("=" or "/")."""
    if key.startswith(("https://", "http://")):
        return key
    return address + key if address.endswith(("=", "/")) else ""
