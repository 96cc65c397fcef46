"""What a process of an import tells when something else than a refusal ended it: a full disk, too little memory, a fault of ours."""

from __future__ import annotations

import errno
import os
import sqlite3
import traceback

from cmdesk.core.importing.job import Failed
from cmdesk.core.text import _

_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")


def mishap(error: BaseException, staging: str) -> Failed:
    """`error` in the words of a message, for a job that writes the file `staging`; call it while the error is being handled."""
    if isinstance(error, MemoryError):
        return Failed(
            "ImportProblem", _("Reading this file takes more memory than is allowed."),
            _("Raise the limit with --option limit.memory_bytes=4G, or import a part of it."),
        )  # fmt: skip
    if isinstance(error, (sqlite3.Error, OSError)):
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(_NO_ROOM) or getattr(error, "errno", None) in (errno.ENOSPC, errno.EFBIG):
            where = os.path.dirname(os.path.dirname(staging))  # noqa: PTH120 - a text from the job
            return Failed(
                "FileProblem", _("There is no room for the temporary files of the import in {where}.").format(where=where),
                _("Nothing was changed. Free some space there, or set TMPDIR to a folder on another disk."), f"{name}: {error}",
            )  # fmt: skip
    return Failed("bug", type(error).__name__, "", traceback.format_exc())
