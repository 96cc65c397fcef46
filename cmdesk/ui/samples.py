"""The two communities that come with cmdesk: an invented organisation, and a small real chat."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.session import Session

_CIRCLE_GOALS = (("collaborate", 5), ("inspire", 3), ("innovate", 3))
_WHOLE_GOALS = (("inform", 5), ("find", 4), ("solve", 3))


def real_chat() -> Path:
    """The export of a small public Slack (MIT licence)."""
    from cmdesk.core import paths

    return paths.resource("samples/slack/houstondatavis-slack-export.zip")


def sample_path() -> Path:
    """Where the sample community is kept."""
    from cmdesk.core import paths

    return paths.data_folder() / _("Sample community.cmdesk")


def open_sample(session: Session) -> None:
    """Open the sample community; the first time it is made, in the background."""
    path = sample_path()
    if path.exists():
        session.go("open", path)
        return
    if session.busy():
        session.say(_("Something still runs."), _("Wait for it or cancel it first, at the bottom of the window."), "warn")
        return
    host = session.host
    session.jobs.start(
        _("Making the sample community"), lambda progress: make_sample(path, host, progress), lambda _none: session.go("open", path),
        session.fail, lane="long", owner=session,
    )  # fmt: skip


def make_sample(path: Path, plugins: object, progress: Progress) -> None:
    """Simulate an organisation, import it as any export, set goals, assess; on any failure no file is left."""
    from cmdesk.core import assessments, goal_model, importing
    from cmdesk.simulation import CircleSizes, circles, write_slack

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.stem + ".part.cmdesk")
    part.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="cmdesk-sample-") as folder:
            export = Path(folder) / "sample-slack-export.zip"
            progress.step(_("Inventing people and messages"))
            story = circles(3, CircleSizes(people=320, departments=8, circles=14, days=420))
            write_slack(story, export)
            with Community.create(part, _("Sample community")) as community:
                community.set_setting("simulated", True)
                community.set_setting("show_names", True)
                importing.run(community, [export], progress=progress)
                _set_goals(community)
                model = goal_model.shipped()
                assessments.run(community, plugins, model=model, progress=progress)  # type: ignore[arg-type]
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _set_goals(community: Community) -> None:
    from cmdesk.core import goals, groups
    from cmdesk.core.schema import ROOT

    with community.reading() as connection:
        rows = groups.rows(connection)
    wanted: Mapping[str, tuple[tuple[str, int], ...]] = {"circle": _CIRCLE_GOALS, "department": (("share_across", 4), ("find", 3))}
    for row in rows:
        kind = "root" if row.id == ROOT else "circle" if 0 < row.members <= 12 else "department"
        for goal, importance in _WHOLE_GOALS if kind == "root" else wanted[kind]:
            goals.set(community, row.id, goal, importance)
