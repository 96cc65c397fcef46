"""cmdesk import"""

from __future__ import annotations

from pathlib import Path

import click

from cmdesk.cli import import_lines, output
from cmdesk.cli.desk import FILE, community_at, json_option, names_option, plugins_option, working
from cmdesk.core.text import _


@click.command("import")
@click.argument("file", type=FILE)
@click.argument("sources", metavar="SOURCE...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as", "importer", default="", metavar="IMPORTER", help="The importer to use; found out by itself if not given.")
@click.option("--option", "options", multiple=True, metavar="KEY=VALUE", help="An option of the importer, or keep_text=yes.")
@click.option("--seen", metavar="PERCENT", help="How many per cent of the platform's messages of its time the file holds; all of them if not given.")
@click.option("--retry", type=int, metavar="IMPORT", help="Read the files of this import again, with other options, in its place.")
@click.option("--preview", is_flag=True, help="Tell what would be imported, and change nothing.")
@names_option
@json_option
@plugins_option
def command(
    file: Path, sources: tuple[Path, ...], importer: str, options: tuple[str, ...], seen: str | None, retry: int | None,
    preview: bool, names: bool, as_json: bool, plugins: bool,
) -> None:  # fmt: skip
    """Read one or several exports into a community, as one import.

    A SOURCE is a zip, a folder or a file; a folder may hold several exports. What is known already is merged, what is new is stored. Message text is not kept unless you
    give --option keep_text=yes. --option zone=Europe/Amsterdam says whose clock wrote times that name no zone; cmdesk zone says it later.

    --preview shows the first rows too, with --names as they are. How the columns of a table were taken is corrected with
    --option columns="name=Head;unit=Head", and remembered for the next table with the same head.
    """
    from cmdesk.core import importing
    from cmdesk.core.importing import remembered

    if bool(sources) == (retry is not None):
        raise click.UsageError(_("Give either the exports to read, or --retry with an import."), click.get_current_context())

    given = parse_options(options) | ({} if seen is None else {"seen": seen})
    with community_at(file) as community:
        with working(last=True) as progress:
            if retry is None:
                options_now = remembered.known() | given
                result = importing.run(
                    community, sources, importer=importer, options=options_now, preview=preview, progress=progress, plugins=plugins
                )
            else:
                result = importing.retry(community, retry, given, importer=importer, preview=preview, progress=progress, plugins=plugins)
        zone = community.zone
    if not preview:
        remembered.keep(given, result.tables)
    if as_json:
        output.document(result.as_json(names))
    else:
        import_lines.tell(result, zone, names)


def parse_options(options: tuple[str, ...]) -> dict[str, str]:
    """KEY=VALUE words as a mapping; a usage error for any other word."""
    given: dict[str, str] = {}
    for option in options:
        key, sign, value = option.partition("=")
        if not sign or not key.strip():
            raise click.UsageError(_("“{option}” is not of the form KEY=VALUE.").format(option=option), click.get_current_context())
        given[key.strip()] = value
    return given
