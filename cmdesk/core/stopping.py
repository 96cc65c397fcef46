"""Ctrl+C and SIGTERM while a command runs.

A KeyboardInterrupt can get lost: Python drops one that is raised in a destructor or a callback, and a library may turn it into an error of its
own. So the wish is noted as well; whoever begins a long job, or tells how a command ended, looks at the note.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SAME = 0.5  # seconds: signals in so short a time are one wish, and must not break off the tidying that the first one began
_wishes: list[float] = []


def wished() -> bool:
    """True once somebody asked the command that runs now to stop."""
    return bool(_wishes)


def note() -> bool:
    """Somebody sent a signal; False if it only repeats the last one."""
    now = time.monotonic()
    fresh = not _wishes or now - _wishes[-1] > _SAME
    if fresh:
        _wishes.append(now)
    return fresh


def ignore() -> None:
    """From now on nobody can stop us: what was done is done, and only telling it is left."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def heeded(*, final: bool) -> Iterator[None]:
    """Within the block a signal raises KeyboardInterrupt. After it signals do what they did before or, if the process ends there (`final`),
    nothing: the outcome is known and its exit code must not change any more."""
    _wishes.clear()
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    try:
        yield
    finally:
        if final:
            ignore()
        else:
            for number, handler in before.items():
                signal.signal(number, handler)


def _stop(_number: int, _frame: object) -> None:
    if note():
        raise KeyboardInterrupt
