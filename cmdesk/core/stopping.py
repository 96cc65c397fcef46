"""Ctrl+C and SIGTERM while a command runs.

A KeyboardInterrupt can get lost: Python drops one that is raised in a destructor or a callback, and a library may turn it into an error of its
own. So the wish is noted as well; whoever begins a long job, or tells how a command ended, looks at the note.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_wishes: list[int] = []


def wished() -> bool:
    """True once somebody asked the command that runs now to stop."""
    return bool(_wishes)


def note(number: int) -> None:
    """Somebody sent the signal `number`."""
    _wishes.append(number)


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


def _stop(number: int, _frame: object) -> None:
    note(number)
    raise KeyboardInterrupt
