"""What the report is for, and what it must not be used for."""

from __future__ import annotations

from collections.abc import Iterator

from cmdesk.api import _, limits

from .model import Cell, Column, Row, Sheet, Styled, fitting

_COLUMNS = (Column(34, "wrap+bold"), Column(100, "wrap"))


def sheet() -> Sheet:
    """Purpose, how to read the numbers, what to check before use."""

    def rows() -> Iterator[Row | tuple[Cell, ...]]:
        yield Row((Styled(_("Limits of use"), "title"),), height=24)
        yield ()
        for title, found in ((_("Purpose"), None), (_("How to read it"), limits.of_reading()), (_("What to use it for"), limits.of_use())):
            if found is None:
                cells: tuple[Cell, ...] = (title, limits.purpose())
                yield Row(cells, height=fitting(cells, _COLUMNS))
                continue
            yield ()
            yield (Styled(title, "subtitle"),)
            for limit in found:
                cells = (limit.title, limit.text)
                yield Row(cells, height=fitting(cells, _COLUMNS))

    return Sheet(_("Limits of use"), _COLUMNS, rows, colour="8A9499")
