"""Mails built by hand, and archives read by the importer with their ledger checked."""

from __future__ import annotations

from cmdesk.plugins.mailbox import plugin
from tests.plugins.stating import Stated

LINE = "From ann@example.org Thu Mar  7 10:00:00 2024\n"


def mail(
    number: int, body: str = "Hello", *, sender: str = "Ann <ann@example.org>", line: str = LINE, date: str = "", key: str = "", **more: str
) -> bytes:
    """A mail of an mbox; `more` are header fields, "_" for "-"."""
    fields = {"From": sender, "Date": date or f"Thu, 07 Mar 2024 10:{number % 60:02}:00 +0100", "Message-ID": key or f"<m{number}@example.org>"}
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value != "-")
    return f"{line}{head}\n{body}\n\n".encode("utf-8", "surrogateescape")


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()
