"""cmdesk model"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option, load_host, plugins_option
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core import models


@click.command("model")
@click.argument("file", type=FILE)
@click.option("--add", type=click.Path(path_type=Path, dir_okay=False), metavar="TOML", help="Keep the goal model in this file.")
@click.option("--use", metavar="ID", help="Judge by this goal model from now on.")
@click.option("--remove", metavar="ID", help="Take a goal model of the community's own away.")
@click.option("--diff", metavar="ID", help="What this goal model says otherwise than closeness, or than --against.")
@click.option("--against", metavar="ID", default="closeness", show_default=True, help="With --diff: the other goal model.")
@click.option("--export", metavar="ID", help="Write this goal model to --to, every goal in full.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="With --export: the file.")
@json_option
@plugins_option
def command(
    file: Path, add: Path | None, use: str | None, remove: str | None, diff: str | None, against: str, export: str | None, to: Path | None,
    as_json: bool, plugins: bool,
) -> None:  # fmt: skip
    """List the goal models of a community, keep one, use one, compare two, write one to a file."""
    from cmdesk.core import goal_model_file, models

    if (export is None) != (to is None):
        raise click.UsageError(_("--export and --to go together."))
    known = frozenset(load_host(plugins).metrics)
    with community_at(file) as community:
        if add is not None:
            kept = models.add(community, goal_model_file.read_text(add), known, add.name)
            output.line(_("The goal model {id} {version} is kept.").format(id=kept.id, version=kept.version))
        if use is not None:
            models.use(community, use, known)
        if remove is not None:
            models.remove(community, remove)
        with community.reading() as connection:
            if export is not None and to is not None:
                goal_model_file.write(models.get(connection, export), to)
                output.line(_("{name} is written.").format(name=to.name))
            if diff is not None:
                return _differences(models.differences(models.get(connection, diff), models.get(connection, against)), diff, against, as_json)
            rows = models.rows(connection, known)
    if as_json:
        return output.document({"models": msgspec.to_builtins(rows)})
    lines = [(row.id, _("in use") if row.in_use else "", row.version, _(row.title), row.problem) for row in rows]
    output.table(("id", "", _("version"), _("title"), _("problem")), lines)
    return None


def _differences(found: list[models.Difference], ours: str, theirs: str, as_json: bool) -> None:
    if as_json:
        return output.document({"ours": ours, "theirs": theirs, "differences": msgspec.to_builtins(found)})
    if not found:
        return output.line(_("They say the same."))
    return output.table((_("goal"), _("metric"), _("key"), ours, theirs), [(row.goal, row.metric, row.key, row.ours, row.theirs) for row in found])
