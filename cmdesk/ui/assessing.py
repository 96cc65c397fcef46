"""An assessment in the window: the point values at once, then circles, intervals, other settings and the trend, in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.assessing import Running
    from cmdesk.ui.session import Failed, Session


def assess(session: Session, done: Callable[[int], object] | None, failed: Failed | None) -> None:
    """Assess every group against every goal, as of the session's period; `done` gets the assessment's id when its point values stand."""
    period, host = session.period, session.host

    def work(community: Community, progress: Progress) -> Running:
        from cmdesk.core import assessments, models

        with community.reading() as connection:
            model = models.in_use(connection, host.metrics)
        return assessments.begin(community, host, model=model, as_of=period.as_of, window_days=period.window_days, progress=progress)

    def ready(running: Running) -> None:
        session.assessed.emit(running.id)
        if done is not None:
            done(running.id)
        _refine(session, running)

    session.long(_("Assessing"), work, ready, failed)


def _refine(session: Session, running: Running) -> None:
    """The later stages, one after another: pages follow what is stored. Stopping them leaves what is there."""
    host, told = session.host, session.unless_cancelled

    def questions(_community: Community, progress: Progress) -> None:
        running.add_questions(host, progress)

    def intervals(_nothing: object) -> None:
        session.long(_("Working out intervals"), lambda _community, progress: running.add_intervals(progress), then, told)

    def then(_nothing: object) -> None:
        session.long(_("Trying other settings"), lambda _community, progress: running.add_sensitivity(progress), last, told)

    def last(_nothing: object) -> None:
        session.long(_("Working out the trend"), lambda _community, progress: running.add_trend(host, progress), failed=told)

    session.long(_("Finding circles"), questions, intervals, told)
