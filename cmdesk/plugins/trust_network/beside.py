"""What stands beside the map: the inspector's sheets, what-if questions that the map shows at once, and the network over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject
from shiboken6 import isValid

from cmdesk.api import Progress, Supposition, _, ngettext, supposing
from cmdesk.api_qt import Sheet, ViewContext, as_day, label

from . import keys, strengths
from .inspecting import circle, gap, person, sheet, tie
from .inspecting.telling import HIDDEN_BELOW, Line, Naming, Section, Told
from .naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Index, Score
    from cmdesk.api_qt import Reader, WhatIfPanel

    from .facts import Facts
    from .scene import Scene
    from .view import NetworkPage


class Beside(QObject):
    """Tells of what is selected on `page`. While a what-if question is open, clicked people are picked for it, and `supposed` holds the facts as they
    would be; the community stays as it is."""

    def __init__(self, context: ViewContext, page: NetworkPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._asked = 0
        self.panel: WhatIfPanel | None = None
        self.supposed: Facts | None = None

    # telling

    def people(self, rows: Index) -> None:
        """Those selected: one person, the tie of two, or how many and from where. With a question open they are picked for it."""
        scene = self._page.scene
        if scene is None or not len(rows):
            return
        if self.asking():
            assert self.panel is not None
            self.panel.pick_people(self._ids(rows))
            return
        if len(rows) == 1:
            row, label_of, edge = int(rows[0]), scene.facts.found.label, self._edge(scene)
            shown = None if self._given(scene) is None else scene.neighbours(row)
            self._tell(lambda naming: person.tell(naming, row, circle=label_of, at_least=edge, shown=shown))
        elif len(rows) == 2:
            self.tie(int(rows[0]), int(rows[1]))
        else:
            self._tell(partial(_several, rows=rows, facts=scene.facts, ties=self._given(scene)))

    def tie(self, i: int, j: int) -> None:
        """A tie between the people in rows `i` and `j`."""
        scene = self._page.scene
        if scene is not None:
            edge = self._edge(scene)
            self._tell(lambda naming: tie.tell(naming, i, j, at_least=edge))

    def tie_row(self, row: int) -> None:
        """A tie by its row in the scene."""
        scene = self._page.scene
        if scene is not None and 0 <= row < len(scene.ties.i):
            self.tie(int(scene.ties.i[row]), int(scene.ties.j[row]))

    def circle(self, number: int) -> None:
        """A circle; what its structure fits follows once it is worked out."""
        scene = self._page.scene
        if scene is None or self.asking():
            return
        label_of = scene.facts.found.label
        members = np.flatnonzero(label_of == number).astype(np.int32)
        deeds = [(_("What if it were a group …"), lambda: self.what_if(self._ids(members)))] if len(members) >= HIDDEN_BELOW else []
        ties = self._given(scene)
        self._tell(lambda naming: circle.tell(naming, number, label_of, ties=ties), partial(self._judge, members), deeds)

    def gap(self, target: str) -> None:
        """What lies between two departments or groups; `target` is that of a cell of the matrix, "unit:A:B" or "group:A:B"."""
        scene = self._page.scene
        kind, _colon, rest = target.partition(":")
        numbers = rest.split(":")
        if scene is None or kind not in ("unit", "group") or len(numbers) != 2:
            return
        one, other = (int(each) for each in numbers)
        facts = scene.facts
        number, words = keys.numbers(facts, kind)
        sides = [np.flatnonzero((number == each) & facts.snapshot.people.counted) for each in (one, other)]
        names, ties = (shown_name(words[one]), shown_name(words[other])), self._given(scene)
        if one == other:
            self._tell(partial(_several, rows=sides[0].astype(np.int32), facts=facts, ties=ties))
        else:
            self._tell(lambda naming: gap.tell(naming, sides[0], sides[1], names, ties))

    def follow(self, target: str) -> None:
        """Go where a line of a sheet leads."""
        scene = self._page.scene
        kind, _colon, rest = target.partition(":")
        if scene is None or not rest:
            return
        if kind == "circle":
            self._page.open_circle(int(rest))
            return
        rows = [scene.row_of[int(id)] for id in rest.split(":") if int(id) in scene.row_of]
        if kind == "person" and rows:
            self._page.select(np.array(rows, np.int32))
            if scene.drawn[rows[0]]:
                self._page.canvas.come_to(np.array(rows, np.int32))
        elif kind == "tie" and len(rows) == 2:
            self.tie(*rows)

    def _tell(
        self, make: Callable[[Naming], Told], then: Callable[[Sheet], object] | None = None, deeds: Sequence[tuple[str, Callable[[], object]]] = ()
    ) -> None:
        """Make a sheet in a job and show it, unless something else was selected meanwhile."""
        scene = self._page.scene
        if scene is None:
            return
        self._asked += 1
        asked, snapshot, names = self._asked, scene.facts.snapshot, self._context.names

        def done(told: Told) -> None:
            if asked == self._asked and names == self._context.names:
                shown = sheet.show(self._context, told, self.follow, deeds)
                if then is not None:
                    then(shown)

        self._context.run(_("Looking closer"), lambda _progress: make(Naming(snapshot, names=names, day=as_day)), done)

    def _judge(self, members: Index, shown: Sheet) -> None:
        """Add what a circle would fit to its sheet."""
        scene = self._page.scene
        if scene is None or len(members) < HIDDEN_BELOW:
            return
        waiting = label(_("Working out what it fits …"), "muted", wrap=True)
        shown.add(waiting)
        reader, snapshot = self._context.community, scene.facts.snapshot

        def done(scores: list[Score]) -> None:
            if isValid(shown):
                waiting.hide()
                sheet.fill(shown, circle.fit_section(scores), self.follow)

        self._context.run(_("Goal fit of a circle"), partial(_judged, reader, snapshot, members), done)

    def _edge(self, scene: Scene) -> float:
        """From which R on a pair is a tie in the sheets: as on the map where it shows relational trust."""
        return scene.choice.threshold if scene.facts.trust == "relational" else strengths_edge()

    def _given(self, scene: Scene) -> strengths.Ties | None:
        """The ties of the map where they are no relational trust: then sheets on circles and gaps count these."""
        every = scene.facts.every
        return None if scene.facts.trust == "relational" else every.only(every.weight >= scene.choice.threshold - 1e-12)

    def _ids(self, rows: Index) -> list[int]:
        assert self._page.scene is not None
        return [int(id) for id in self._page.scene.facts.snapshot.people.id[rows].tolist()]

    # what if

    def asking(self) -> bool:
        """True while a what-if question is open."""
        return self.panel is not None and isValid(self.panel) and self.panel.isVisible()

    def what_if(self, picked: Sequence[int] = ()) -> None:
        """Open the questions in the inspector, about the people selected or `picked` (ids)."""
        chosen = list(picked) or list(self._page.trail.now.selected)

        def opened(panel: WhatIfPanel) -> None:
            self.panel = panel
            panel.supposed.connect(self._suppose)
            if chosen:
                panel.pick_people(chosen)

        self._context.what_if(opened)

    def _suppose(self, what: Supposition | None) -> None:
        """Show the map as it would be, people in their places."""
        facts = self._page.facts
        self._asked += 1
        asked, choice = self._asked, self._page.trail.now
        if facts is None or what is None or what == Supposition():
            self._show(None)
            return

        def work(_progress: Progress) -> Facts:
            then = supposing.suppose(facts.snapshot, what)
            return replace(facts, snapshot=then, every=strengths.of(then, choice))

        def done(found: Facts) -> None:
            if asked == self._asked and self._page.facts is not None and self._page.facts.snapshot is facts.snapshot:
                self._show(found)

        self._context.run(_("What if"), work, done)

    def forget(self) -> None:
        """The community was read again: what was supposed of the old facts goes."""
        self.supposed = None

    def _show(self, found: Facts | None) -> None:
        if found is None and self.supposed is None:
            return
        self.supposed = found
        self._page.show_scene()


def strengths_edge() -> float:
    """The usual edge of a tie in relational trust."""
    from .facts import TIE

    return TIE["relational"]


def _judged(reader: Reader, snapshot: Any, members: Index, progress: Progress) -> list[Score]:
    return reader.judge(snapshot, members.tolist(), progress)


def _several(naming: Naming, *, rows: Index, facts: Facts, ties: strengths.Ties | None) -> Told:
    """Several people: how many, from which departments and circles, and the ties among them; nobody by name."""
    title = ngettext("{n} person", "{n} people", len(rows)).format(n=f"{len(rows):,}")
    if len(rows) < HIDDEN_BELOW:
        lines = tuple(Line(naming.person(row), naming.target(row)) for row in sorted(rows.tolist(), key=lambda row: naming.person(row).casefold()))
        return Told(title=title, sections=(Section(lines=lines), Section(sentences=(_("Of fewer than five people nothing is told together."),))))
    return circle.of_people(naming, title, rows, facts.found.label, ties)
