"""Which page is shown: made when first asked for, walked with Back and Forward, kept apart so that one that fails leaves the rest standing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from cmdesk.core.errors import PluginProblem
from cmdesk.ui import page_list
from cmdesk.ui.desk import Desk
from cmdesk.ui.page_list import PageInfo
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session


class Navigator(QStackedWidget):
    """The pages of one window. `shown(name)` when another page stands in front."""

    shown = Signal(str)

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self.infos: dict[str, PageInfo] = {}
        self.pages: dict[str, Page] = {}
        self.name = ""
        self._trail: list[str] = []
        self._ahead: list[str] = []

    def fill(self) -> tuple[list[PageInfo], list[PageInfo]]:
        """Learn which pages there are, plugins' views included; returns those above and below the line of the rail."""
        above, below = page_list.above(), page_list.below()
        above[5:5] = page_list.view_pages(self._session.loaded_views())
        self.infos = {info.name: info for info in (*above, *below, *page_list.elsewhere())}
        return above, below

    def allowed(self) -> frozenset[str]:
        """The pages that can be shown now."""
        some = self._session.community is not None
        return frozenset(name for name, info in self.infos.items() if some or info.always)

    def go(self, name: str, what: object = None) -> None:
        """Show a page, at `what`."""
        page = self._page(name) if name in self.allowed() else None
        if page is None:
            return
        if name != self.name:
            if self.name:
                self._trail.append(self.name)
                self._ahead.clear()
            self._put(name, page)
        self.guard(lambda: page.come(what), name)

    def expect(self, name: str) -> None:
        """Load what a page needs while the community that it will show is still being opened."""
        self.guard(lambda: page_list.load(self.infos[name]), name)

    def back(self) -> None:
        """To the view before on this page, else to the page before."""
        if not self._within(ahead=False):
            self._step(self._trail, self._ahead)

    def forward(self) -> None:
        """To what Back left."""
        if not self._within(ahead=True):
            self._step(self._ahead, self._trail)

    def _within(self, *, ahead: bool) -> bool:
        page, done = self.page(), []
        if page is not None:
            self.guard(lambda: done.append(page.walk(ahead=ahead)), self.name)
        return any(done)

    def _step(self, source: list[str], other: list[str]) -> None:
        while source:
            name = source.pop()
            page = self._page(name) if name in self.allowed() else None
            if page is not None:
                other.append(self.name)
                self._put(name, page)
                self.guard(page.come, name)
                return

    def _put(self, name: str, page: Page) -> None:
        self.name = name
        self.setCurrentWidget(page)
        self.shown.emit(name)

    def page(self) -> Page | None:
        """The page that is shown."""
        return self.pages.get(self.name)

    def _page(self, name: str) -> Page | None:
        if name not in self.pages:
            try:
                page = page_list.make(self.infos[name], self._session, self._desk)
            except Exception as error:  # noqa: BLE001 - a page that cannot be made must not take the window with it
                self._session.fail(error, "" if isinstance(error, PluginProblem) else self._plugin(name))
                return None
            self.pages[name] = page
            self.addWidget(page)
        return self.pages[name]

    def _plugin(self, name: str) -> str:
        info = self.infos.get(name)
        if info is None or info.home:
            return ""
        return page_list.NETWORK.rstrip(".") if name == "network" else self._session.host.owner(name)

    def guard(self, run: Callable[[], object], name: str) -> None:
        """Run a page's own code; its failure is told and goes no further."""
        try:
            run()
        except Exception as error:  # noqa: BLE001 - see above
            self._session.fail(error, self._plugin(name))

    def each(self, run: Callable[[Page], object]) -> None:
        """Run something on every page that was made."""
        for name, page in list(self.pages.items()):
            self.guard(partial(run, page), name)

    def drop(self, keep: frozenset[str] = frozenset()) -> None:
        """Forget the pages, and where one was."""
        self._trail.clear()
        self._ahead.clear()
        self.name = ""
        for name in [each for each in self.pages if each not in keep]:
            page = self.pages.pop(name)
            self.removeWidget(page)
            page.deleteLater()
