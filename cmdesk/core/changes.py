"""What a commit changed, told to whoever listens."""

from __future__ import annotations

import msgspec


class Changes(msgspec.Struct, frozen=True):
    """The families of tables that a commit touched: facts, members, groups, goals, assessments, imports, history, settings."""

    tables: frozenset[str]
