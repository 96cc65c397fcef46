"""cmdesk group"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option
from cmdesk.core.text import _


@click.command("group")
@click.argument("file", type=FILE)
@click.argument("name")
@click.option("--circle", "number", type=click.IntRange(min=1), required=True, help="The number of the circle: cmdesk show FILE circles.")
@click.option("--parent", metavar="G", help="Inside this group (name or path); without it, below the whole community.")
@json_option
def command(file: Path, name: str, number: int, parent: str | None, as_json: bool) -> None:
    """Make a circle of the newest assessment a group NAME, so that it can have goals. cmdesk undo takes it back."""
    from cmdesk.core import grouping, groups
    from cmdesk.core.schema import ROOT

    with community_at(file) as community:
        with community.reading() as connection:
            inside = groups.find(connection, parent) if parent else ROOT
        made = grouping.of_circle(community, number, name, parent=inside)
        with community.reading() as connection:
            line = next(line for line in groups.rows(connection) if line.id == made)
    if as_json:
        output.document({"group_id": line.id, "group": line.path, "members": line.members})
    else:
        output.line(_("{group} is a group of {n} people now.").format(group=line.path, n=line.members))
        output.line(_("Next: {command}").format(command=f"cmdesk goal {file} “{line.path}” GOAL"))
