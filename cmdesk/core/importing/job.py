"""What the app and its worker process say to each other: one job in, lines of JSON out."""

from __future__ import annotations

import msgspec

from cmdesk.core.reading.seen import TableSeen

TABLE = "table."
"""Options that begin so tell how tables with a certain head are to be taken (core.reading.seen)."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Read `paths` into the staging file. `importer` "" means: find out which. `options` are as the user typed them.
    `known`: hashes of the blocks that need not be stated again (importing.blocks). `import_id`: the number that the import has again: that of one that is redone, or of
    one that stands and whose place it takes; `at`: when that one was made (µs UTC)."""

    paths: tuple[str, ...]
    staging: str
    importer: str = ""
    options: dict[str, str] = {}
    plugins: bool = True
    known: tuple[bytes, ...] = ()
    import_id: int | None = None
    at: int = 0


class Tick(msgspec.Struct, frozen=True, tag="tick"):
    """Progress, and the sign of life."""

    title: str
    done: int
    total: int | None
    unit: str


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The staging file is complete."""


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The job failed. `kind` is the class of the error: a CmdeskError's name, or "bug"."""

    kind: str
    message: str
    hint: str = ""
    details: str = ""
    seen: tuple[TableSeen, ...] = ()


Line = Tick | Done | Failed
