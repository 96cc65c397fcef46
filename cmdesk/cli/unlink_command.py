"""cmdesk unlink"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, names_option
from cmdesk.core.text import ngettext


@click.command("unlink")
@click.argument("file", type=FILE)
@click.argument("one")
@click.argument("other", required=False)
@names_option
def command(file: Path, one: str, other: str | None, names: bool) -> None:
    """Take a decision on two accounts back; with one member, all links that you made within it.

    Accounts that an equal address joined are parted with: cmdesk link FILE A B --not-same
    """
    from cmdesk.core.same_person import decisions

    with community_at(file) as community:
        with community.reading() as connection:
            first = decisions.find(connection, one, names)
            pairs = decisions.within(connection, first) if other is None else [(first, decisions.find(connection, other, names))]
        many = decisions.take_back(community, pairs)
    output.line(ngettext("{n} decision taken back.", "{n} decisions taken back.", many).format(n=many))
