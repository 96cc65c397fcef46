"""cmdesk export"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, names_option, plugins_option, working
from cmdesk.cli.import_command import parse_options
from cmdesk.core.text import _

if TYPE_CHECKING:
    pass

OUT = click.Path(path_type=Path, dir_okay=False)


@click.command("export")
@click.argument("file", type=FILE)
@click.option("--with", "exporter", required=True, metavar="EXPORTER", help="cmdesk plugins lists them.")
@click.option("--to", "out", type=OUT, required=True, metavar="OUT", help="The file to write.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="An option of the exporter.")
@names_option
@json_option
@plugins_option
def command(file: Path, exporter: str, out: Path, options: tuple[str, ...], names: bool, as_json: bool, plugins: bool) -> None:
    """Write the newest assessment, or the community itself, into a file. People are pseudonyms unless --names."""
    carry_out(file, exporter, out, parse_options(options), names, as_json, plugins)


def carry_out(file: Path, name: str, out: Path, options: Mapping[str, str], names: bool, as_json: bool, plugins: bool) -> None:
    """Run one exporter and tell what was written."""
    with community_at(file) as community:
        host = load_host(plugins)
        with working(last=True) as progress:
            from cmdesk.cli import subjects
            from cmdesk.core import exporting

            exporter = subjects.find(host, name)
            given = subjects.options(exporter, options, names)
            exporting.write(exporter, subjects.subject(community, host, exporter, names), out, given, progress)
    if as_json:
        output.document({"exporter": name, "file": str(out), "bytes": out.stat().st_size, "names": names})
    else:
        output.line(
            _("{out} is ready ({n:,} bytes, {how}).").format(
                out=out, n=out.stat().st_size, how=_("with names") if names else _("with pseudonyms")
            )
        )
