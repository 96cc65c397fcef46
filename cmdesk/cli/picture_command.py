"""cmdesk picture"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli.desk import FILE, json_option, names_option, plugins_option
from cmdesk.cli.export_command import OUT, carry_out
from cmdesk.core.text import _


@click.command("picture")
@click.argument("file", type=FILE)
@click.argument("which", type=click.Choice(["matrix", "position", "network"]))
@click.option("--to", "out", type=OUT, required=True, metavar="OUT.png|.svg", help="The picture to write; its ending says which kind.")
@names_option
@json_option
@plugins_option
def command(file: Path, which: str, out: Path, names: bool, as_json: bool, plugins: bool) -> None:
    """Draw the fit matrix, the position chart or the circle map, without a display."""
    if out.suffix.lower() not in (".png", ".svg"):
        raise click.UsageError(_("{name} ends neither in .png nor in .svg.").format(name=out.name), click.get_current_context())
    carry_out(file, f"picture.{which}", out, {}, names, as_json, plugins)
