"""cmdesk import"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option, plugins_option, working
from cmdesk.core.retelling import told
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.importing import ImportResult

_PROBLEMS = 20


@click.command("import")
@click.argument("file", type=FILE)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "importer", default="", metavar="IMPORTER", help="The importer to use; found out by itself if not given.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="An option of the importer, or keep_text=yes.")
@click.option("--seen", metavar="PERCENT", help="How many per cent of the platform's messages of its time the file holds; all of them if not given.")
@click.option("--preview", is_flag=True, help="Tell what would be imported, and change nothing.")
@json_option
@plugins_option
def command(
    file: Path, sources: tuple[Path, ...], importer: str, options: tuple[str, ...], seen: str | None, preview: bool, as_json: bool, plugins: bool
) -> None:
    """Read one or several exports into a community, as one import.

    A SOURCE is a zip, a folder or a file. What is known already is merged, what is new is stored. Message text is not kept unless you
    give --option keep_text=yes.
    """
    from cmdesk.core import importing

    given = parse_options(options) | ({} if seen is None else {"seen": seen})
    with community_at(file) as community:
        with working(last=True) as progress:
            result = importing.run(
                community, sources, importer=importer, options=given, preview=preview, progress=progress, plugins=plugins
            )
        zone = community.zone
    if as_json:
        output.document(result.as_json())
    else:
        tell(result, zone)


def parse_options(options: tuple[str, ...]) -> dict[str, str]:
    """KEY=VALUE words as a mapping; a usage error for any other word."""
    given: dict[str, str] = {}
    for option in options:
        key, sign, value = option.partition("=")
        if not sign or not key.strip():
            raise click.UsageError(_("“{option}” is not of the form KEY=VALUE.").format(option=option), click.get_current_context())
        given[key.strip()] = value
    return given


def tell(result: ImportResult, zone: str) -> None:
    """Print a result for people."""
    records = result.records
    what = _("Preview of {file} ({importer}).") if result.preview else _("Imported {file} ({importer}).")
    output.line(what.format(file=result.file, importer=result.importer))
    if result.first is not None:
        output.line(_("From {first} to {last}.").format(first=output.day(result.first, zone), last=output.day(result.last, zone)))
    output.line()
    rows: list[tuple[str, int]] = [(_("records read"), records.read), (_("used"), records.used)]
    rows += [(_("left out: {rule}").format(rule=told(rule.replace("_", " "))), n) for rule, n in records.left_out.items()]
    rows.append((_("set aside"), records.set_aside))
    output.table(("what was read", "number"), rows)
    output.line()
    output.table(
        ("facts", "stated", "stored", "merged", "changed", "set aside"),
        [
            (_(kind.replace("_", " ")), fact.stated, fact.stored, fact.merged, fact.changed, fact.set_aside)
            for kind, fact in result.facts.items()
        ],
    )
    aside = [problem for problem in result.problems if problem.records]
    notes = [problem for problem in result.problems if not problem.records]
    for heads, part in (((_("set aside"), _("why")), aside), ((_("note"), _("what")), notes)):
        if part:
            output.line()
            output.table(heads, [(told(problem.where), told(problem.why)) for problem in part[:_PROBLEMS]])
            if len(part) > _PROBLEMS:
                output.line(_("… and {n:,} more").format(n=len(part) - _PROBLEMS))
    for name, why in list(result.ignored.items())[:_PROBLEMS]:
        output.line(_("not read: {name}: {why}").format(name=name, why=told(why)))
