"""cmdesk plugins"""

from __future__ import annotations

import click

from cmdesk.cli import output
from cmdesk.cli.desk import json_option, load_host, plugins_option
from cmdesk.core.text import _


@click.command("plugins")
@json_option
@plugins_option
def command(as_json: bool, plugins: bool) -> None:
    """List plugins, their state and what they add."""
    host = load_host(plugins)
    if as_json:
        found = [
            {
                "name": plugin.name, "version": plugin.version, "author": plugin.author, "origin": plugin.origin, "state": plugin.state,
                "contributions": plugin.contributions, "problem": plugin.problem,
            }
            for plugin in host.plugins
        ]  # fmt: skip
        kinds = ("importers", "metrics", "assessors", "exporters", "views")
        output.document({"plugins": found, **{kind: list(getattr(host, kind)) for kind in kinds}})
        return
    output.table(
        ("plugin", "version", "from", "state", "adds"),
        [(plugin.name, plugin.version, plugin.origin, _(plugin.state), _adds(plugin.contributions)) for plugin in host.plugins],
    )
    for plugin in host.plugins:
        if plugin.problem:
            output.line(f"{plugin.name}: {plugin.problem}")


def _adds(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 4 else _("{names} and {n} more").format(names=", ".join(names[:3]), n=len(names) - 3)
