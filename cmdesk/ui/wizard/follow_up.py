"""What is asked after an import: what the community is for, and who belongs where."""

from __future__ import annotations

import sqlite3

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.core.belonging import Belonging
from cmdesk.core.community import Community
from cmdesk.core.text import _
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.wizard.belonging import BelongingStep
from cmdesk.ui.wizard.purpose import PurposeStep, root_goals, set_goals


class FollowUp(QObject):
    """Leads through the two steps on `page`. `step`: show this one; `done`: both are answered or passed over."""

    step = Signal(QWidget)
    done = Signal()

    def __init__(self, session: Session, page: Page, purpose: PurposeStep, belonging: BelongingStep) -> None:
        super().__init__(page)
        self._session, self._page, self._purpose, self._belonging = session, page, purpose, belonging
        purpose.done.connect(self._purpose_said)
        belonging.done.connect(self._belonging_said)

    def ask_purpose(self) -> None:
        """The first step."""
        self._page.title.setText(_("What is this community for?"))
        self._page.say(_("The goal decides what is measured: a small circle is good for solving, a large network for finding."))
        self._session.load(root_goals, self._show_purpose, owner=self._page)

    def _show_purpose(self, goals: list[str]) -> None:
        self._purpose.begin(goals)
        self.step.emit(self._purpose)

    def _purpose_said(self, chosen: list[str]) -> None:
        def change(community: Community) -> None:
            set_goals(community, chosen)

        if chosen:
            self._session.write(_("Setting the goals"), change, lambda _none: self._ask_belonging(), owner=self._page)
        else:
            self._ask_belonging()

    def _ask_belonging(self) -> None:
        self._page.title.setText(_("Who belongs where?"))
        self._page.say(_("Departments, roles and expertise say whether sharing across departments works, and whom a group reaches."))
        self._session.load(self._belonging_now, self._show_belonging, owner=self._page)

    def _belonging_now(self, connection: sqlite3.Connection) -> Belonging:
        from cmdesk.core import belonging, models

        return belonging.standing(connection, models.in_use(connection, self._session.host.metrics))

    def _show_belonging(self, now: Belonging) -> None:
        self._belonging.begin(now)
        self.step.emit(self._belonging)

    def _belonging_said(self, chosen: list[int]) -> None:
        def change(community: Community) -> int:
            from cmdesk.core import belonging

            return belonging.make_departments(community, chosen)

        if chosen:
            self._session.write(_("Setting departments"), change, lambda _n: self.done.emit(), owner=self._page)
        else:
            self.done.emit()
