"""One line of the table, and how the table is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured, cmdesk's figure, the peer's, the ratio (or the figure itself) and its bound."""

    what: str
    ours: str
    peer: str
    value: float
    bound: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        """True if the value is within the bound."""
        return self.value <= self.bound


def show(lines: Sequence[Line]) -> None:
    """Print lines as an aligned table."""
    rows = [("what", "cmdesk", "peer", "value", "bound", "")]
    rows += [
        (line.what, line.ours, line.peer, f"{line.value:.2f} {line.unit}", f"≤ {line.bound:g} {line.unit}", "met" if line.met else "MISSED")
        for line in lines
    ]
    widths = [max(len(row[k]) for row in rows) for k in range(6)]
    for row in rows:
        print("  ".join(cell.ljust(widths[k]) if k in (0, 5) else cell.rjust(widths[k]) for k, cell in enumerate(row)).rstrip(), flush=True)
