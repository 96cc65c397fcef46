"""cmdesk note"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY
from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.text import _


@click.command("note")
@click.argument("file", type=FILE)
@click.argument("day", type=DAY)
@click.argument("text")
@click.option("--remove", is_flag=True, help="Take the note away.")
def command(file: Path, day: date, text: str, remove: bool) -> None:
    """Put a dated note, such as "reorganisation", on the axis of every trend."""
    from cmdesk.core import notes

    with community_at(file) as community:
        (notes.remove if remove else notes.add)(community, day, text)
    output.line(f"{day.isoformat()}: {_('the note is gone') if remove else text}")
