"""Names inside an archive or folder: which are safe, which are noise, and what folder they share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.text import N_, _

_NOISE = {".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".spotlight-v100", ".trashes", ".fseventsd"}
_DRIVE = re.compile(r"[A-Za-z]:/")
UNSAFE_HINT = N_("An honest export does not hold such a name. Ask for the export again, or unpack it and import the folder.")


def shown(name: str) -> str:
    """A name fit for a message: control characters replaced, at most 80 characters."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in name[:200])
    return plain if len(plain) <= 80 else plain[:60] + "…" + plain[-19:]


def safe(raw: str, archive: str, limits: Limits) -> str:
    """The entry's posix path without "./"; raises ImportProblem for a name that points out of the archive or hides something."""
    if len(raw) > limits.name_length:
        raise over(limits, "name_length", _("{archive} holds a file name of {n:,} characters").format(archive=archive, n=len(raw)))
    if "\0" in raw:
        raise ImportProblem(
            _("{archive} holds a file whose name is cut by a NUL character ({raw}).").format(archive=archive, raw=shown(raw)), UNSAFE_HINT
        )
    path = raw.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts:
        raise ImportProblem(
            _("{archive} holds a file that points out of the archive ({raw}).").format(archive=archive, raw=shown(raw)), UNSAFE_HINT
        )
    return unicodedata.normalize("NFC", "/".join(parts))


def noise(path: str) -> bool:
    """True for what operating systems leave behind: __MACOSX, .DS_Store, ._x, Thumbs.db …"""
    return any(part.lower() in _NOISE or part.startswith("._") for part in path.split("/"))


def enclosing(paths: Iterable[str]) -> str:
    """The folder, of one or several levels, that all `paths` lie in; "" if none."""
    common: list[str] | None = None
    for path in paths:
        folders = path.split("/")[:-1]
        if common is None:
            common = folders
        elif folders[: len(common)] != common:
            same = 0
            while same < min(len(common), len(folders)) and common[same] == folders[same]:
                same += 1
            common = common[:same]
        if not common:
            return ""
    return "/".join(common or [])


def alike(paths: Mapping[str, object]) -> list[tuple[str, str]]:
    """Pairs of names that differ in case only: some systems would take them for one file."""
    seen: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for path in paths:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            pairs.append((first, path))
    return pairs
