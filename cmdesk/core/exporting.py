"""Writing a file for others: beside the target, checked, then renamed, so that there is a whole file or the old one, never half of one."""

from __future__ import annotations

import errno
import os
import secrets
import time
import traceback
from pathlib import Path
from typing import Any

from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import Cancelled, CmdeskError, FileProblem, PluginProblem
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _

_SQLITE = b"SQLite format 3\0"
_OURS = (".cmdesk", ".cmdesk-wal", ".cmdesk-shm", ".cmdesk-journal")
_MARK = ".cmdesk-part-"
_TRIES = 5  # a virus scanner or Excel may hold a file for a moment on Windows
_PAUSE = 0.2  # seconds between tries
_LEFT_OVER = 3600.0  # seconds after which a part is nobody's any more
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write(exporter: Exporter, subject: Any, out: Path, options: Any, progress: Progress) -> None:
    """Write `subject` to `out` with `exporter`, check what was written and put it in place. Raises FileProblem (where it cannot go),
    PluginProblem (the exporter failed), Cancelled; in each case `out` is as it was and nothing else is left."""
    part = out.with_name(f"{_MARK}{secrets.token_hex(6)}{out.suffix[:32]}")  # the suffix stays: it tells some exporters what to write
    try:
        _refuse(out)
        _sweep(out)
        with part.open("xb"):  # with the permissions that any new file gets
            pass
        _run(exporter, subject, part, options, progress)
        _settle(part)
        progress.check()
        _replace(part, out)
    except OSError as error:
        raise _problem(error, out) from error
    finally:
        _forget(part)


def _refuse(out: Path) -> None:
    if "\0" in str(out):
        raise FileProblem(_("This is not a file name."), _("Choose another name."))
    if out.is_dir():
        raise FileProblem(_("{name} is a folder.").format(name=out.name or out), _("Give the file that is to be written."))
    if out.name.lower().endswith(_OURS) or _is_database(out):
        raise FileProblem(
            _("{name} is a community or another database; a report would destroy it.").format(name=out.name), _("Choose another name.")
        )
    if not out.parent.is_dir():
        raise FileProblem(_("The folder {name} does not exist.").format(name=out.parent), _("Make it, or choose another one."))


def _is_database(out: Path) -> bool:
    try:
        with out.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:  # not there, or not readable: writing will tell
        return False


def _run(exporter: Exporter, subject: Any, part: Path, options: Any, progress: Progress) -> None:
    progress.step(told(exporter.title))
    try:
        exporter.write(subject, part, options, progress)
        if not part.is_file() or not part.stat().st_size:
            raise PluginProblem(_("{title} wrote nothing.").format(title=told(exporter.title)), _("Tell its author; nothing was changed."))
        if exporter.check is not None:
            progress.step(_("Checking what was written"))
            exporter.check(subject, part)
    except (CmdeskError, Cancelled, OSError):
        raise
    except Exception as error:
        raise PluginProblem(
            _("{title} failed ({name}).").format(title=told(exporter.title), name=exporter.name),
            _("Nothing was written. Switch the plugin off or tell its author."),
            "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__,
        ) from error


def _settle(part: Path) -> None:
    """Have the bytes on the disk before the name points at them."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())


def _replace(part: Path, out: Path) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            part.replace(out)
            break
        except PermissionError:
            if not left or os.name != "nt":
                raise
            time.sleep(_PAUSE)
    if os.name != "nt":
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        except OSError as error:  # some file systems cannot; the file itself is safe
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(folder)


def _problem(error: OSError, out: Path) -> CmdeskError:
    name = out.name
    if error.errno in _FULL:
        return FileProblem(_("The disk is full; {name} was not written.").format(name=name), _("Make room, or choose another disk."))
    if isinstance(error, PermissionError) and out.exists():
        return FileProblem(
            _("{name} cannot be replaced: it may be open in another program, such as Excel.").format(name=name),
            _("Close it there and try again, or choose another name."),
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return FileProblem(_("You may not write in {folder}.").format(folder=out.parent), _("Choose another folder."))
    if error.errno == errno.ENAMETOOLONG:
        return FileProblem(_("The name of the file is too long."), _("Choose a shorter name or a folder higher up."))
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return FileProblem(_("{name} could not be written: {reason}.").format(name=name, reason=reason), _("Choose another place."))


def _sweep(out: Path) -> None:
    """Remove parts that a killed export left in this folder."""
    for old in out.parent.glob(f"{_MARK}*"):
        try:
            if time.time() - old.stat().st_mtime > _LEFT_OVER:
                old.unlink()
        except OSError:  # another export may still hold it
            continue


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the disk is gone or the folder refuses; what went wrong is being told already
        pass
