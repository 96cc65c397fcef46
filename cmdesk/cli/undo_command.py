"""cmdesk undo"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.retelling import told
from cmdesk.core.text import _


@click.command("undo")
@click.argument("file", type=FILE)
def command(file: Path) -> None:
    """Take the last change back: a goal, an edit, an import."""
    from cmdesk.core import history

    with community_at(file) as community:
        output.line(_("Undone: {title}").format(title=told(history.undo(community))))
