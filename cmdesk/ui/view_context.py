"""What a plugin's view may use of the window: the read side of the community, jobs, messages, the selection, the look. Nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.core.community import Community
from cmdesk.core.contributions import Exporter, Metric, Score
from cmdesk.core.progress import Progress
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import theme
from cmdesk.ui.session import Session
from cmdesk.ui.theme import Tokens
from cmdesk.ui.widgets.inspector import Sheet

if TYPE_CHECKING:
    from cmdesk.core.assessments import Plugins
    from cmdesk.core.goal_model import GoalModel
    from cmdesk.core.snapshot import Snapshot
    from cmdesk.core.supposing import Supposed, Supposition
    from cmdesk.ui.pages.page import Page
    from cmdesk.ui.widgets.table import Table
    from cmdesk.ui.widgets.what_if_panel import Subject, WhatIfPanel


@dataclass(frozen=True)
class Reader:
    """The read side of a community, for a job: plain data and no Qt, so that a worker may hold it. `names`: whether names may show."""

    name: str
    names: bool
    as_of: date | None
    window_days: int
    metrics: dict[str, Metric]
    _community: Community
    _plugins: Plugins

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A fresh read-only connection in one transaction."""
        return self._community.reading()

    def snapshot(self, progress: Progress | None = None) -> Snapshot:
        """The community up to the end of the period that the window looks at."""
        from cmdesk.core import loading

        if progress is not None:
            progress.step(_("Loading"))
        with self._community.reading() as connection:
            return loading.load(connection, as_of=self.as_of, window_days=self.window_days, metrics=self.metrics)

    def suppose(
        self, snapshot: Snapshot, what: Supposition, groups: Sequence[int] = (), goals: Sequence[str] = (), progress: Progress | None = None
    ) -> list[Supposed]:
        """The fit of `groups` (rows of `snapshot.groups`) with `goals` (without them all) now and if `what` were so, and of each group that is only
        supposed, by the goal model in use. Nothing is stored."""
        from cmdesk.core import models, supposing

        with self._community.reading() as connection:
            model = models.in_use(connection, self.metrics)
        return supposing.ask(snapshot, what, self._plugins, model, list(groups), list(goals) or list(model.goals), progress)

    def judge(self, snapshot: Snapshot, people: Sequence[int], progress: Progress | None = None) -> list[Score]:
        """How these people (rows of `snapshot.people`) would fit each goal if they were a group; empty where too few of them are active to tell."""
        from cmdesk.core import supposing

        members = tuple(int(snapshot.people.id[row]) for row in people)
        plain = snapshot.kept.setdefault("rough", supposing.rough(snapshot))  # events and trust are worked out once for all such questions
        found = self.suppose(plain, supposing.Supposition(circle=(("", members, None),)), progress=progress)
        return [each.after for each in found if each.new and each.after is not None]


