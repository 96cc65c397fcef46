"""What the window works on: the open community, the plugins, the period, whether names show. Pages read it; they never know the window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from cmdesk.core.changes import Changes
from cmdesk.core.community import Community, Opening
from cmdesk.core.contributions import View
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.progress import Progress
from cmdesk.core.text import _
from cmdesk.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from cmdesk.pluginhost import Host

T = TypeVar("T")
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]
EVERY_TABLE = frozenset({"facts", "members", "groups", "goals", "assessments", "imports", "history", "settings", "entries"})


class Message(NamedTuple):
    """Something to tell in the message bar; `choices` are (text, action)."""

    text: str
    hint: str = ""
    kind: str = "info"
    choices: tuple[tuple[str, Callable[[], object]], ...] = ()
    details: str = ""


class Period(NamedTuple):
    """As-of day (None: the last day with data) and window in days."""

    as_of: date | None = None
    window_days: int = 180


class Session(QObject):
    """One window's work. `changed(tables)` after each commit; `community_changed` when another file is opened or closed."""

    changed = Signal(object)
    community_changed = Signal()
    names_changed = Signal(bool)
    period_changed = Signal()
    told = Signal(object)
    went_wrong = Signal(object, str)
    asked_for = Signal(str, object)
    host_changed = Signal()
    assessed = Signal(int)
    inspected = Signal(object)
    selected = Signal(str, object)

    def __init__(self, load_host: Callable[[], Host], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = JobRunner(self)
        self.community: Community | None = None
        self.opening = False
        self.name = ""
        self.zone = "UTC"
        self.names = False
        self.simulated = False
        self.period = Period()
        self._load_host = load_host
        self._host: Host | None = None
        self.jobs.news.connect(self._news)
        self.jobs.failed.connect(lambda job, error: self.went_wrong.emit(error, ""))

    @property
    def host(self) -> Host:
        """The plugins; loaded when they are first needed."""
        if self._host is None:
            self._host = self._load_host()
        return self._host

    def loaded_views(self) -> dict[str, View]:
        """The views of plugins as far as they are loaded; asking does not load them."""
        return self._host.views if self._host is not None else {}

    def reload_host(self, load_host: Callable[[], Host]) -> None:
        """Load the plugins again, after one was switched."""
        self._load_host = load_host
        self._host = load_host()
        self.host_changed.emit()

    # the community

    def take(self, community: Community) -> None:
        """Work on `community`; the last one is closed."""
        self.close_community()
        self.community = community
        community.changed.append(self.jobs.mailbox.put)
        self._read_settings()
        self.period = Period()
        self.community_changed.emit()

    def _read_settings(self) -> None:
        from cmdesk.core.community import setting, simulated

        with self.current().reading() as connection:
            self.name = str(setting(connection, "name", self.current().path.stem))
            self.zone = str(setting(connection, "zone", "UTC"))
            self.simulated = simulated(connection)
            self.names = setting(connection, "show_names", False) is True

    def open(self, file: Path | Opening, opened: Callable[[], object] | None = None) -> None:
        """Open a community file, beside the window: a large one takes a while to be looked through. What is wrong with it is told."""
        begun = file if isinstance(file, Opening) else Opening(file)
        self.opening = True

        def take(community: Community) -> None:
            self.opening = False
            self.take(community)
            if opened is not None:
                opened()

        def told(error: BaseException) -> None:
            self.opening = False
            if self.community is None:
                self.community_changed.emit()
            self.fail(error)

        if begun.ended:
            try:
                take(begun.result())
            except Exception as error:  # noqa: BLE001 -- told, as from the job
                told(error)
            return
        self.jobs.start(_("Opening {name}").format(name=begun.path.name), lambda _progress: begun.result(), take, told)

    def close_community(self) -> None:
        """Let go of the open file."""
        if self.community is not None:
            community, self.community = self.community, None
            for job in self.jobs.running():
                job.cancel()
            community.changed.clear()
            community.close()
            self.names = False
            self.community_changed.emit()

    def let_go(self) -> BaseException | None:
        """Close the file as the window closes, without a word to the pages; returns what went wrong. The log of SQLite then brings the file in
        order at the next opening."""
        community, self.community = self.community, None
        if community is not None:
            community.changed.clear()
            try:
                community.close()
            except Exception as error:  # noqa: BLE001 - see above
                return error
        return None

    def current(self) -> Community:
        """The open community; CmdeskError without one."""
        if self.community is None:
            raise CmdeskError(_("No community is open."), _("Open one, or make a new one."))
        return self.community

    def asked_about_names(self) -> bool:
        """False for a community that was not asked the question yet."""
        return self.current().setting("show_names") is not None

    def show_names(self, on: bool) -> None:
        """Show names, or pseudonyms, on this screen from now on."""
        if on != self.names:
            self.names = on
            self.names_changed.emit(on)
        community = self.current()
        if not community.read_only:
            self.jobs.start(
                _("Keep the choice of names"), lambda _progress: community.set_setting("show_names", on), lane="write", quiet=True
            )

    def set_period(self, period: Period) -> None:
        """Look at another period."""
        if period != self.period:
            self.period = period
            self.period_changed.emit()

    # work

    def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """A short read, here and now."""
        with self.current().reading() as connection:
            return function(connection)

    def load(
        self,
        function: Callable[[sqlite3.Connection], Any],
        done: Done,
        *,
        title: str = "",
        owner: QObject | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """A read in the background, delivered to `done` unless another community is open by then; without any, nothing."""
        if self.community is None:  # a page that was just left may still ask
            job = Job(title, lambda _progress: None, "read", True)
            job.cancel()
            return job
        community = self.community
        box: list[Job] = []

        def work(_progress: Progress) -> Any:
            with community.reading() as connection:
                if box:
                    box[0].interrupt = connection.interrupt
                try:
                    return function(connection)
                finally:
                    if box:
                        box[0].interrupt = None

        job = self.jobs.start(title or _("Reading"), work, self._still(community, done), failed or self.unless_cancelled, owner=owner)
        box.append(job)
        return job

    def write(self, title: str, function: Callable[[Community], Any], done: Done | None = None, *, owner: QObject | None = None) -> Job:
        """A change of the community, on the one lane that writes."""
        community = self.current()
        return self.jobs.start(title, lambda _progress: function(community), self._still(community, done), lane="write", owner=owner)

    def long(
        self, title: str, function: Callable[[Community, Progress], Any], done: Done | None = None, failed: Failed | None = None,
        *, owner: QObject | None = None,
    ) -> Job:  # fmt: skip
        """An import, an assessment, an export: one at a time, with progress and cancel."""
        community = self.current()
        return self.jobs.start(
            title, lambda progress: function(community, progress), self._still(community, done), failed, lane="long", owner=owner
        )

    def busy(self) -> bool:
        """True while an import, an assessment or an export runs, or a file is being opened."""
        return self.opening or bool(self.jobs.running("long"))

    def assess(self, done: Callable[[int], object] | None = None, failed: Failed | None = None) -> None:
        """Assess every group against every goal, as of the period, with the community's goal model; what takes longer follows."""
        from cmdesk.ui.assessing import assess

        assess(self, done, failed)

    def _still(self, community: Community, done: Done | None) -> Done:
        def deliver(result: Any) -> None:
            if done is not None and self.community is community:
                done(result)

        return deliver

    def unless_cancelled(self, error: BaseException) -> None:
        """Tell what went wrong; nothing where the user stopped it."""
        if not isinstance(error, Cancelled):
            self.fail(error)

    def _news(self, mail: object) -> None:
        if isinstance(mail, Changes) and self.community is not None:
            if mail.tables & {"settings", "imports", "facts"}:  # an import may bring simulated people, or take them away
                shown = self.names
                self._read_settings()
                self.names = shown
            self.changed.emit(mail.tables)

    # telling

    def say(self, text: str, hint: str = "", kind: str = "info", *choices: tuple[str, Callable[[], object]], details: str = "") -> None:
        """A message in the bar above the page."""
        self.told.emit(Message(text, hint, kind, choices, details))

    def fail(self, error: BaseException, plugin: str = "") -> None:
        """Something went wrong."""
        self.went_wrong.emit(error, plugin)

    def go(self, page: str, what: object = None) -> None:
        """Ask the window for a page, showing `what`."""
        self.asked_for.emit(page, what)

    def inspect(self, sheet: QObject | None) -> None:
        """Show `sheet` in the inspector, or close it."""
        self.inspected.emit(sheet)

    def select(self, kind: str, what: object) -> None:
        """Tell the others what is selected: a group's or a member's id."""
        self.selected.emit(kind, what)
