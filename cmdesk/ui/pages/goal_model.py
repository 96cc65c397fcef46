"""The goal model as a form: what each goal is judged by. What is right is kept as one leaves a field; until then the last good one stays in use."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QStackedWidget

from cmdesk.core import goal_model_file, model_editing, model_view, models
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import SHIPPED, GoalModel
from cmdesk.core.model_view import ModelsView
from cmdesk.core.retelling import told
from cmdesk.core.text import _
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.chooser import Chooser
from cmdesk.ui.widgets.model_differences import Differences
from cmdesk.ui.widgets.model_form import ModelForm
from cmdesk.ui.widgets.model_naming import ModelNaming
from cmdesk.ui.widgets.plain import button, label, line, restyle


class GoalModelPage(Page):
    """Choose a model and a goal; its criteria stand left, the form of one of them right."""

    tables = frozenset({"goal_models", "settings", "assessments"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session, desk, _("Goal model"), _("What each goal is judged by, and how strictly. Most communities never need to change it.")
        )
        self._now: ModelsView | None = None
        self._kept: model_editing.Document = {}
        self._drafts: dict[str, model_editing.Document] = {}
        self._known: dict[str, tuple[str, str]] = {}
        self._locked = True
        self._build_head()
        self._build_form()

    def _build_head(self) -> None:
        self.bring = button(_("Import…"), self._import, hint=_("A goal model from a TOML file"))
        self.write = button(_("Export…"), self._export, hint=_("This goal model as a TOML file"))
        self.buttons.addWidget(self.bring)
        self.buttons.addWidget(self.write)
        self.model = Chooser(_("Goal model"))
        self.model.setMinimumContentsLength(18)
        self.model.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model.setMaximumWidth(420)
        self.model.activated.connect(lambda _number: self._open(str(self.model.currentData())))
        self.use = button(_("Use this one"), self._use)
        self.own = button(_("Make one of our own"), self._copy, hint=_("A copy that can be changed; goals that you leave alone follow the original"))
        self.remove = button(_("Remove"), self._remove)
        self._naming = ModelNaming()
        self._naming.typed.connect(self._put_head)
        self._naming.left.connect(self._settle)
        self.state = label("", "muted", wrap=True)
        self._below = line()
        self._below.addWidget(self.state, 1)
        self.body.addLayout(line(label(_("Goal model"), "strong"), self.model, self.use, self.own, self.remove, 1))
        self.body.addWidget(self._naming)
        self.body.addLayout(self._below)

    def _build_form(self) -> None:
        self.form = ModelForm()
        self.form.judged.connect(self._say_state)
        self.form.settled.connect(self._settle)
        self.reset_goal = button(_("Reset this goal"), lambda: self._reset(str(self.form.goal.currentData())), "link")
        self.reset_all = button(_("Reset all"), self._reset, "link")
        self.form.beside.addLayout(line(self.reset_goal, self.reset_all))
        self.turn = button(_("Show what differs"), self._turn, "link")
        self._below.addWidget(self.turn)
        self.differences = Differences()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.form)
        self._pages.addWidget(self.differences)
        self.body.addWidget(self._pages, 1)

    # what is there

    def refresh(self) -> None:
        known = self.session.host.metrics
        self._known = {name: (told(metric.title), told(metric.meaning)) for name, metric in known.items()}
        self.form.name_metrics(self._known)
        names = frozenset(known)
        self.session.load(lambda connection: model_view.read(connection, names), self._show, title=_("Reading goal models"), owner=self)

    def _show(self, now: ModelsView) -> None:
        before = self.model.currentData()
        self._now = now
        self.model.clear()
        for row in now.rows:
            title = told(row.title) + (" · " + _("in use") if row.in_use else "") + (" · " + _("cannot be used") if row.problem else "")
            self.model.addItem(title, row.id)
        used = next((row.id for row in now.rows if row.in_use), SHIPPED[0])
        at = self.model.findData(before)
        self.model.setCurrentIndex(max(0, at if at >= 0 else self.model.findData(used)))
        self.differences.offer([(row.id, told(row.title)) for row in now.rows if row.id in now.models])
        wanted = str(self.model.currentData())
        found = now.models.get(wanted)
        if found is not None and self.form.document.get("id") == wanted and model_editing.document(found) == self._kept:
            self._allow()
        else:
            self._open(wanted)

    def _open(self, id: str) -> None:
        """Show a model; what was being changed in another one and is not right yet waits until one comes back to it."""
        shown = str(self.form.document.get("id", ""))
        if shown and shown != id and not self._is_kept():
            self._drafts[shown] = self.form.document
        found = self._now.models.get(id) if self._now else None
        self._kept = model_editing.document(found) if found else {}
        document = self._drafts.pop(id, None) or copy.deepcopy(self._kept)
        self._naming.show_of(document)
        base = model_editing.included(found) if found else ""
        self.differences.against(base or SHIPPED[0])
        self._put(document)

    def _put(self, document: model_editing.Document) -> None:
        row = self._row()
        self._locked = row is None or not row.own or bool(self.session.community and self.session.community.read_only) or not document
        self.form.open(document, self._now.values if self._now else {}, locked=self._locked)
        self._allow()

    def _allow(self) -> None:
        row = self._row()
        self._naming.setVisible(bool(row and row.own and self.form.document))
        self.remove.setVisible(bool(row and row.own))
        self.remove.setEnabled(bool(row and row.own and not row.in_use))
        self.use.setEnabled(bool(row and not row.in_use and not row.problem))
        for part in (self.reset_goal, self.reset_all):
            part.setVisible(not self._locked)
        self.own.setEnabled(bool(self.form.document))
        self.write.setEnabled(bool(self.form.document))

    def _row(self) -> models.ModelRow | None:
        id = self.model.currentData()
        return next((row for row in self._now.rows if row.id == id), None) if self._now else None

    def _base(self) -> GoalModel | None:
        """The model that this one stands on."""
        found = self._now.models.get(str(self.model.currentData())) if self._now else None
        return self._now.models.get(model_editing.included(found)) if self._now and found else None

    # the form

    def _put_head(self, key: str, text: str) -> None:
        self.form.document[key] = text
        self.form.check_soon()

    def _say_state(self) -> None:
        row = self._row()
        if self._pages.currentIndex() == 1:
            self._compare()
        if not self.form.document:
            self._tell(row.problem if row else "", wrong=True)
        elif self.form.flaws:
            first = self.form.flaws[0]
            place = _where(first.key)
            more = "" if len(self.form.flaws) == 1 else " " + _("({count} things in all)").format(count=len(self.form.flaws))
            self._tell(_("Not kept yet, the last good one stays in use: {place}{what}. {hint}").format(place=place, what=first.what, hint=first.hint[:300]) + more, wrong=True)
        elif row is not None and not row.own:
            self._tell(_("It comes with cmdesk and stays as it is. “Make one of our own” gives a copy that can be changed."))
        elif not self._is_kept():
            self._tell(_("It is kept when you leave the field."))
        else:
            base = self._base()
            stands = _("Goals that you leave alone follow “{title}”.").format(title=told(base.title)) if base is not None else ""
            self._tell(" ".join(part for part in (_("Kept."), stands) if part))

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        self.state.setText(text)
        restyle(self.state, "bad_words" if wrong else "muted")

    # keeping

    def _settle(self) -> None:
        """Keep what is right as one command; leave what is wrong where it is."""
        if self._locked or not self.form.document or self._is_kept():
            return
        self.form.judge()
        if self.form.flaws:
            return
        self._keep(self.form.document, self._base())

    def _is_kept(self) -> bool:
        """True if nothing was changed: as it would be written, so that an empty field is no difference."""
        return self.form.document == self._kept or (not self.form.flaws and model_editing.document(model_editing.used(self.form.document)) == self._kept)

    def _keep(self, document: model_editing.Document, base: GoalModel | None) -> None:
        toml, known = model_editing.text(document, base), frozenset(self._known)
        self._kept = model_editing.document(model_editing.used(document))
        self.session.write(_("Keeping the goal model"), lambda community: models.add(community, toml, known), owner=self)
        self._say_state()

    def _change(self, document: model_editing.Document) -> None:
        self._put(copy.deepcopy(document))
        self._settle()

    def _reset(self, goal: str = "") -> None:
        """One goal, or all, as the model that this one is compared with has them."""
        base = self._now.models.get(self.differences.chosen()) if self._now else None
        if base is not None and self.form.document:
            self._change(model_editing.reset(self.form.document, base, goal))

    def _turn(self) -> None:
        on = self._pages.currentIndex() == 0
        self._pages.setCurrentIndex(1 if on else 0)
        self.turn.setText(_("Back to the form") if on else _("Show what differs"))
        if on:
            self._compare()

    def _compare(self) -> None:
        theirs = self._now.models.get(self.differences.chosen()) if self._now else None
        ours = model_editing.used(self.form.document) if self.form.document and not self.form.flaws else None
        titles = {name: title for name, (title, _meaning) in self._known.items()}
        self.differences.show_these(ours, theirs, titles, self._compare)

    # several models

    def _write(self, title: str, work: Any, done: Any = None) -> None:
        self.session.write(title, work, done, owner=self)

    def _use(self) -> None:
        id, known = str(self.model.currentData()), frozenset(self._known)

        def said(_nothing: object) -> None:
            self.session.say(_("This goal model is in use from now on."), _("Verdicts change with the next assessment."), "good", (_("Assess now"), lambda: self.session.go("assess")))

        self._write(_("Using the goal model"), lambda community: models.use(community, id, known), said)

    def _copy(self) -> None:
        found = self._now.models.get(str(self.model.currentData())) if self._now else None
        if found is None or self._now is None:
            return
        title = _("Ours, from “{title}”").format(title=told(found.title).partition(":")[0])
        document = model_editing.copied(found, title, [row.id for row in self._now.rows])
        toml, known, id = model_editing.text(document, found), frozenset(self._known), str(document["id"])
        self._add_model(toml, known, id)

    def _add_model(self, toml: str, known: frozenset[str], name: str) -> None:
        def added(model: GoalModel) -> None:
            self.model.addItem(model.title, model.id)
            self.model.setCurrentIndex(self.model.count() - 1)
            self.form.document = {}
            self.refresh()

        self._write(_("Keeping the goal model"), lambda community: models.add(community, toml, known, name), added)

    def _remove(self) -> None:
        id = str(self.model.currentData())
        self.form.document = {}
        self._drafts.pop(id, None)
        self._write(_("Removing the goal model"), lambda community: models.remove(community, id))

    def _import(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Import a goal model"), self.desk.recall("folder"), _("Goal models (*.toml);;All files (*)"))
        if not chosen:
            return
        try:
            text = goal_model_file.read_text(Path(chosen))
        except CmdeskError as error:
            self.session.fail(error)
            return
        self._add_model(text, frozenset(self._known), Path(chosen).name)

    def _export(self) -> None:
        id = str(self.model.currentData())
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Export the goal model"), f"{id}.toml", _("Goal models (*.toml)"))
        if chosen:
            path = Path(chosen) if chosen.endswith(".toml") else Path(chosen + ".toml")
            said = _("{name} is written.").format(name=path.name)
            self.session.long(_("Exporting"), lambda community, _progress: _exported(community, id, path), lambda _none: self.session.say(said, kind="good"), owner=self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._settle()
        super().hideEvent(event)


def _exported(community: Community, id: str, path: Path) -> None:
    with community.reading() as connection:
        goal_model_file.write(models.get(connection, id), path)


def _where(key: str) -> str:
    """The goal of a flaw, in words."""
    name = key.removeprefix("goals.").partition(".")[0] if key.startswith("goals.") else ""
    return f"{words.goal(name).title}: " if name else ""

