"""cmdesk pulse"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.days import DAY, day_of
from cmdesk.cli.desk import FILE, community_at, json_option
from cmdesk.core.text import N_, _

_TALLY = "N,N,N,N,N"


@click.command("pulse")
@click.argument("file", type=FILE)
@click.argument("group")
@click.option("--know", metavar=_TALLY, help="I know whom to ask: how many answered 1 (not at all) … 5 (wholly).")
@click.option("--trust", metavar=_TALLY, help="I trust the others' competence here.")
@click.option("--safe", metavar=_TALLY, help="It is safe to ask here.")
@click.option("--got", metavar=_TALLY, help="I got what I needed.")
@click.option("--on", type=DAY, metavar="DAY", help="The day on which they were asked; today, unless said.")
@json_option
def command(
    file: Path, group: str, know: str | None, trust: str | None, safe: str | None, got: str | None, on: date | None, as_json: bool
) -> None:
    """Enter or show the answers to the four questions of the pulse, as anonymous counts.

    It is scored from 8 answers on, if at least 40 % of the members answered.
    """
    from cmdesk.core import filled, groups, inputs
    from cmdesk.core.records import Input

    given = {"know": know, "trust": trust, "safe": safe, "got": got}
    with community_at(file) as community:
        with community.reading() as connection:
            ref = groups.ref_of(connection, groups.find(connection, group))
        day = day_of(on)
        every = [Input("group", ref, f"pulse_{item}", text.replace(" ", ""), day) for item, text in given.items() if text is not None]
        if every:
            inputs.fill_in(community, every, N_("Pulse of {name}").format(name=group))
        with community.reading() as connection:
            rows = [
                {"item": item, "day": one.day, "answers": [int(part) for part in one.value.split(",")]}
                for item in given
                for one in filled.said(connection, "group", f"pulse_{item}", ref=ref).get((ref, f"pulse_{item}"), [])
            ]
    if as_json:
        return output.document({"pulse": rows})
    if not rows:
        return output.line(_("Nobody was asked yet."))
    return output.table(("item", "day", "1", "2", "3", "4", "5"), [(row["item"], row["day"], *row["answers"]) for row in rows])
