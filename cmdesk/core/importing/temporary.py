"""The private folder of one import, in which the worker writes its staging file. It holds names, so it never outlives its use: the import that
made it removes it, and if that was killed, the next import does."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "cmdesk-import-"
_NAME = re.compile(rf"{_PREFIX}(\d+)-\w+")
_DAY = 86_400  # seconds


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder that only this user can read, gone after the block. OSError if there is no place for one."""
    sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def sweep(place: Path) -> None:
    """Remove the folders in `place` whose import is no more. What cannot be removed (somebody else's) stays."""
    for path in place.glob(f"{_PREFIX}*"):
        found = _NAME.fullmatch(path.name)
        if found and path.is_dir() and not path.is_symlink() and _over(path, int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _over(path: Path, pid: int) -> bool:
    """True if the process `pid` that made `path` has ended. Windows cannot be asked without harm: there a day must have passed."""
    if pid == os.getpid():
        return False
    try:
        if os.name == "nt":
            return time.time() - path.stat().st_mtime > _DAY
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
