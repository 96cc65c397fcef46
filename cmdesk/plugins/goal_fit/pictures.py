"""The exporters picture.matrix and picture.position."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import NoOptions, Progress, matrix as matrix_picture, position as position_picture

if TYPE_CHECKING:
    from cmdesk.api import Drawing, Report


def matrix(report: Report, path: Path, options: NoOptions, progress: Progress) -> None:
    """Draw the fit matrix of `report`; the ending of `path` says PNG or SVG."""
    from cmdesk.api_qt import save

    save(matrix_picture.compose(report), path)


def position(report: Report, path: Path, options: NoOptions, progress: Progress) -> None:
    """Draw the position chart of `report`; the ending of `path` says PNG or SVG."""
    from cmdesk.api_qt import save

    save(position_picture.compose(report), path)


def drawn(drawing: Drawing, path: Path, options: NoOptions, progress: Progress) -> None:
    """Write a picture that is composed already, such as a trend."""
    from cmdesk.api_qt import save

    save(drawing, path)
