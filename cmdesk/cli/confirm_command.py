"""cmdesk confirm"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY, day_of
from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.text import N_, _


@click.command("confirm")
@click.argument("file", type=FILE)
@click.argument("what", type=click.Choice(["page", "member"]))
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--on", type=DAY, metavar="DAY", help="The day on which it was looked at; today, unless said.")
@click.option("--owner", metavar="NAME", help="Who looks after the pages.")
@click.option("--review", type=DAY, metavar="DAY", help="When the pages are looked at again.")
def command(file: Path, what: str, keys: tuple[str, ...], on: date | None, owner: str | None, review: date | None) -> None:
    """Say that pages, or members' profiles, were looked at and are right. KEY stands in: cmdesk show FILE pages, or cmdesk dump FILE"""
    from cmdesk.core import inputs
    from cmdesk.core.records import Input

    if what == "member" and (owner is not None or review is not None):
        raise click.UsageError(_("--owner and --review are for pages."))
    day = day_of(on)
    said = {"confirmed" if what == "page" else "reviewed": "yes"}
    said |= {"owner": owner} if owner is not None else {}
    said |= {"review": review.isoformat()} if review is not None else {}
    with community_at(file) as community:
        with community.reading() as connection:
            refs = [inputs.find(connection, what, key) for key in keys]
        every = [Input(what, ref, field, value, day) for ref in dict.fromkeys(refs) for field, value in said.items()]
        changed = inputs.fill_in(community, every, N_("Confirmed: {n}").format(n=len(refs)))
    output.line(_("Confirmed on {day}: {n} changed.").format(day=day, n=changed))
