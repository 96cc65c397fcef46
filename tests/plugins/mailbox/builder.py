"""Mails built by hand, and archives read by the importer with their ledger checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from cmdesk.core.progress import Progress
from cmdesk.core.reading.ledger import Ledger
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Origin, Record
from cmdesk.plugins.mailbox.layout import sniff
from cmdesk.plugins.mailbox.reading import Options, read

R = TypeVar("R", bound=Record)
LINE = "From ann@example.org Thu Mar  7 10:00:00 2024\n"


def mail(
    number: int, body: str = "Hello", *, sender: str = "Ann <ann@example.org>", line: str = LINE, date: str = "", key: str = "", **more: str
) -> bytes:
    """A mail of an mbox; `more` are header fields, "_" for "-"."""
    fields = {"From": sender, "Date": date or f"Thu, 07 Mar 2024 10:{number % 60:02}:00 +0100", "Message-ID": key or f"<m{number}@example.org>"}
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value != "-")
    return f"{line}{head}\n{body}\n\n".encode("utf-8", "surrogateescape")


class Read:
    """What the importer stated about a file or folder."""

    def __init__(self, path: Path, content: bytes = b"", limits: Limits | None = None, **options: Any) -> None:
        if content:
            path.write_bytes(content)
        with Source(path, limits) as source:
            self.confidence = sniff(source)
            self.records = list(read(source, Options(**options), Progress()))
            self.ledger: Ledger = source.ledger
        assert isinstance(self.records[0], Origin)
        assert self.ledger.adds_up, self.ledger

    def all(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]

    def only(self, kind: type[R]) -> R:
        (record,) = self.all(kind)
        return record
