"""cmdesk new"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE
from cmdesk.core.text import _


@click.command("new")
@click.argument("file", type=FILE)
@click.option("--name", default="", help="Name of the community; the file's name if not given.")
def command(file: Path, name: str) -> None:
    """Make a new, empty community file."""
    from cmdesk.core.community import Community

    with Community.create(file, name) as community:
        output.line(_("{name} is ready in {file}.").format(name=community.name, file=file))
    output.line(_("Next: cmdesk import {file} EXPORT").format(file=file))
