"""A page that a plugin draws: its widget is imported when it is first shown, and gets one ViewContext."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtWidgets import QWidget

from cmdesk.core.contributions import View
from cmdesk.core.retelling import told
from cmdesk.ui import failures
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.view_context import ViewContext


class ViewPage(Page):
    """Holds the widget of one View; whatever it raises is the plugin's failure, and named so."""

    def __init__(self, session: Session, desk: Desk, view: View) -> None:
        super().__init__(session, desk, told(view.title))
        self.view = view
        self.say("")
        self.context = ViewContext(session, self, view.name)
        module, _colon, name = view.widget.partition(":")
        brought = import_module(module)
        failures.own(brought, view.name.partition(".")[0])
        made = getattr(brought, name)(self.context)
        if not isinstance(made, QWidget):
            raise TypeError(f"{view.widget} is no QWidget")
        self.widget = made
        self.body.addWidget(made, 1)

    def touched(self, tables: frozenset[str]) -> None:
        if not self.isVisible():
            self.stale = True
        self.context.changed.emit(tables)

    def again(self) -> None:
        self.stale = True
        if self.isVisible():
            self.come()

    def refresh(self) -> None:
        self.context.refresh.emit()

    def walk(self, *, ahead: bool) -> bool:
        return self.context.steps is not None and self.context.steps(ahead)

    def show_this(self, what: object) -> None:
        self.context.shown.emit(what)
