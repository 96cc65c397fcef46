"""cmdesk status"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY, day_of
from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.text import N_, _

STATUSES = ("open", "taken_up", "tried", "adopted", "declined", "answered")


@click.command("status")
@click.argument("file", type=FILE)
@click.argument("status", type=click.Choice([*STATUSES, "none"]))
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--on", type=DAY, metavar="DAY", help="The day on which it got this status; today, unless said.")
def command(file: Path, status: str, keys: tuple[str, ...], on: date | None) -> None:
    """Say what became of ideas and questions. KEY stands in: cmdesk show FILE threads

    "none" takes the status of that day back.
    """
    from cmdesk.core import inputs
    from cmdesk.core.records import Input

    day = day_of(on)
    with community_at(file) as community:
        with community.reading() as connection:
            refs = [inputs.find(connection, "post", key) for key in keys]
        value = "" if status == "none" else status
        title = N_("Status: {status}").format(status=status)
        changed = inputs.fill_in(community, [Input("post", ref, "status", value, day) for ref in dict.fromkeys(refs)], title)
    output.line(_("{status} since {day}: {n} changed.").format(status=_(status), day=day, n=changed))
