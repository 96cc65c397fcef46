"""Every action with its name, its key and its place in the menu bar; the search field lists the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from cmdesk.core.text import _
from cmdesk.ui import page_list
from cmdesk.ui.search import Hit
from cmdesk.ui.widgets.plain import doubled

if TYPE_CHECKING:
    from cmdesk.ui.session import Session
    from cmdesk.ui.shell import MainWindow


class Deed(NamedTuple):
    """An action: `needs` "" (always), "community" or "data"."""

    name: str
    menu: str
    text: str
    key: str
    run: Callable[[], object]
    needs: str = "community"


def deeds(window: MainWindow) -> list[Deed | None]:
    """All actions in the order of the menus; None is a line."""
    file, edit, view, community, about = _("File"), _("Edit"), _("View"), _("Community"), _("Help")
    pages = [
        Deed(
            f"page.{info.name}",
            view,
            info.title,
            f"Ctrl+{number}" if number < 10 else "",
            _go(window, info.name),
            "" if info.always else "community",
        )
        for number, info in enumerate([*page_list.above(), *page_list.below()], 1)
    ]
    return [*_of_file(window, file), *_of_edit(window, edit), *pages, *_of_view(window, view), *_of_community(window, community, about)]


def _of_file(window: MainWindow, file: str) -> list[Deed | None]:
    tasks = window.tasks
    return [
        Deed("new", file, _("New community…"), "Ctrl+N", tasks.new, ""),
        Deed("open", file, _("Open…"), "Ctrl+O", tasks.open, ""),
        Deed("start", file, _("Start page"), "", lambda: window.show_page("start"), ""),
        None,
        Deed("import", file, _("Import…"), "Ctrl+I", lambda: window.show_page("import"), ""),
        Deed("report", file, _("Report for the board…"), "Ctrl+E", tasks.report),
        None,
        Deed("save", file, _("Save"), "Ctrl+S", tasks.save),
        Deed("copy_file", file, _("Save a copy…"), "Ctrl+Shift+S", tasks.save_copy),
        Deed("close", file, _("Close community"), "Ctrl+W", window.session.close_community),
        Deed("quit", file, _("Quit"), "Ctrl+Q", window.close, ""),
    ]  # fmt: skip


def _of_edit(window: MainWindow, edit: str) -> list[Deed | None]:
    tasks = window.tasks
    return [
        Deed("undo", edit, _("Undo"), "Ctrl+Z", tasks.undo),
        Deed("redo", edit, _("Redo"), "Ctrl+Shift+Z", tasks.redo),
        None,
        Deed("copy", edit, _("Copy the table or picture"), "Ctrl+Shift+C", tasks.copy),
        Deed("find", edit, _("Search…"), "Ctrl+K", window.search.begin, ""),
    ]  # fmt: skip


def _of_view(window: MainWindow, view: str) -> list[Deed | None]:
    session = window.session
    return [
        None,
        Deed("back", view, _("Back"), "Alt+Left", window.pages.back, ""),
        Deed("forward", view, _("Forward"), "Alt+Right", window.pages.forward, ""),
        Deed("names", view, _("Names or pseudonyms"), "Ctrl+Shift+N", lambda: session.show_names(not session.names)),
        Deed("inspector", view, _("Close the inspector"), "F9", window.inspector.close_it, ""),
        Deed("theme", view, _("Light or dark"), "Ctrl+Shift+L", window.turn_theme, ""),
        Deed("refresh", view, _("Read again"), "F5", window.refresh, ""),
    ]  # fmt: skip


def _lists_to_fill(session: Session, window: MainWindow) -> None:
    from cmdesk.ui.dialogs import lists_to_fill  # a dialog is imported when it is asked for

    lists_to_fill.ask(session, window)


def _of_community(window: MainWindow, community: str, about: str) -> list[Deed | None]:
    session, tasks = window.session, window.tasks
    return [
        Deed("assess", community, _("Assess now"), "Ctrl+R", tasks.assess),
        Deed("period", community, _("Choose the period…"), "Ctrl+P", window.choose_period),
        Deed("threads", community, _("Questions and ideas"), "", lambda: window.show_page("threads")),
        Deed("pages", community, _("Pages"), "", lambda: window.show_page("pages")),
        Deed("lists", community, _("Lists to fill in…"), "", lambda: _lists_to_fill(session, window)),
        Deed("goal_model", community, _("Goal model…"), "", lambda: window.show_page("goal_model")),
        Deed("sample", community, _("Try the sample community"), "", tasks.sample, ""),
        Deed("chat", community, _("Open a small real chat"), "", tasks.real_chat, ""),
        Deed("keys", about, _("Keys"), "F1", window.show_keys, ""),
        Deed("about", about, _("About cmdesk"), "", window.show_about, ""),
    ]  # fmt: skip


def _go(window: MainWindow, page: str) -> Callable[[], None]:
    return lambda: window.show_page(page)


class Actions:
    """The actions of one window, in its menu bar."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.by_name: dict[str, tuple[Deed, QAction]] = {}
        self._menus: dict[str, QMenu] = {}
        self.build()

    def build(self) -> None:
        """Make the menu bar, anew where the language changed."""
        bar = self._window.menuBar()
        bar.clear()
        for _deed, action in self.by_name.values():
            self._window.removeAction(action)
            action.deleteLater()
        self.by_name.clear()
        self._menus.clear()
        last = ""
        for deed in deeds(self._window):
            if deed is None:
                self._menus[last].addSeparator()
                continue
            last = deed.menu
            if deed.menu not in self._menus:
                menu = QMenu(doubled(deed.menu), self._window)
                bar.addMenu(menu)
                self._menus[deed.menu] = menu
            self._menus[deed.menu].addAction(self._action(deed))
        self.allow()

    def _action(self, deed: Deed) -> QAction:
        action = QAction(doubled(deed.text), self._window)
        if deed.key:
            action.setShortcut(QKeySequence(deed.key))
        action.triggered.connect(lambda _checked=False: deed.run())
        self._window.addAction(action)
        self.by_name[deed.name] = (deed, action)
        return action

    def allow(self) -> None:
        """Switch on what can be done now."""
        for deed, action in self.by_name.values():
            action.setEnabled(not deed.needs or self._window.session.community is not None)

    def run(self, name: str) -> None:
        """Do it."""
        self.by_name[name][1].trigger()

    def hits(self) -> list[Hit]:
        """What can be done now, as the search field lists it."""
        return [Hit(f"{_('Command')}{' · ' + deed.key if deed.key else ''}", deed.text, deed.run) for deed in self.listed()]

    def listed(self) -> Iterator[Deed]:
        """What can be done now."""
        for deed, action in self.by_name.values():
            if action.isEnabled():
                yield deed
