"""cmdesk history"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option
from cmdesk.core.retelling import told
from cmdesk.core.text import _


@click.command("history")
@click.argument("file", type=FILE)
@json_option
def command(file: Path, as_json: bool) -> None:
    """List what was done, the newest first."""
    from cmdesk.core import history, when

    with community_at(file) as community, community.reading() as connection:
        rows = history.rows(connection)
    if as_json:
        lines = [
            {"id": row.id, "at": when.iso(row.at), "kind": row.kind, "title": row.title, "effect": row.effect, "state": row.state}
            for row in rows
        ]
        output.document({"history": lines})
    elif not rows:
        output.line(_("Nothing was done yet."))
    else:
        output.table(
            ("at", "what", "effect", "state"),
            [((when.iso(row.at) or "")[:16], told(row.title), told(row.effect), _(row.state)) for row in rows],
        )
