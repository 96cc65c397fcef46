"""cmdesk redo"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, plugins_option, working
from cmdesk.core.retelling import told
from cmdesk.core.text import _


@click.command("redo")
@click.argument("file", type=FILE)
@plugins_option
def command(file: Path, plugins: bool) -> None:
    """Do again what was undone last; an import is read again from its file."""
    from cmdesk.core import history, importing

    with community_at(file) as community, working(last=True) as progress:
        title = history.redo(
            community, lambda imported, entry: importing.again(community, imported, entry, progress=progress, plugins=plugins)
        )
    output.line(_("Done again: {title}").format(title=told(title)))
