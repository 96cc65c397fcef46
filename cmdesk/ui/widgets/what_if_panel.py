"""What if people left or came, wrote to each other, a group were split: the fit of one group now and then, of a copy. Nothing is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from cmdesk.core.goal_model import GoalModel
from cmdesk.core.members import MemberRow
from cmdesk.core.progress import Progress
from cmdesk.core.reports import CircleLine, Report
from cmdesk.core.text import _
from cmdesk.ui.jobs import Job
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.circle_chooser import CircleChooser
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, column, empty, label, line, tip
from cmdesk.ui.widgets.what_if_answer import Answer

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot
    from cmdesk.core.supposing import Supposed, Supposition

_HITS = 6
_WAIT = 150
"""Milliseconds after the last key before people are searched."""
_MOST_TIED = 20
"""People who may be tied at once: each pair is a tie."""


class Step(msgspec.Struct, frozen=True):
    """One thing that is supposed: `deed` and the people (ids, labels)."""

    deed: str
    people: tuple[tuple[int, str], ...]


class Subject(msgspec.Struct, frozen=True):
    """A group that may be asked about (id, path) and the goals whose fit is told."""

    id: int
    path: str
    goals: tuple[str, ...]


class WhatIfPanel(Sheet):
    """A sheet for the inspector about one of `subjects`, with `model` at the end of `as_of` (None: the last day with data). It keeps the snapshot of that
    period; it goes with the page. `circles` of `assessment` may be picked whole. `supposed(Supposition)`: another thing
    is supposed; None: it is put away."""

    supposed = Signal(object)

    def __init__(
        self, session: Session, subjects: Sequence[Subject], model: GoalModel, as_of: date | None, window_days: int,
        *, circles: Sequence[CircleLine] = (), assessment: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(_("What if…"), subjects[0].path if len(subjects) == 1 else "")
        self._session, self.model, self._period, self._assessment = session, model, (as_of, window_days), assessment
        self._subjects = list(subjects)
        self.subject = self._subjects[0]
        self._snapshot: Snapshot | None = None
        self._picked: dict[int, str] = {}
        self._steps: list[Step] = []
        self._job: Job | None = None
        self.rows: list[Supposed] = []
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(_WAIT)
        self._search.timeout.connect(self._find)
        self.say(_("Nothing is changed in the community: this is worked out on a copy."), "small")
        self.about = Chooser(_("The group that is asked about"))
        for each in self._subjects:
            self.about.addItem(each.path)
        self.about.activated.connect(self._turn_to)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search people…"))
        self.field.setAccessibleName(_("Search people for the question"))
        self.field.textEdited.connect(lambda _text: self._search.start())
        self.field.returnPressed.connect(self._first)
        self.circle = CircleChooser(circles)
        self.circle.setToolTip(tip(_("Everybody in a circle that this assessment found")))
        self.circle.activated.connect(lambda _number: self._pick_circle())
        self.hits: list[QPushButton] = []
        self._hits, self._chips, self._list, self._found = (self._place() for _number in range(4))
        self.deeds = {name: button(text, partial(self._suppose, name)) for name, text in _deeds().items()}
        self.state = label(_("Loading…"), "muted", wrap=True)
        self.start_again = button(_("Start again"), self.reset, "link")
        self._build()
        self._show()
        self._load()

    @classmethod
    def of_report(cls, session: Session, report: Report, group: int, goals: Sequence[str]) -> WhatIfPanel:
        """About one group of a stored assessment, at its day and with its goal model."""
        line_of = next(each for each in report.groups if each.id == group)
        subjects = [Subject(group, line_of.path, tuple(goals))]
        return cls(
            session, subjects, report.model, date.fromisoformat(report.as_of), report.window_days, circles=report.circles,
            assessment=report.assessment_id,
        )  # fmt: skip

    @staticmethod
    def _place() -> QVBoxLayout:
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(4)
        return place

    def _build(self) -> None:
        if len(self._subjects) > 1:
            self.add(self.about)
        self.section(_("Who?"))
        for part in (self.field, self._hits, self._chips):
            self.add(part)
        if self.circle.count() > 1:
            self.add(self.circle)
        self.section(_("What?"))
        self.add(column(*self.deeds.values(), gap=6))
        self.section(_("Supposed"))
        self.add(self._list)
        self.section(_("The fit then"))
        self.add(self.state)
        self.add(self._found)
        self.add(line(self.start_again, 1))

    # people

    def _load(self) -> None:
        from cmdesk.core import loading, supposing

        (as_of, window_days), metrics = self._period, self._session.host.metrics

        def work(connection: sqlite3.Connection) -> Snapshot:
            found = loading.load(connection, as_of=as_of, window_days=window_days, metrics=metrics)
            return supposing.rough(found)

        self._session.load(work, self._ready, title=_("Loading"), owner=self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._steps:
            self.supposed.emit(self.supposition())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self._steps:
            self.supposed.emit(None)

    def _ready(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._ask()

    def _find(self) -> None:
        text, names = self.field.text().strip(), self._session.names
        if not text:
            self._list_hits([])
            return

        def work(connection: sqlite3.Connection) -> list[MemberRow]:
            from cmdesk.core import members

            ids = members.ids(connection, text, names=names)[:_HITS]
            return members.rows(connection, ids, names)

        self._session.load(work, self._list_hits, title=_("Searching"), owner=self)

    def _list_hits(self, rows: Sequence[MemberRow]) -> None:
        empty(self._hits)
        self.hits = []
        inside = self._members()
        for row in rows:
            where = _("in the group") if row.id in inside else _("not in the group")
            made = button(f"{row.label} · {where}", partial(self._pick, row.id, row.label), "link")
            self.hits.append(made)
            self._hits.addWidget(made)
        if not rows and self.field.text().strip():
            self._hits.addWidget(label(_("Nobody is found."), "small"))

    def _members(self) -> frozenset[int]:
        if self._snapshot is None:
            return frozenset()
        row = self._row()
        return frozenset(self._snapshot.people.id[self._snapshot.groups.roster[row]].tolist()) if row is not None else frozenset()

    def _row(self) -> int | None:
        """The group's row in the snapshot, None where it is gone."""
        assert self._snapshot is not None
        rows = self._snapshot.groups.id.tolist()
        return rows.index(self.subject.id) if self.subject.id in rows else None

    def _first(self) -> None:
        self._search.stop()
        if self.hits:
            self.hits[0].click()
        else:
            self._find()

    def _pick(self, id: int, name: str) -> None:
        self._picked[id] = name
        self.field.clear()
        self._list_hits([])
        self._show()
        self.field.setFocus()

    def pick_people(self, ids: Sequence[int]) -> None:
        """Pick these members, as if each had been searched and chosen."""
        wanted, names = list(ids), self._session.names

        def work(connection: sqlite3.Connection) -> list[MemberRow]:
            from cmdesk.core import members

            return members.rows(connection, wanted, names)

        def picked(rows: Sequence[MemberRow]) -> None:
            self._picked |= {row.id: row.label for row in rows}
            self._show()

        self._session.load(work, picked, title=_("Searching"), owner=self)

    def _turn_to(self, number: int) -> None:
        self.subject = self._subjects[number]
        self._ask()

    def _pick_circle(self) -> None:
        """Everybody in a circle of this assessment."""
        number, assessment, names = self.circle.number(), self._assessment, self._session.names
        if not number:
            return

        def work(connection: sqlite3.Connection) -> list[MemberRow]:
            from cmdesk.core import circle_store, members

            refs = set(circle_store.members(connection, assessment, number))
            ids = [id for id, ref in connection.execute("SELECT id, ref FROM members") if ref in refs]
            return members.rows(connection, ids, names)

        def done(rows: list[MemberRow]) -> None:
            self._picked.update({row.id: row.label for row in rows})
            self.circle.setCurrentIndex(0)
            self._show()

        self._session.load(work, done, title=_("Reading the circle"), owner=self)

    def _unpick(self, id: int) -> None:
        self._picked.pop(id, None)
        self._show()

    # what is supposed

    def _suppose(self, deed: str) -> None:
        self._steps.append(Step(deed, tuple(self._picked.items())))
        self._picked = {}
        self._changed()

    def _changed(self) -> None:
        self._show()
        self._ask()
        self.supposed.emit(self.supposition())

    def _forget(self, number: int) -> None:
        del self._steps[number]
        self._changed()

    def reset(self) -> None:
        """Suppose nothing any more."""
        self._steps, self._picked = [], {}
        self.field.clear()
        self._changed()

    def supposition(self) -> Supposition:
        """All steps as one question."""
        from cmdesk.core.supposing import Supposition

        by = {deed: [tuple(id for id, _name in step.people) for step in self._steps if step.deed == deed] for deed in self.deeds}
        pairs = [(one, other) for people in by["tie"] for k, one in enumerate(people) for other in people[k + 1 :]]
        return Supposition(
            leave=tuple(dict.fromkeys(id for people in by["leave"] for id in people)), join=tuple((self.subject.id, people) for people in by["join"]),
            ties=tuple(pairs), split=tuple((self.subject.id, people) for people in by["split"]),
            circle=tuple((_("New group {number}").format(number=k), people, None) for k, people in enumerate(by["circle"], 1)),
        )  # fmt: skip

    def _show(self) -> None:
        empty(self._chips)
        for id, name in self._picked.items():
            self._chips.addLayout(line(label(name, wrap=True), 1, button("×", partial(self._unpick, id), "flat", name=_("Leave {name} out of the question").format(name=name))))
        many = len(self._picked)
        for name, deed in self.deeds.items():
            deed.setEnabled(2 <= many <= _MOST_TIED if name == "tie" else many > 0)
        empty(self._list)
        for number, step in enumerate(self._steps):
            text = label(_said(step), wrap=True)
            self._list.addLayout(line(text, 1, button("×", partial(self._forget, number), "flat", name=_("No longer suppose: {what}").format(what=text.text()))))
        if not self._steps:
            self._list.addWidget(label(_("Nothing yet. Pick people, then say what they do."), "small", wrap=True))
        self.start_again.setVisible(bool(self._steps or self._picked))

    # the answer

    def _ask(self) -> None:
        if self._snapshot is None:
            return
        row = self._row()
        if row is None:
            self.state.setText(_("The group is no longer there."))
            return
        if self._job is not None:
            self._job.cancel()
        snapshot, what, host, model, goals = self._snapshot, self.supposition(), self._session.host, self.model, list(self.subject.goals)
        self.state.setText(_("Working it out…"))

        def work(progress: Progress) -> list[Supposed]:
            from cmdesk.core import supposing

            found = supposing.ask(snapshot, what, host, model, [row], goals, progress)
            if not what.circle:
                return found
            every = supposing.ask(snapshot, what, host, model, [], list(model.goals), progress)  # a new group has no goal yet: it may fit any
            return [each for each in found if not each.new] + [each for each in every if each.new]

        self._job = self._session.jobs.start(_("What if"), work, self._answered, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        from cmdesk.core.errors import Cancelled

        if not isinstance(error, Cancelled):
            self.state.setText(_("It cannot be worked out."))
            self._session.fail(error)

    def _answered(self, rows: list[Supposed]) -> None:
        empty(self._found)
        self.rows = rows
        for row in rows:
            self._found.addWidget(Answer(row, many=len(rows) > len(self.subject.goals)))
        self.state.setText(_("Nothing was changed in the community.") if self._steps else _("As it is now."))


def _deeds() -> dict[str, str]:
    return {
        "leave": _("They leave"), "join": _("They come into the group"), "tie": _("They write to each other every week"),
        "split": _("They make one half, the others another"), "circle": _("They become a group of their own"),
    }  # fmt: skip


def _said(step: Step) -> str:
    names = [name for _id, name in step.people]
    first = ", ".join(names[:3])
    more = len(names) - 3
    who = first if more <= 0 else _("{names} and {n} more").format(names=first, n=more)
    return f"{who}: {_deeds()[step.deed]}"
