"""Last step: who belongs where? What is known, which goals get no verdict without it, and groups that are departments; can be skipped."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.core.belonging import AUDIENCE, Belonging, Need
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.drop_zone import DropZone
from cmdesk.ui.widgets.plain import box, button, empty, label, line, scrolled

MOST = 60
"""Groups that are listed, the largest."""


class BelongingStep(QWidget):
    """`done(groups)`: these groups are departments (none: skipped), then assess; `files(paths)`: read a list of people; `listed`: write one."""

    done = Signal(object)
    files = Signal(object)
    listed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choosers: dict[int, Chooser] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        known, what = box(gap=8)
        what.addWidget(label(_("What is known"), "heading"))
        needs = QWidget()
        self._known = QVBoxLayout(needs)
        self._known.setContentsMargins(0, 0, 8, 0)
        self._known.setSpacing(8)
        what.addWidget(scrolled(needs), 1)  # in a low window it would be squeezed until the lines cover each other
        found, inside = box(gap=8)
        upper.addWidget(known, 1)
        upper.addWidget(found, 1)
        inside.addWidget(label(_("Groups that were found"), "heading"))
        inside.addWidget(label(_("Is one of them a department? Who is in it and has no department yet gets it."), "muted", wrap=True))
        holder = QWidget()
        self._groups = QGridLayout(holder)
        self._groups.setContentsMargins(0, 0, 8, 0)
        self._groups.setHorizontalSpacing(12)
        self._groups.setColumnStretch(0, 1)
        self._groups.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(scrolled(holder), 1)
        column.addLayout(upper, 4)
        self.drop = DropZone(
            _("Or take it from a spreadsheet"), _("A list of people with department, role, expertise and the groups they are meant to be reached by. People are found again by their e-mail address.")
        )  # fmt: skip
        self.drop.chosen.connect(self.files)
        column.addWidget(self.drop, 1)
        self.skip = button(_("Skip"), lambda: self.done.emit([]))
        self.list = button(_("Write a list to fill in…"), self.listed.emit)
        self.go_on = button(_("Assess"), lambda: self.done.emit(self.chosen()), "primary")
        self.count = label(kind="muted")
        column.addLayout(line(self.count, 1, self.list, self.skip, self.go_on))

    def begin(self, now: Belonging) -> None:
        """Show what is known."""
        empty(self._known)
        for need in now.needs:
            self._known.addWidget(label(_known(need, now), "strong", wrap=True))
            for text in _effects(need, now):
                self._known.addWidget(label(text, "small", wrap=True))
        self._known.addStretch(1)
        self._show_groups(now)
        self._changed()

    def _show_groups(self, now: Belonging) -> None:
        empty(self._groups)
        self.choosers = {}
        if not now.groups:
            self._groups.addWidget(label(_("None with members."), "muted"), 0, 0)
        for number, group in enumerate(now.groups[:MOST]):
            chooser = Chooser(_("What is {group}?").format(group=group.path))
            chooser.addItem(_("a group"), False)
            chooser.addItem(_("a department"), True)
            chooser.setEnabled(group.unknown > 0)
            chooser.activated.connect(lambda _number: self._changed())
            n = ngettext("{n} person", "{n} people", group.people).format(n=words.count(group.people))
            self._groups.addWidget(label(group.path), number, 0)
            self._groups.addWidget(label(n, "muted"), number, 1)
            self._groups.addWidget(chooser, number, 2)
            self.choosers[group.id] = chooser
        if len(now.groups) > MOST:
            more = label(_("… and {n} smaller ones").format(n=words.count(len(now.groups) - MOST)), "muted")
            self._groups.addWidget(more, MOST, 0)

    def chosen(self) -> list[int]:
        """The groups that are departments."""
        return [group for group, chooser in self.choosers.items() if chooser.currentData()]

    def _changed(self) -> None:
        n = len(self.chosen())
        self.count.setText(ngettext("{n} department", "{n} departments", n).format(n=n) if n else "")


def _known(need: Need, now: Belonging) -> str:
    if need.kind == AUDIENCE:
        n = ngettext("{n} group has an intended audience", "{n} groups have an intended audience", need.known)
        return n.format(n=words.count(need.known))
    texts = {
        "unit": _("{n} of {all} people have a department"), "role": _("{n} of {all} people have a role"),
        "expertise": _("{n} of {all} people have an expertise"), "leader": _("{n} of {all} people are marked as leaders"),
    }  # fmt: skip
    return texts[need.kind].format(n=words.count(need.known), all=words.count(now.people))


def _effects(need: Need, now: Belonging) -> list[str]:
    if need.known * 2 > now.people or (need.kind in (AUDIENCE, "leader") and need.known):
        return []
    found = []
    if need.verdict:
        found.append(_("Without it no verdict: {goals}").format(goals=_goals(need.verdict)))
    if need.less:
        found.append(_("Without it judged on less: {goals}").format(goals=_goals(need.less)))
    return found


def _goals(goals: tuple[str, ...]) -> str:
    return ", ".join(words.goal(goal).title for goal in goals)
