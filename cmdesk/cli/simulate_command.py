"""cmdesk simulate"""

from __future__ import annotations

import os
from pathlib import Path

import click

from cmdesk.cli import output
from cmdesk.core.text import _


@click.command("simulate")
@click.option("--people", type=click.IntRange(3, 1_000_000), default=600, show_default=True, help="How many people.")
@click.option("--messages", type=click.IntRange(1, 100_000_000), default=50_000, show_default=True, help="How many messages.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="The same seed gives the same file.")
@click.option("--scenario", type=click.Choice(["circles"]), help="A community of known structure; it tells its own number of messages.")
@click.option("--to", "out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="OUT.zip", help="Where to write it.")
def command(people: int, messages: int, seed: int, scenario: str | None, out: Path) -> None:
    """Write an invented Slack export, to practise with. Everybody in it is made up."""
    from cmdesk import simulation

    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if scenario:
            sizes = simulation.CircleSizes(people=people)
            simulation.write_slack(simulation.SCENARIOS[scenario](seed, sizes), beside)
        else:
            simulation.slack_zip(beside, people, messages, seed)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    output.line(_("{out} is ready ({size:.1f} MB). Everything in it is simulated.").format(out=out, size=out.stat().st_size / 1e6))
