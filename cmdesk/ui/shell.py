"""The main window: a frame around pages that are made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from shiboken6 import isValid

from cmdesk.core.text import _, set_language
from cmdesk.ui import help_sheets, page_list, theme, words
from cmdesk.ui.actions import Actions
from cmdesk.ui.arranging import arranged
from cmdesk.ui.desk import Desk
from cmdesk.ui.drop_window import DropWindow
from cmdesk.ui.failures import Failure, Reporter, describe
from cmdesk.ui.frame import Rail, StatusBar, TopBar
from cmdesk.ui.navigation import Navigator
from cmdesk.ui.pages.page import Page
from cmdesk.ui.search import SearchField
from cmdesk.ui.session import Message, Session
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.inspector import Inspector, Sheet
from cmdesk.ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from cmdesk.pluginhost import Host

_IDLE = 300
"""Milliseconds without a job after the first page, when plugins are loaded if nobody needed them before."""


class MainWindow(DropWindow):
    """One window on one community."""

    def __init__(self, load_host: Callable[[], Host], desk: Desk | None = None, reporter: Reporter | None = None) -> None:
        super().__init__()
        self.desk = desk or Desk()
        self.session = Session(load_host, self)
        self.reporter = reporter or Reporter(self)
        self.tasks = Tasks(self.session, self.desk, self)
        self._closing = False
        self._began = False
        words.use_locale(self.desk.settings.language)
        self.setLocale(QLocale())  # what stands in the window takes over the window's
        self._build()
        self._connect()
        self._restore()
        self._allow()

    def _build(self) -> None:
        self.search = SearchField(self.session, lambda: self.deeds.hits())
        self.rail = Rail()
        self.topbar = TopBar(self.session, self.search)
        self.messages = MessageBar()
        self.pages = Navigator(self.session, self.desk)
        self.inspector = Inspector()
        self.status = StatusBar(self.session.jobs)
        self.setCentralWidget(arranged(self.rail, self.topbar, self.messages, self.pages, self.inspector, self.status))
        self.setMinimumSize(720, 440)
        self.deeds = Actions(self)
        self._fill_rail()

    def _connect(self) -> None:
        session = self.session
        session.community_changed.connect(self._follow_community)
        session.changed.connect(self._touched)
        session.names_changed.connect(lambda _on: self._everything_again())
        session.period_changed.connect(self._everything_again)
        session.told.connect(self._say)
        session.went_wrong.connect(self.reporter.tell)
        session.asked_for.connect(self.show_page)
        session.inspected.connect(self._inspect)
        self.pages.shown.connect(self._shown)
        session.host_changed.connect(self._host_changed)
        self.reporter.told.connect(self._failed)
        self.rail.asked.connect(self.show_page)
        self.topbar.names.toggled.connect(session.show_names)
        self.topbar.period.clicked.connect(self.choose_period)

    # pages

    def _fill_rail(self) -> None:
        above, below = self.pages.fill()
        self.rail.fill(*([(info.name, info.icon, info.title) for info in part] for part in (above, below)))
        self._allow()

    def _allow(self) -> None:
        self.rail.allow(self.pages.allowed())
        self.deeds.allow()

    def show_page(self, name: str, what: object = None) -> None:
        """Go to a page, at `what`; or do the task of that name."""
        tasks = {
            "open": lambda: self.tasks.open_path(what) if isinstance(what, Path) else self.tasks.open(),
            "drop": lambda: self.tasks.take_files(what if isinstance(what, list) else []),
            "sample": self.tasks.sample, "chat": self.tasks.real_chat, "report": self.tasks.report, "assess": self.tasks.assess,
            "period": self.choose_period, "language": self.retranslate,
        }  # fmt: skip
        if name in tasks:
            tasks[name]()
        else:
            self.pages.go(name, what)

    def _shown(self, name: str) -> None:
        self.rail.show_page(name)
        self.messages.pass_by()
        page = self.pages.page()
        self._inspect(page.sheet if page is not None else None)
        if name in self.rail.buttons:
            community = self.session.community
            self.desk.remember("page", f"{name} {community.path}" if community is not None else name)

    def refresh(self) -> None:
        """Read the page again."""
        page = self.pages.page()
        if page is not None:
            self.pages.guard(page.refresh, self.pages.name)

    def _everything_again(self) -> None:
        self.topbar.refresh()
        self._inspect(None)

        def again(page: Page) -> None:
            page.sheet = None
            page.again()

        self.pages.each(again)

    def _touched(self, tables: frozenset[str]) -> None:
        self.topbar.refresh()
        self.pages.each(lambda page: page.touched(tables))

    # the community

    def _follow_community(self) -> None:
        community = self.session.community
        self._inspect(None)
        self.pages.drop(frozenset({"start", "import"}))  # these two stand apart from any community
        self.topbar.refresh()
        self._allow()
        self.setWindowTitle("cmdesk" if community is None else f"{' '.join(self.session.name.split())} – cmdesk")
        if community is None:
            self.show_page("start")
            return
        self.desk.opened(community.path)
        name, _space, path = self.desk.recall("page").partition(" ")
        wanted = self.pages.infos.get(name) if path == str(community.path) else None
        self.show_page(wanted.name if wanted is not None and wanted.home and not wanted.always else "overview")

    def _begin(self) -> None:
        if self.session.opening:
            self.pages.expect("overview")
        elif not self.pages.name:
            self._follow_community()
        QTimer.singleShot(_IDLE, self, self._when_idle)

    def _when_idle(self) -> None:
        if self.session.jobs.running():
            QTimer.singleShot(_IDLE, self, self._when_idle)
        else:
            self.bring_views()

    def bring_views(self) -> None:
        """Load the plugins, put their views into the rail, and name those that failed."""
        host = self.session.host
        if page_list.view_pages(host.views):
            shown = self.pages.name
            self._fill_rail()
            self.rail.show_page(shown)
        broken = [info.name for info in host.plugins if info.state == "failed"]
        if broken:
            text = _("Plugin {names} failed and was set aside.").format(names=", ".join(broken))
            self.session.say(text, _("Everything else goes on."), "warn", (_("See why"), lambda: self.show_page("plugins")))

    def _host_changed(self) -> None:
        shown = self.pages.name
        self.pages.drop()
        self._fill_rail()
        self.show_page(shown)

    # telling

    def _say(self, message: Message) -> None:
        self.messages.say(message.text, message.hint, message.kind, message.choices, message.details)

    def _failed(self, failure: Failure) -> None:
        choices = [(_("Plugins"), lambda: self.show_page("plugins"))] if failure.kind == "plugin" else []
        self.messages.fail(failure, choices)

    def _inspect(self, sheet: Sheet | None) -> None:
        page = self.pages.page()
        if page is not None and page.sheet is sheet and not isValid(sheet):  # it went when another page came
            sheet = page.sheet = None
        if sheet is None:
            self.inspector.clear()
        elif page is None or page.sheet is sheet:
            self.inspector.put(sheet)

    def choose_period(self) -> None:
        """Open the little form for as-of day and window."""
        from cmdesk.ui.dialogs.period import PeriodForm

        PeriodForm(self.session, self.topbar.period).open_below()

    def show_keys(self) -> None:
        """Every action with its key, in the inspector."""
        self._show_sheet(help_sheets.keys([deed for deed, _action in self.deeds.by_name.values()]))

    def show_about(self) -> None:
        """What this is."""
        self._show_sheet(help_sheets.about())

    def _show_sheet(self, sheet: Sheet) -> None:
        page = self.pages.page()
        if page is not None:
            page.inspect(sheet)

    def turn_theme(self) -> None:
        """Light to dark and back."""
        self.desk.change(theme=theme.turn())

    # window

    def retranslate(self) -> None:
        """Speak the language of the settings from now on: every page is made anew."""
        set_language(self.desk.settings.language)
        words.use_locale(self.desk.settings.language)
        self.setLocale(QLocale())
        shown = self.pages.name
        self.pages.drop()
        self.deeds.build()
        self._fill_rail()
        self.inspector.close_it()
        for part in (self.topbar, self.status, self.search, self.inspector, self.messages, self.rail):
            part.speak()
        self.show_page(shown or "start")

    def _restore(self) -> None:
        kept = self.desk.recall("geometry")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore"))):
            self.resize(1280, 800)
        self.resize(self.size().boundedTo(self.screen().availableSize()))  # at 200 % a screen may be smaller than the window was elsewhere
        if self.desk.problem:
            self.messages.say(self.desk.problem, kind="warn")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            if self.inspector.isVisible():
                self.inspector.close_it()
            else:
                self.messages.hide()
            return
        super().keyPressEvent(event)

    def dragged(self, over: bool) -> None:
        if over:
            self.status.text.setText(_("Drop it to see what it is."))
        else:
            self.status.refresh()

    def dropped(self, paths: list[Path]) -> None:
        self.tasks.take_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        running = self.session.jobs.running("long")
        if running and not self._closing:
            self.messages.say(
                _("“{title}” still runs.").format(title=running[0].title),
                _("Closing stops it; nothing of it is kept, and what was there before stays as it is."), "warn",
                [(_("Stop it and close"), self._close_now), (_("Keep going"), lambda: None)],
            )  # fmt: skip
            event.ignore()
            return
        if not self.session.jobs.stop(8.0):
            self.messages.say(_("It is still stopping."), _("Close again in a moment."), "warn")
            self._closing = True
        self.desk.remember("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        if (problem := self.session.let_go()) is not None and (told := describe(problem)) is not None:
            self.desk.remember("last_problem", told.message)
        event.accept()

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.PaletteChange:
            self.rail.update()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not self._began:
            self._began = True
            self.setFocus()
            QTimer.singleShot(0, self, self._begin)
