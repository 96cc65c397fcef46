"""The periods as numbered pictures in one ZIP file, the oldest first, with what they show as text: any video or GIF tool strings them together."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import CmdeskError, Progress, _

from ..choice import Choice
from ..inspecting.telling import Naming
from ..periods import changes, frames, picture

if TYPE_CHECKING:
    from cmdesk.api import Drawing, Snapshot

    from ..options import FilmOptions

_FIRST = (1980, 1, 1, 0, 0, 0)  # so that the same pictures give the same file


def write(snapshot: Snapshot, path: Path, options: FilmOptions, progress: Progress) -> None:
    """Draw every period into `path`, a ZIP file of network-01.png …, and periods.txt with what changed."""
    if options.kind not in ("png", "svg"):
        raise CmdeskError(_("A picture is png or svg, not “{kind}”.").format(kind=options.kind), _("Write kind=png or kind=svg."))
    if not 1 <= options.periods <= 100 or not 1 <= options.days <= 3660:
        raise CmdeskError(_("Periods are 1 to 100, and 1 to 3660 days long."), _("Write such as periods=8 and days=90."))
    naming = Naming(snapshot, names=options.names)
    choice = Choice(threshold=options.at_least)
    every = frames.frames(snapshot, frames.ends(snapshot, options.periods, options.days), choice, progress)
    shown = picture.stage(naming, every, choice, progress)
    progress.step(_("Drawing"), len(every), _("periods"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as film:
        told = []
        for number in range(len(every)):
            drawn = picture.compose(shown, number)
            _put(film, f"network-{number + 1:02d}.{options.kind}", _picture(drawn, options.kind))
            rows = changes.summary(naming, picture.change(shown, number))
            told += [drawn.title, *("\t".join(row) for row in rows), ""]
            progress.advance()
        _put(film, "periods.txt", "\n".join(told).encode())


def _picture(drawn: Drawing, kind: str) -> bytes:
    if kind == "svg":
        from cmdesk.api import svg

        return svg.text(drawn).encode()
    from cmdesk.api_qt import png_bytes

    return png_bytes(drawn)


def _put(film: zipfile.ZipFile, name: str, content: bytes) -> None:
    packed = zipfile.ZIP_DEFLATED if not name.endswith(".png") else zipfile.ZIP_STORED
    film.writestr(zipfile.ZipInfo(name, _FIRST), content, packed)
