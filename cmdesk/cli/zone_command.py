"""cmdesk zone"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at
from cmdesk.core.text import _


@click.command("zone")
@click.argument("file", type=FILE)
@click.argument("import_id", metavar="IMPORT", type=int)
@click.argument("zone")
def command(file: Path, import_id: int, zone: str) -> None:
    """Say whose clock wrote the times of an import that name no zone.

    IMPORT is its number (cmdesk show FILE imports), ZONE a name such as Europe/Amsterdam, or unknown. It can be undone, and said anew.
    """
    from cmdesk.core.importing import zones

    with community_at(file) as community:
        with community.reading() as connection:
            local = zones.locals_of(connection, import_id)
            assessed = connection.execute("SELECT 1 FROM assessments LIMIT 1").fetchone() is not None
        zones.choose(community, import_id, zone)
    output.line(_("Import {id}: {n:,} times without a zone are now read in zone {zone}.").format(id=import_id, n=local, zone=zone))
    if assessed:
        output.line(_("Assessments made before used the times as they were: cmdesk assess FILE makes a new one."))
