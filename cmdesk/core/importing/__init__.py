"""From an export to facts in the community file: sniff → worker → staging → merge → ledger; and exact undo of an import."""

from __future__ import annotations

from cmdesk.core.importing.ledger import Facts, ImportResult, Problem, Records
from cmdesk.core.importing.rereading import again, retry
from cmdesk.core.importing.running import ImportRow, problems, rows, run

__all__ = ["Facts", "ImportResult", "ImportRow", "Problem", "Records", "again", "problems", "retry", "rows", "run"]
