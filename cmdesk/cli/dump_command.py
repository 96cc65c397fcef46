"""cmdesk dump"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.text import _


@click.command("dump")
@click.argument("file", type=FILE)
def command(file: Path) -> None:
    """Print all facts and commands as canonical text, sorted by key. It always holds names."""
    from cmdesk.core import dump

    click.echo(_("note: this text holds names and addresses; treat it as you treat the export itself."), err=True)
    with community_at(file) as community, community.reading() as connection:
        for text in dump.text(connection):
            click.echo(text.encode() + b"\n", nl=False)