class ViewContext(QObject):
    """`refresh`: show what is there now (first shown, data, names, period or theme changed); `changed(tables)`: after each commit;
    `shown(what)`: the window asks to show something, such as "group:3"; `selection_changed(kind, id)`."""

    refresh = Signal()
    changed = Signal(object)
    shown = Signal(object)
    selection_changed = Signal(str, object)

    def __init__(self, session: Session, page: Page, view: str) -> None:
        super().__init__(page)
        self._session, self._page, self._view = session, page, view
        self.steps: Callable[[bool], bool] | None = None
        """Back (False) and Forward (True) inside the page, to be set by the view; the answer False: there is nowhere to go."""
        session.selected.connect(self.selection_changed)

    @property
    def community(self) -> Reader:
        """What the view may read; hand it to a job instead of the context."""
        session = self._session
        period = session.period
        return Reader(session.name, session.names, period.as_of, period.window_days, dict(session.host.metrics), session.current(), session.host)

    @property
    def names(self) -> bool:
        """True if names may show; ask again at every `refresh`."""
        return self._session.names

    @property
    def theme(self) -> Tokens:
        """The colours in force."""
        return theme.tokens()

    @property
    def simulated(self) -> bool:
        """True for an invented community: say so."""
        return self._session.simulated

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Do `work(progress)` on another thread, then `done(result)` here. `work` must hold no widget. Errors without `failed` are shown with
        the plugin's name."""
        plugin = self._session.host.owner(self._view)
        self._session.jobs.start(title, work, done, failed or (lambda error: self._session.fail(error, plugin)), owner=self._page)

    def fail(self, error: BaseException) -> None:
        """Something went wrong outside a job, such as in painting: it is told with the plugin's name."""
        self._session.fail(error, self._session.host.owner(self._view))

    def named_views(self) -> list[tuple[str, str]]:
        """The views of this page that the user gave a name: (name, what it shows)."""
        from cmdesk.core import named_views

        return [(row.name, row.shows) for row in self._session.read(lambda connection: named_views.rows(connection, self._view))]

    def keep_view(self, name: str, shows: str, done: Callable[[Any], object] | None = None) -> None:
        """Keep what the page shows under a name in the file; the user can undo it."""
        from cmdesk.core import named_views

        self._session.write(_("Keep the view"), lambda community: named_views.keep(community, self._view, name, shows), done, owner=self._page)

    def remove_view(self, name: str, done: Callable[[Any], object] | None = None) -> None:
        """Forget a named view; the user can undo it."""
        from cmdesk.core import named_views

        self._session.write(_("Remove the view"), lambda community: named_views.remove(community, self._view, name), done, owner=self._page)

    def notify(self, text: str, hint: str = "") -> None:
        """A sentence in the message bar, and what to do."""
        self._session.say(text, hint)

    def select(self, kind: str, id: object) -> None:
        """Tell the window and other views what is selected: kind "group" or "member"."""
        self._session.select(kind, id)

    def open(self, page: str, what: object = None) -> None:
        """Go to another page, such as "groups" at a group's id."""
        self._session.go(page, what)

    def inspect(self, title: str, subtitle: str = "") -> Sheet:
        """An empty sheet in the inspector, to be filled with `say`, `facts`, `section` and `add`."""
        sheet = Sheet(title, subtitle)
        self._page.inspect(sheet)
        return sheet

    def what_if(self, opened: Callable[[WhatIfPanel], object]) -> None:
        """Open the panel with what-if questions in the inspector, about the groups with a goal, or without any about the whole community; `opened` gets it:
        `pick_people(ids)` picks people, `supposed` tells what is supposed. It leaves no trace."""
        session, page = self._session, self._page

        def ready(found: tuple[list[Subject], GoalModel] | None) -> None:
            from cmdesk.ui.widgets.what_if_panel import WhatIfPanel

            if found is not None:
                panel = WhatIfPanel(session, found[0], found[1], session.period.as_of, session.period.window_days)
                page.inspect(panel)
                opened(panel)

        metrics = dict(session.host.metrics)
        session.load(lambda connection: _subjects(connection, metrics), ready, title=_("What if"), owner=page)

    def export(
        self, exporter: Exporter | str, *, make: Callable[[Progress], object] | None = None, options: Mapping[str, object] | None = None,
        name: str = "", endings: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Ask for a file and write it with `exporter` (or the exporter of that name) in the background. `make` gives what is written, else the snapshot
        of the period; an option `names` follows the names switch; `endings` are allowed beside the exporter's own."""
        import msgspec

        from cmdesk.ui import saving

        session, reader = self._session, self.community
        chosen = session.host.exporters[exporter] if isinstance(exporter, str) else exporter
        title = told(chosen.title)
        path = saving.ask_where(self._page, self._page.desk, title, name or f"{session.current().path.stem} {title}", (chosen.suffix, *endings))
        if path is not None:
            known = {field.name for field in msgspec.structs.fields(chosen.options)}
            given = {"names": session.names, **(options or {})}
            saving.write(session, chosen, make or reader.snapshot, path, chosen.options(**{key: value for key, value in given.items() if key in known}))

    def exporters(self, accepts: str) -> list[Exporter]:
        """Every exporter that accepts such a subject, by title in the user's language."""
        import msgspec

        found = (each for each in self._session.host.exporters.values() if each.accepts == accepts)
        return sorted((msgspec.structs.replace(each, title=told(each.title)) for each in found), key=lambda each: each.title)

    def say(self, sentence: str) -> None:
        """The sentence under the page's title."""
        self._page.say(sentence)

    def table(self, rows: Sequence[Sequence[str]], name: str) -> Table:
        """A table of texts; the first row holds the heads."""
        from cmdesk.ui.widgets.table import text_table

        return text_table(rows, name)

    def tr(self, text: str, /, disambiguation: str | None = None, n: int = -1) -> str:
        """`text` in the user's language."""
        return _(text)

    def place(self, widget: QWidget) -> None:
        """Put a widget beside the page's title, such as a chooser."""
        self._page.buttons.addWidget(widget)


def _subjects(connection: sqlite3.Connection, metrics: Mapping[str, Metric]) -> tuple[list[Subject], GoalModel] | None:
    """The groups with a goal, those around first, else the whole community with all goals; and the goal model in use."""
    from cmdesk.core import groups, models
    from cmdesk.ui.widgets.what_if_panel import Subject

    rows, model = groups.rows(connection), models.in_use(connection, metrics)
    if not rows:
        return None
    chosen = [Subject(row.id, row.path, tuple(goal for goal, _level in row.goals if goal in model.goals)) for row in rows]
    found = [subject for subject in chosen if subject.goals]
    return found or [Subject(rows[0].id, rows[0].path, tuple(model.goals))], model
