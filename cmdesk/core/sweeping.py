"""How often Python searches for cycles of objects. What cmdesk holds (records, rows, Qt's enumerations) has few, and each search walks it all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def rarely() -> None:
    """Leave what exists now out of the search for good, and search seldom from now on: a process calls it once, as it starts."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@contextmanager
def unswept() -> Iterator[None]:
    """Put off the search for cycles: millions of keys and pairs live long and hold none, and each search would walk all accounts."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
