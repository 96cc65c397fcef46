"""cmdesk simulate"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cmdesk.cli import output
from cmdesk.cli.import_command import parse_options
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.simulation import Story


@click.command("simulate")
@click.option("--people", type=click.IntRange(3, 1_000_000), help="How many people; 600, or as many as the scenario tells of.")
@click.option("--messages", type=click.IntRange(1, 100_000_000), default=50_000, show_default=True, help="How many messages.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="The same seed gives the same file.")
@click.option("--scenario", metavar="NAME", help="A community of known structure, which tells its own number of messages; “list” lists them.")
@click.option("--set", "sizes", multiple=True, metavar="SIZE=NUMBER", help="Another size or rate of the scenario; an unknown one lists all.")
@click.option("--to", "out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.zip", help="Where to write it.")
def command(people: int | None, messages: int, seed: int, scenario: str | None, sizes: tuple[str, ...], out: Path | None) -> None:
    """Write an invented Slack export, to practise with. Everybody in it is made up.

    A scenario may need more than a Slack export can say; then tables are written beside it, and the commands that import them are shown.
    """
    from cmdesk import simulation

    if scenario == "list":
        _list()
        return
    if out is None:
        raise click.UsageError(_("Say where to write it: --to OUT.zip"), click.get_current_context())
    if scenario is None:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.absolute().parent) as folder:
            simulation.slack_zip(Path(folder) / out.name, people or 600, messages, seed)
            _done([_moved(Path(folder) / out.name, out)])
        return
    changed = parse_options(sizes) | ({"people": str(people)} if people is not None else {})
    _write(_scenario(scenario, seed, changed), out)


def _write(story: Story, out: Path) -> None:
    from cmdesk.simulation import sheets

    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.absolute().parent) as folder:
        written = [_moved(path, out.parent / path.name) for path in sheets.write(story, Path(folder) / out.name)]
    _done(written)
    options = " ".join(f"--option {key}={value}" for key, value in sheets.adds_to(story).items())
    output.line("\n" + _("Import it with:"))
    for k, path in enumerate(written):
        output.line(f"  cmdesk import FILE.cmdesk {path}" + (f" {options}" if k else ""))


def _moved(path: Path, to: Path) -> Path:
    path.replace(to)
    return to


def _done(written: list[Path]) -> None:
    for path in written:
        output.line(_("{out} is ready ({size:.1f} MB). Everything in it is simulated.").format(out=path, size=path.stat().st_size / 1e6))


def _scenario(name: str, seed: int, changed: dict[str, str]) -> Story:
    from cmdesk.core.errors import CmdeskError
    from cmdesk.simulation import scenarios

    found = scenarios.BY_NAME.get(name.lower())
    if found is None:
        raise CmdeskError(_("There is no scenario “{name}”.").format(name=name), _("There are: {names}.").format(names=", ".join(scenarios.BY_NAME)))
    return found.tell(seed, changed)


def _list() -> None:
    from cmdesk.simulation import scenarios

    output.table((_("scenario"), _("name"), _("what it tells")), [(one.key, one.name, one.title) for one in scenarios.ALL])
