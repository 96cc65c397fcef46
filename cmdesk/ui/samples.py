"""The two communities that come with cmdesk: an invented organisation, and a small real chat."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.core.text import N_, _
from cmdesk.ui.session import Session

if TYPE_CHECKING:
    from cmdesk.simulation.organisation import Sample


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
    """Tell of an organisation, import it as any export, set its goals, assess it half a year ago and now; on any failure no file is left."""
    from cmdesk.core import importing
    from cmdesk.simulation import sheets
    from cmdesk.simulation.organisation import organisation

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.stem + ".part.cmdesk")
    part.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="cmdesk-sample-") as folder:
            progress.step(_("Inventing people and messages"))
            sample = organisation()
            export, *tables = sheets.write(sample.story, Path(folder) / "sample-slack-export.zip")
            with Community.create(part, _("Sample community")) as community:
                community.set_setting("simulated", True)
                community.set_setting("show_names", True)
                importing.run(community, [export], progress=progress)
                for table in tables:
                    importing.run(community, [table], options=sheets.adds_to(sample.story), progress=progress)
                _set_goals(community, sample)
                _assess(community, plugins, progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _set_goals(community: Community, sample: Sample) -> None:
    """Goals with their dates, owners of groups, and dated remarks."""
    from cmdesk.core import edits, goals, groups, notes, when
    from cmdesk.core.schema import ROOT
    from cmdesk.simulation.story import DAY, START

    with community.reading() as connection:
        ids = {row.name: row.id for row in groups.rows(connection)} | {"": ROOT}
    aims = [goals.Aim(ids[aim.group], aim.goal, aim.importance, START + aim.day * DAY) for aim in sample.aims]
    goals.set_many(community, aims, N_("Goals of the sample community"))
    edits.own_groups(community, {ids[aim.group]: aim.owner for aim in sample.aims if aim.owner}, N_("Owners of the groups"))
    for day, text in sample.remarks:
        notes.add(community, when.moment(START + day * DAY).date(), text)


def _assess(community: Community, plugins: object, progress: Progress) -> None:
    from datetime import timedelta

    from cmdesk.core import assessments, goal_model, loading
    from cmdesk.simulation.organisation import HALF_YEAR

    with community.reading() as connection:
        last = loading.last_day(connection)
    for as_of in (last - timedelta(days=HALF_YEAR) if last else None, None):
        assessments.run(community, plugins, model=goal_model.shipped(), as_of=as_of, progress=progress)  # type: ignore[arg-type]
