"""The exporter html.report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.api import Exporter, NoOptions, PluginProblem, Progress, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import Report


@hookimpl
def cmdesk_exporters() -> Iterator[Exporter]:
    """One self-contained page for one stored assessment."""
    yield Exporter(name="html.report", title=_("Web page (HTML)"), suffix=".html", accepts="report", write=write, check=check)


def write(report: Report, path: Path, options: NoOptions, progress: Progress) -> None:
    """Write the page of `report` to `path`."""
    from . import page

    path.write_text(page.html(report, progress), "utf-8", newline="\n")


def check(report: Report, path: Path) -> None:
    """Read the page again: it must be what the report says, all of it, and hold nothing that runs or loads."""
    from . import page

    found, meant = (page.undated(text) for text in (path.read_text("utf-8"), page.html(report, Progress())))
    if found != meant or page.moving(found):
        raise PluginProblem(_("The page is not what it should be."), _("Nothing was written; try again."))
