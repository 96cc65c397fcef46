"""cmdesk address"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option
from cmdesk.core.text import _


@click.command("address")
@click.argument("file", type=FILE)
@click.argument("source", required=False)
@click.argument("url", required=False)
@json_option
def command(file: Path, source: str | None, url: str | None, as_json: bool) -> None:
    """Say where a source is on the web, so that lists can point at its messages: cmdesk address FILE slack:T0123 https://acme.slack.com

    No export tells it. An empty URL forgets it; without SOURCE all are listed. Nothing is opened or sent.
    """
    from cmdesk.core import links

    with community_at(file) as community:
        if source is not None:
            if url is None:
                raise click.UsageError(_("Give the address too; an empty one forgets it."))
            links.set_address(community, source, url)
        known = links.addresses(community)
        with community.reading() as connection:
            sources = [row[0] for row in connection.execute("SELECT platform || ':' || key FROM sources ORDER BY 1")]
    if as_json:
        return output.document({"addresses": {name: known.get(name, "") for name in sources}})
    return output.table(("source", "address"), [(name, known.get(name, "")) for name in sources])
