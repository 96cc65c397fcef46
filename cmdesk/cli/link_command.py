"""cmdesk link"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, names_option
from cmdesk.core.text import _

_TABLE = click.Path(path_type=Path, dir_okay=False)


@click.command("link")
@click.argument("file", type=FILE)
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--not-same", is_flag=True, help="Say that they are two people; nothing joins them then.")
@click.option("--write", "written", type=_TABLE, help="Write all decisions as CSV: platform keys, which may be addresses.")
@click.option("--read", "to_read", type=_TABLE, help="Take over decisions from such a CSV.")
@names_option
def command(file: Path, one: str | None, other: str | None, not_same: bool, written: Path | None, to_read: Path | None, names: bool) -> None:
    """Say that two accounts are one person: cmdesk link FILE A B

    A and B are pseudonyms or platform keys; with --names also names that only one member has. `cmdesk show FILE suggestions` proposes pairs.
    """
    from cmdesk.core.same_person import decided, decision_file, decisions

    given = [bool(one or other), written is not None, to_read is not None]
    if sum(given) != 1 or bool(one) != bool(other):
        raise click.UsageError(_("Give two accounts, or --write, or --read."))
    with community_at(file) as community:
        if one is not None and other is not None:
            with community.reading() as connection:
                keys = decisions.find(connection, one, names), decisions.find(connection, other, names)
            decisions.decide(community, *keys, same=not not_same)
            output.line(_("Marked as not the same person.") if not_same else _("They are one person now. `cmdesk undo` takes it back."))
        elif written is not None:
            with community.reading() as connection:
                rows = decided.rows(connection)
            decision_file.write(written, rows)
            output.line(_("{n} decisions written to {name}.").format(n=len(rows), name=written.name))
        elif to_read is not None:
            found, odd = decision_file.read(to_read)
            counts = decisions.add(community, found)
            output.line(
                _("{new} decisions taken over; {known} were known, {contradicting} contradict one that is here, {odd} lines could not be used.").format(
                    **counts, odd=odd
                )
            )
