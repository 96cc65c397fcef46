"""make demo: two communities from export to workbook and web page, under demo/. One is a real, small Slack workspace, the other one is simulated."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cmdesk import app, pluginhost, simulation
from cmdesk.cli import assess_command, import_lines, output, subjects
from cmdesk.cli.desk import working
from cmdesk.core import assessments, exporting, goal_model, goals, groups, importing, paths
from cmdesk.core.community import Community
from cmdesk.pluginhost import Host

FOLDER = Path("demo")
_WRITES = {
    "report.xlsx": "excel.report", "report.html": "html.report", "matrix.png": "picture.matrix", "position.png": "picture.position",
    "network.png": "picture.network"
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A community of the demo: the name of its file, its own name, what it is, its export, and (group, goal) pairs ("" is the whole)."""

    key: str
    name: str
    story: str
    export: Path
    goals: Sequence[tuple[str, str]]
    simulated: bool = False


def examples() -> list[Example]:
    """The real sample, and scenario A3 written as a Slack export."""
    real = Example(
        "houston", "Houston Data Visualization", "A real Slack workspace, small and without threads: much of it cannot be judged, and cmdesk says so.",
        paths.resource("samples/slack/houstondatavis-slack-export.zip"),
        [("", "find"), ("", "connect"), ("datajam", "collaborate"), ("general", "inform"), ("datasets", "find"), ("meetup", "connect")],
    )  # fmt: skip
    export = FOLDER / "circles-slack-export.zip"
    story = simulation.circles(1)
    simulation.write_slack(story, export)
    circles = [group.name for group in story.groups if group.name.startswith("circle-")]
    wanted = [("", "solve"), ("", "inform"), ("general", "inform"), *((name, "collaborate") for name in circles)]
    wanted += [(name, goal) for name in circles[:8] for goal in ("innovate", "inspire")]
    told = "Simulated: an organisation of 600 invented people in which the work is done in 25 small circles."
    return [real, Example("circles", "Circles", told, export, wanted, simulated=True)]


def main() -> int:
    """Make, assess, export and show both communities; returns the exit code."""
    FOLDER.mkdir(exist_ok=True)
    host = pluginhost.load(folders=False)
    for example in examples():
        _carry_out(example, host)
    output.line(f"\nEverything is in {FOLDER.resolve()}.")
    if app.display() and not os.environ.get("CI"):
        output.line("The window opens with the simulated community. Close it to end the demo.")
        return app.run([str(FOLDER / "circles.cmdesk")])
    output.line("There is no display here. With one: cmdesk demo/circles.cmdesk")
    return 0


def _carry_out(example: Example, host: Host) -> None:
    output.line(f"\n{'=' * 100}\n{example.name}\n{example.story}\n{'=' * 100}")
    file, folder = FOLDER / f"{example.key}.cmdesk", FOLDER / example.key
    for leftover in FOLDER.glob(f"{file.name}*"):
        leftover.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with Community.create(file, example.name) as community:
        if example.simulated:
            community.set_setting("simulated", True)
        with working() as progress:
            result = importing.run(community, [example.export], progress=progress)
        import_lines.tell(result, community.zone, names=False)
        _set_goals(community, example)
        with working() as progress:
            done = assessments.run(community, host, model=goal_model.shipped(), progress=progress)
        with community.reading() as connection:
            report = assessments.load(connection, done)
        output.line()
        assess_command.tell(report)
        output.line()
        for name, exporter in _WRITES.items():
            _write(community, host, exporter, folder / name)


def _set_goals(community: Community, example: Example) -> None:
    with community.reading() as connection:
        wanted = [(groups.find(connection, name or community.name), goal) for name, goal in example.goals]
    for group_id, goal in wanted:
        goals.set(community, group_id, goal)


def _write(community: Community, host: Host, name: str, out: Path) -> None:
    exporter = subjects.find(host, name)
    with working() as progress:
        what = subjects.subject(community, host, exporter, names=False)
        exporting.write(exporter, what, out, subjects.options(exporter, {}, names=False), progress)
    output.line(f"{out} ({out.stat().st_size:,} bytes)")


if __name__ == "__main__":
    sys.exit(app.guard(main))
