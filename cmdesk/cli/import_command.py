"""cmdesk import"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option, plugins_option, working

if TYPE_CHECKING:
    from cmdesk.core.importing import ImportResult

_PROBLEMS = 20


@click.command("import")
@click.argument("file", type=FILE)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "importer", default="", metavar="IMPORTER", help="The importer to use; found out by itself if not given.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="An option of the importer, or keep_text=yes.")
@click.option("--preview", is_flag=True, help="Tell what would be imported, and change nothing.")
@json_option
@plugins_option
def command(
    file: Path, sources: tuple[Path, ...], importer: str, options: tuple[str, ...], preview: bool, as_json: bool, plugins: bool
) -> None:
    """Read one or several exports into a community, as one import.

    A SOURCE is a zip, a folder or a file. What is known already is merged, what is new is stored. Message text is not kept unless you
    give --option keep_text=yes.
    """
    from cmdesk.core import importing

    given = parse_options(options)
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
            raise click.UsageError(f"“{option}” is not of the form KEY=VALUE.", click.get_current_context())
        given[key.strip()] = value
    return given


def tell(result: ImportResult, zone: str) -> None:
    """Print a result for people."""
    records = result.records
    what = "Preview of" if result.preview else "Imported"
    output.line(f"{what} {result.file} ({result.importer}).")
    if result.first is not None:
        output.line(f"From {output.day(result.first, zone)} to {output.day(result.last, zone)}.")
    output.line()
    rows: list[tuple[str, int]] = [("records read", records.read), ("used", records.used)]
    rows += [(f"left out: {rule}", n) for rule, n in records.left_out.items()]
    rows.append(("set aside", records.set_aside))
    output.table(("what was read", "number"), rows)
    output.line()
    output.table(
        ("facts", "stated", "stored", "merged", "changed", "set aside"),
        [(kind.replace("_", " "), fact.stated, fact.stored, fact.merged, fact.changed, fact.set_aside) for kind, fact in result.facts.items()],
    )
    aside = [problem for problem in result.problems if problem.records]
    notes = [problem for problem in result.problems if not problem.records]
    for heads, part in ((("set aside", "why"), aside), (("note", "what"), notes)):
        if part:
            output.line()
            output.table(heads, [(problem.where, problem.why) for problem in part[:_PROBLEMS]])
            if len(part) > _PROBLEMS:
                output.line(f"… and {len(part) - _PROBLEMS:,} more")
    for name, why in list(result.ignored.items())[:_PROBLEMS]:
        output.line(f"not read: {name}: {why}")
