"""The page Network: the picture with its controls, legend, counts and table. Work happens in jobs; the last picture stays until the next one is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.api import Cancelled, Progress, _, circles, standings
from cmdesk.api_qt import Picture, Reader, Table, ViewContext, button, label, line, scrolled

from . import facts as all_facts, legend, people_table, strengths, unit_matrix
from .beside import Beside
from .canvas import Canvas
from .choice import Choice, Filter, Trail, read, text
from .controls import Controls
from .facts import Facts
from .filters import Filters
from .foot import Foot
from .out.menu import OutMenu
from .periods.panel import PeriodsPanel
from .scene import Scene, compose, first_choice, same_picture
from .wishes import counted

if TYPE_CHECKING:
    from cmdesk.api import Drawing, Index

_PAUSE = 250
"""Milliseconds after the last change of a control before the periods are worked out again."""
_TABLES = frozenset({"facts", "members", "groups", "imports", "assessments"})


class NetworkPage(QWidget):
    """See the module. `trail` holds the choices gone through, `scene` is what is shown, `facts` what is known of it."""

    def __init__(self, context: ViewContext) -> None:
        super().__init__()
        self._context = context
        self.trail = Trail(Choice())
        self.facts: Facts | None = None
        self.scene: Scene | None = None
        self.table: Table | None = None
        self._asked = 0
        self.canvas = Canvas(context)
        self.controls, self.filters, self.foot = Controls(), Filters(), Foot()
        self.legend = Picture()
        self.matrix = Picture(fit="width")
        self.words = label(_("Drawing the network …"), "muted", wrap=True)
        self.beside = Beside(context, self)
        self.periods: PeriodsPanel | None = None
        self._arrange()
        self._connect()
        self._add_buttons()
        context.say(_sentence("relational"))
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
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.split, 1)
        middle.addWidget(self.side)
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(8)
        place.addWidget(self.controls)
        place.addLayout(line(self.controls.search, self.filters))
        self.area = QWidget()
        self.area.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.area, 1)
        place.addWidget(self.foot)

    def _add_buttons(self) -> None:
        """Beside the page's title: over time, what-if questions, what leaves the page."""
        self.over_time = button(_("Over time"), self.turn_time, "choice", hint=_("The network period by period, people in their places"))
        self.over_time.setCheckable(True)
        self.ask = button(_("What if …"), self.beside.what_if, hint=_("People leave, write to each other, a circle becomes a group: the fit then"))
        self.out = OutMenu(self._context, self)
        for widget in (self.over_time, self.ask, self.out.opener):
            self._context.place(widget)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE)
        self._again.timeout.connect(self._look_back)

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
        self.canvas.tie_chosen.connect(self._tie)
        self.matrix.view.activated.connect(self.beside.gap)
        self.canvas.failed.connect(context.fail)
        self.canvas.moved.connect(self._moved)
        self.foot.tool.connect(lambda tool: setattr(self.canvas, "tool", tool))
        self.foot.fit.connect(self.canvas.fit)
        self.foot.table.connect(self.show_table)
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
        asked, known = self._asked, self.facts

        def work(progress: Progress) -> Facts | None:
            return _read(reader, choice, progress)

        def done(found: Facts | None) -> None:
            if asked == self._asked:
                self._take(found)

        def failed(error: BaseException) -> None:
            if asked == self._asked and known is not None:
                self._back_to(known)
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
        self._again.start()
        if found is None or not len(found.every.i):
            self.scene = None
            self.words.setText(_empty(found))
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
        self._context.say(_sentence(facts.trust))
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
        self._fill_table()
        if self.beside.supposed is not None:
            self.foot.say([_("What if: nothing is changed in the community"), *counted(scene, 0)])
        if choice.layout == "free" and self.facts.free is None:
            self._refine(self.facts)
        self._again.start()

    def _reselect(self, before: Scene, choice: Choice) -> None:
        self.scene = before.reselected(choice)
        self.controls.put(self.scene)
        if choice.layout != "matrix":
            self.canvas.reselect(self.scene)
        self._again.start()

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
        if len(rows) == 1 and self.table is not None:
            people_table.choose(self.table, int(rows[0]))
        if len(rows) == 1:
            self._context.select("member", int(scene.facts.snapshot.people.id[rows[0]]))
        self.beside.people(np.array([scene.row_of[id] for id in self.trail.now.selected if id in scene.row_of], np.int32))

    def open_circle(self, k: int) -> None:
        """Look into a circle: its people and their ties."""
        if self.scene is not None:
            member = int(self.scene.facts.snapshot.people.id[int(np.flatnonzero(self.scene.facts.found.label == k)[0])])
            self.choose(self._with(opened=(member,), scale=0.0))
            self.canvas.open_circle(k)
            self.beside.circle(k)

    def _tie(self, row: int) -> None:
        if self.scene is not None and 0 <= row < len(self.scene.ties.i):
            self.beside.tie(int(self.scene.ties.i[row]), int(self.scene.ties.j[row]))

    # over time

    def turn_time(self) -> None:
        """From the map to the periods and back."""
        on = self.over_time.isChecked()
        if on and self.periods is None:
            self.periods = PeriodsPanel(self._context, lambda: (self.facts if self.scene is not None else None, self.trail.now))
            self.periods.selected.connect(self.select)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.indexOf(self.area), self.periods, 1)
        controls = self.controls
        for widget in (self.area, self.foot, controls.search, controls.layouts, controls.sizes, controls.steps):
            widget.setVisible(not on)
        if self.periods is not None:
            self.periods.setVisible(on)
        if on:
            self._look_back()

    def _look_back(self) -> None:
        if self.periods is not None and self.periods.isVisible():
            self.periods.refresh()

    def period_drawing(self) -> Drawing | None:
        """The picture of the period that is shown, None while the map is."""
        return self.periods.drawing() if self.periods is not None and self.periods.isVisible() else None

    def real_scene(self) -> Scene | None:
        """What is shown, without what is only supposed."""
        if self.facts is None or self.scene is None or self.beside.supposed is None:
            return self.scene
        return compose(self.facts, self.trail.now, self._context.names)

    def search(self, words: str) -> None:
        """Centre the people whose shown name (or pseudonym) holds these words."""
        scene = self.scene
        if scene is None:
            return
        wanted = words.strip().casefold()
        people = scene.facts.snapshot.people
        shown = people.name if scene.names else people.code
        rows = [row for row in scene.rows.tolist() if wanted and wanted in shown[row].casefold()]
        self.canvas.searched = np.array(rows[:50], np.int32)
        if rows:
            self.canvas.focus = rows[0]
            self.canvas.come_to(np.array(rows[:1], np.int32), close=True)
        elif wanted:
            self._context.notify(_("Nobody on the map is called {words}.").format(words=words.strip()), _("Filters may hide them."))
        self.canvas.update()

    def _key(self, target: str) -> None:
        """A click on a key of the legend filters by it, another takes that away."""
        if self.scene is None or not target.startswith("key:"):
            return
        row, field = int(target.removeprefix("key:")), self.scene.choice.colour
        if row < len(self.scene.keys) - 1:
            from . import keys

            one = Filter(field, keys.values(self.scene.facts, field)[row])
            now = self.trail.now.filters
            self.choose(self._with(filters=tuple(each for each in now if each != one) if one in now else (*now, one)))

    # table

    def show_table(self, on: bool) -> None:
        """Show the picture's table beside it, or put it away."""
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        if on:
            self._fill_table(make=True)

    def _fill_table(self, *, make: bool = False) -> None:
        if self.scene is None or not (make or self.table is not None):
            return
        old, self.table = self.table, people_table.make(self.scene, self._row_chosen)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.split.insertWidget(1, self.table)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        rows = self.scene.chosen()
        if len(rows) == 1:
            people_table.choose(self.table, int(rows[0]))

    def _row_chosen(self, row: people_table.Person) -> None:
        person = np.array([row.id], np.int32)
        QTimer.singleShot(0, self, lambda: self._go_to(person))  # the table is made anew meanwhile

    def _go_to(self, person: Index) -> None:
        self.select(person)
        self.canvas.come_to(person)


def _sentence(trust: str) -> str:
    """What the page shows, under its title."""
    return {
        "relational": _("Circles are people with trust in each other, estimated from exchange; the colour is the department."),
        "competence": _("Circles are people who trust each other's competence, estimated from answers and recognition."),
        "asked": _("Circles are people who named each other in surveys and lists of ties."),
    }[trust]  # fmt: skip


def _empty(found: Facts | None) -> str:
    if found is None:
        return _("No messages and no ties yet: import an export, and the circles show here.")
    return _("No ties of this kind yet: choose another kind of trust, or import an export with exchanges between people.")


def _read(reader: Reader, choice: Choice, progress: Progress) -> Facts | None:
    snapshot = reader.snapshot(progress)
    if not len(snapshot.posts) and not strengths.relations(snapshot):
        return None
    with reader.reading() as connection:
        roles, verdicts = standings.roles(connection), standings.verdicts(connection)
    return all_facts.gather(snapshot, choice, progress, roles=roles, verdicts=verdicts)
