"""The page Network: the picture with its controls, legend, counts and table. Work happens in jobs; the last picture stays until the next one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.api import Cancelled, Progress, _, circles
from cmdesk.api_qt import Picture, Reader, ViewContext, button, label, line, scrolled

from . import facts as all_facts, known, legend, unit_matrix
from .beside import Beside
from .canvas import Canvas
from .choice import Choice, Trail, read, text
from .controls import Controls
from .facts import Facts
from .filters import Filters, toggled
from .flow import Column
from .foot import Foot
from .linked_table import LinkedTable
from .out.menu import OutMenu
from .over_time import OverTime
from .scene import Scene, compose, first_choice, same_picture
from .wishes import counted

if TYPE_CHECKING:
    from cmdesk.api import Index

_LOWEST = 300
"""Pixels that the picture has at least: a lower window scrolls."""
_TABLES = frozenset({"facts", "members", "groups", "imports", "assessments"})


class NetworkPage(QWidget):
    """See the module. `trail` holds the choices gone through, `scene` is what is shown, `facts` what is known of it."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.trail = Trail(Choice())
        self.facts: Facts | None = None
        self.scene: Scene | None = None
        self._asked = 0
        self.canvas = Canvas(context)
        self.controls, self.filters, self.foot = Controls(), Filters(), Foot()
        self.legend = Picture()
        self.matrix = Picture(fit="width")
        self.words = label(_("Drawing the network …"), "muted", wrap=True)
        self.beside = Beside(context, self)
        self.time = OverTime(context, self)
        self._arrange()
        self._connect()
        self._add_buttons()
        context.say(known.sentence("relational"))
        context.run(_("Preparing"), lambda _progress: circles.warm(), lambda _nothing: None, lambda _error: None)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for widget in (self.words, self.canvas, self.matrix):
            self.stack.addWidget(widget)
        self.side = scrolled(self.legend.view)
        self.legend.hide()
        self.side.setFixedWidth(round(legend.WIDTH) + 24)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.stack)
        self.linked = LinkedTable(self.split, self._go_to)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.split, 1)
        middle.addWidget(self.side)
        every = QWidget()
        self.inside = place = Column(every)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(8)
        place.addWidget(self.controls)
        place.addLayout(line(self.controls.search, self.filters))
        self.area = QWidget()
        self.area.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        self.area.setMinimumHeight(_LOWEST)
        place.addWidget(self.area, 1)
        place.addWidget(self.foot)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(every))  # where the window is too low for all of it

    def _add_buttons(self) -> None:
        """Beside the page's title: over time, what-if questions, what leaves the page."""
        self.over_time = self.time.switch
        self.ask = button(_("What if …"), self.beside.what_if, hint=_("People leave, write to each other, a circle becomes a group: the fit then"))
        self.out = OutMenu(self._context, self)
        for widget in (self.over_time, self.ask, self.out.opener):
            self._context.place(widget)

    def _connect(self) -> None:
        context = self._context
        context.refresh.connect(self.refresh)
        context.changed.connect(lambda tables: self.refresh() if tables & _TABLES and self.isVisible() else None)
        context.steps = self.step
        self.controls.asked.connect(self.choose)
        self.controls.searched.connect(self.search)
        self.filters.changed.connect(lambda filters: self.choose(self._with(filters=filters)))
        self.legend.view.activated.connect(self._key)
        self.canvas.selected.connect(self.select)
        self.canvas.circle_opened.connect(self.open_circle)
        self.canvas.tie_chosen.connect(self.beside.tie_row)
        self.matrix.view.activated.connect(self.beside.gap)
        self.canvas.failed.connect(context.fail)
        self.canvas.moved.connect(self._moved)
        self.foot.tool.connect(lambda tool: setattr(self.canvas, "tool", tool))
        self.foot.fit.connect(self.canvas.fit)
        self.foot.table.connect(lambda on: self.linked.show(self.scene, on))
        self.foot.step.connect(self.step)
        self.foot.views = context.named_views
        self.foot.view_chosen.connect(lambda shows: self.choose(read(shows)))
        self.foot.view_kept.connect(lambda name: context.keep_view(name, text(self.placed())))
        self.foot.view_removed.connect(context.remove_view)

    # what is known

    def refresh(self) -> None:
        """Read the community again; the old picture stays until the new one is there."""
        self._gather(self._context.community, self.trail.now)

    def _gather(self, reader: Reader, choice: Choice) -> None:
        self._asked += 1
        asked, before = self._asked, self.facts

        def work(progress: Progress) -> Facts | None:
            return known.read_facts(reader, choice, progress)

        def done(found: Facts | None) -> None:
            if asked == self._asked:
                self._take(found)

        def failed(error: BaseException) -> None:
            if asked == self._asked and before is not None:
                self._back_to(before)
            if not isinstance(error, Cancelled):
                self._context.fail(error)

        self._context.run(_("Drawing the network"), work, done, failed)

    def _back_to(self, known: Facts) -> None:
        """A job was cancelled or failed: the picture stays, and the controls say again what it shows."""
        self.facts = known
        if self.scene is not None:
            self.trail.amend(self.scene.choice)
            self.controls.put(self.scene)

    def _take(self, found: Facts | None) -> None:
        self.facts = found
        self.beside.forget()
        self.time.again()
        if found is None or not len(found.every.i):
            self.scene = None
            self.words.setText(known.nothing(found))
            self.stack.setCurrentWidget(self.words)
            self.side.hide()
            self.foot.say([])
            return
        choice = self.trail.now
        if choice.threshold < 0 or (self.scene is None and choice == Choice()):
            self.trail.amend(first_choice(found, choice))
        self.show_scene()

    def show_scene(self) -> None:
        """Cut the facts to the choice of now and show that."""
        facts, choice = self.beside.supposed or self.facts, self.trail.now
        if facts is None or self.facts is None or not len(self.facts.every.i):
            return
        before = self.scene
        if before is not None and before.facts is facts and before.names == self._context.names and same_picture(before.choice, choice):
            self._reselect(before, choice)
            return
        self.scene = scene = compose(facts, choice, self._context.names)
        self._context.say(known.sentence(facts.trust))
        self.controls.put(scene)
        self.filters.put(scene)
        self.legend.view.set_drawing(legend.compose(scene))
        self.side.setVisible(choice.layout != "matrix")
        if choice.layout == "matrix":
            self.matrix.set_drawing(unit_matrix.compose(scene, max(float(self.stack.width()), 480.0)))
            self.stack.setCurrentWidget(self.matrix)
        else:
            self.canvas.put(scene)
            self.stack.setCurrentWidget(self.canvas)
            self.canvas.setAccessibleName(" · ".join(counted(scene, 0)))
        self.foot.say(counted(scene, self.canvas.frames.layers.bands() if self.canvas.frames.layers else 0))
        self.linked.put(scene)
        if self.beside.supposed is not None:
            self.foot.say([_("What if: nothing is changed in the community"), *counted(scene, 0)])
        if choice.layout == "free" and self.facts.free is None:
            self._refine(self.facts)
        self.time.again()

    def _reselect(self, before: Scene, choice: Choice) -> None:
        self.scene = before.reselected(choice)
        self.controls.put(self.scene)
        if choice.layout != "matrix":
            self.canvas.reselect(self.scene)
        self.time.again()

    def _refine(self, facts: Facts) -> None:
        """The free layout in the background; until then, and where it is cancelled, people stand as on the circle map."""

        def done(found: Facts) -> None:
            if self.facts is facts:
                self.facts = found
                self.show_scene()

        def failed(error: BaseException) -> None:
            if not isinstance(error, Cancelled):
                self._context.fail(error)

        self._context.run(_("Placing people"), lambda progress: all_facts.set_free(facts, progress), done, failed)

    # what is chosen

    def _with(self, **changes: Any) -> Choice:
        return msgspec.structs.replace(self.trail.now, **changes)

    def placed(self) -> Choice:
        """The choice of now with the place looked at."""
        canvas = self.canvas
        x, y = canvas.camera.world(canvas.width() / 2, canvas.height() / 2)
        return self._with(centre=(round(x, 4), round(y, 4)), scale=round(canvas.camera.scale, 5))

    def choose(self, choice: Choice, step: bool = True) -> None:
        """Show another choice; with `step` Back leads to the one before."""
        if step:
            self.trail.go(choice)
        else:
            self.trail.amend(choice)
        if self.facts is not None and self.facts.fits(choice) and choice.threshold >= 0:
            self.show_scene()
        else:
            self._gather(self._context.community, choice)

    def step(self, ahead: bool) -> bool:
        """Back or Forward; False if there is nothing that way."""
        moved = self.trail.forward() if ahead else self.trail.back()
        if moved:
            if self.facts is not None and self.facts.fits(self.trail.now):
                self.show_scene()
            else:
                self._gather(self._context.community, self.trail.now)
        return moved

    def _moved(self) -> None:
        if self.trail.now.scale:  # a kept place was left: it is no part of the choice any more
            self.trail.amend(self._with(scale=0.0))

    def select(self, people: Index, added: bool = False) -> None:
        """Select people (rows); `added` to those selected, or taken from them."""
        if self.scene is None:
            return
        ids = set(self.scene.facts.snapshot.people.id[people].tolist())
        chosen = set(self.trail.now.selected) ^ ids if added else ids
        self.choose(self._with(selected=tuple(sorted(chosen)), scale=0.0))
        scene = self.scene
        rows = scene.chosen()
        if len(rows) == 1:
            self.linked.choose(int(rows[0]))
            self._context.select("member", int(scene.facts.snapshot.people.id[rows[0]]))
        self.beside.people(np.array([scene.row_of[id] for id in self.trail.now.selected if id in scene.row_of], np.int32))

    def open_circle(self, k: int) -> None:
        """Look into a circle: its people and their ties."""
        if self.scene is not None:
            member = int(self.scene.facts.snapshot.people.id[int(np.flatnonzero(self.scene.facts.found.label == k)[0])])
            self.choose(self._with(opened=(member,), scale=0.0))
            self.canvas.open_circle(k)
            self.beside.circle(k)

    def _go_to(self, person: Index) -> None:
        self.select(person)
        self.canvas.come_to(person)

    def real_scene(self) -> Scene | None:
        """What is shown, without what is only supposed."""
        if self.facts is None or self.scene is None or self.beside.supposed is None:
            return self.scene
        return compose(self.facts, self.trail.now, self._context.names)

    def search(self, words: str) -> None:
        """Centre the people whose shown name (or pseudonym) holds these words."""
        if not self.canvas.look_for(words):
            self._context.notify(_("Nobody on the map is called {words}.").format(words=words.strip()), _("Filters may hide them."))

    def _key(self, target: str) -> None:
        """A click on a key of the legend filters by it, another takes that away."""
        found = toggled(self.scene, target) if self.scene is not None else None
        if found is not None:
            self.choose(self._with(filters=found))
