"""Imports: what was read, what became of it, and how to take it back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

import msgspec

from cmdesk.core.community import Community
from cmdesk.core.importing import ImportRow, Problem
from cmdesk.core.retelling import told
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import ledger_file
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, label, line
from cmdesk.ui.widgets.table import MenuItem, Table
from cmdesk.ui.widgets.zone_chooser import ZoneChooser


class Line(msgspec.Struct, frozen=True):
    """An import in the table."""

    id: int
    row: ImportRow


class Again(NamedTuple):
    """An import to try again: its number, files, importer and options."""

    id: int
    paths: list[Path]
    importer: str
    options: dict[str, str]


class ProblemLine(msgspec.Struct, frozen=True):
    """Something set aside."""

    id: int
    problem: Problem


class ImportsPage(Page):
    """One row an import; the rows that were set aside stand below it."""

    tables = frozenset({"imports"})

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session, desk, _("Imports"), _("Nothing that was read is lost without a word: read = used + left out + set aside.")
        )
        self.buttons.addWidget(button(_("Import…"), lambda: session.go("import"), "primary", hint=_("Ctrl+I")))
        self.model = RowsModel(_columns(session))
        self.table = Table(self.model, _("Imports"), menu=self._menu)
        self.table.chosen.connect(self._chosen)
        self.zone: ZoneChooser | None = None
        self.nothing = label(_("Nothing is imported yet. Drop an export anywhere on this window."), "muted")
        self.aside_title, self.notes_title = label(kind="strong", wrap=True), label(kind="strong", wrap=True)
        self.aside = RowsModel(problem_columns(_("Why it was set aside")))
        self.aside_table = Table(self.aside, _("Set aside"))
        self.notes = RowsModel(problem_columns(_("What is worth knowing")))
        self.notes_table = Table(self.notes, _("Notes"))
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table, 3)
        for title, table in ((self.aside_title, self.aside_table), (self.notes_title, self.notes_table)):
            self.body.addWidget(title)
            self.body.addWidget(table, 2)
        self._show_aside([], None)

    def refresh(self) -> None:
        self.session.load(_rows, self._show, title=_("Reading imports"), owner=self)

    def _show(self, rows: list[ImportRow]) -> None:
        self.model.set_rows(Line(row.id, row) for row in rows)
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        current = self.table.current()
        if current is None:
            self.inspect(None)
            self._show_aside([], None)
            if rows:
                self.table.choose(rows[0].id)

    def _menu(self, line_: Line) -> list[MenuItem]:
        row = line_.row
        return [
            (_("Undo this import"), lambda: self._undo(row)), (_("Import again"), lambda: self._again(row)),
            (_("Try again with other options"), lambda: self._retry(row)), (_("Export what was read…"), lambda: self._export(row)),
        ]  # fmt: skip

    def _chosen(self, line_: Line) -> None:
        row = line_.row
        self.inspect(self._sheet(row, 0))

        def show(found: tuple[list[Problem], int]) -> None:
            problems, local = found
            self._show_aside(problems, row)
            if local:
                self.inspect(self._sheet(row, local))

        self.session.load(lambda connection: _details(connection, row.id), show, title=_("Reading"), owner=self)

    def _show_aside(self, found: list[Problem], row: ImportRow | None) -> None:
        aside = [each for each in found if each.records]
        notes = sorted((each for each in found if not each.records), key=lambda each: not each.left_out)
        self.aside.set_rows(ProblemLine(number, problem) for number, problem in enumerate(aside))
        self.notes.set_rows(ProblemLine(number, problem) for number, problem in enumerate(notes))
        self.aside_table.setVisible(bool(aside))
        for part in (self.notes_table, self.notes_title):
            part.setVisible(bool(notes))
        self.aside_title.setVisible(row is not None)
        if row is None:
            return
        if row.set_aside:
            n = ngettext("{n} record of {file} was set aside", "{n} records of {file} were set aside", row.set_aside)
            self.aside_title.setText(n.format(n=words.count(row.set_aside), file=row.file))
        else:
            self.aside_title.setText(_("Nothing of {file} was set aside.").format(file=row.file))
        n = ngettext("{n} note: no record, but worth knowing", "{n} notes: no records, but worth knowing", len(notes))
        self.notes_title.setText(n.format(n=words.count(len(notes))))

    def _sheet(self, row: ImportRow, local: int) -> Sheet:
        zone = self.session.zone
        sheet = Sheet(
            row.file, _("{importer} · {at}").format(importer=importer_title(self.session, row.importer), at=words.minute(row.at, zone))
        )
        if row.again is not None:
            sheet.say(_("Read again with other options: {at}").format(at=words.minute(row.again, zone)), "small")
        sheet.section(_("What was read"))
        left = [(words_of(rule), words.count(n)) for rule, n in row.left_out.items() if n]
        sheet.facts(
            [(_("Read"), words.count(row.read)), (_("Used"), words.count(row.used)), *left, (_("Set aside"), words.count(row.set_aside))]
        )
        sheet.section(_("What is in the community because of it"))
        sheet.facts([(kind_words(kind), _facts(each.stored, each.merged)) for kind, each in row.facts.items() if each.stated])
        if local:
            self._ask_zone(sheet, row, local)
        if row.ignored:
            sheet.section(_("Files in it that were not read"))
            for name, why in list(row.ignored.items())[:12]:
                sheet.say(f"{name}: {told(why)}", "small")
        sheet.section(_("What you can do"))
        sheet.add(line(button(_("Import again"), lambda: self._again(row)), button(_("Undo this import"), lambda: self._undo(row)), 1))
        hint = _("Read the same file with another encoding, date order or columns. What it brings then takes the place of what it brought before; one undo goes back.")
        sheet.add(line(button(_("Try again with other options"), lambda: self._retry(row), hint=hint), 1))
        sheet.add(line(button(_("Export what was read…"), lambda: self._export(row)), 1))
        return sheet

    def _ask_zone(self, sheet: Sheet, row: ImportRow, local: int) -> None:
        sheet.section(_("Times without a zone"))
        n = ngettext("{n} time is without a zone.", "{n} times are without a zone.", local)
        sheet.say(n.format(n=words.count(local)) + " " + _("These times are in zone:"), "small")
        self.zone = ZoneChooser()
        self.zone.show_zone(row.zone)
        self.zone.chosen.connect(lambda zone: self._zone_chosen(row, zone))
        sheet.add(self.zone)

    def _zone_chosen(self, row: ImportRow, zone: str) -> None:
        def change(community: Community) -> None:
            from cmdesk.core.importing import zones

            zones.choose(community, row.id, zone)

        def tell(_none: object) -> None:
            text = _("The times of {file} are read in zone {zone}.").format(file=row.file, zone=zone or _("not known"))
            self.session.say(text, _("Assess again to see what it changes. It can be undone."), "good")

        self.session.write(_("Moving times"), change, tell, owner=self)

    def _retry(self, row: ImportRow) -> None:
        if (paths := self._paths(row)) is not None:
            self.session.go("import", Again(row.id, paths, row.importer, row.options))

    def _export(self, row: ImportRow) -> None:
        ledger_file.ask(self.session, self, row.id)

    def _again(self, row: ImportRow) -> None:
        if (paths := self._paths(row)) is not None:
            self.session.go("import", paths)

    def _paths(self, row: ImportRow) -> list[Path] | None:
        """The files of an import, None (and told) where one of them is gone."""
        paths = [Path(path) for path in row.paths]
        gone = [path.name for path in paths if not path.exists()]
        if gone:
            self.session.say(_("{name} is no longer where it was.").format(name=gone[0]), _("Drop it here from where it is now."), "warn")
            return None
        return paths

    def _undo(self, row: ImportRow) -> None:
        if self.session.busy():
            self.session.say(_("Something still runs."), _("Undo when it has ended."), "warn")
            return
        what = _("What only this import brought goes; what other imports say, and your goals, stay. Redo brings it back.")
        self.session.say(_("Undo the import of {file}?").format(file=row.file), what, "info", (_("Undo it"), lambda: self._undo_now(row)))

    def _undo_now(self, row: ImportRow) -> None:
        def work(community: Community, _progress: object) -> str:
            from cmdesk.core import history

            return history.undo_import(community, row.id)

        self.session.long(
            _("Undoing the import"), work, lambda title: self.session.say(_("Undone: {title}").format(title=told(title)), kind="good"), owner=self
        )


def problem_columns(why: str) -> list[Column]:
    """Where and why."""
    return [
        Column(_("Where"), lambda row: told(row.problem.where), "where", 320, tip=lambda row: told(row.problem.where)),
        Column(why, lambda row: told(row.problem.why), "why", 400, tip=lambda row: told(row.problem.why)),
    ]


def _columns(session: Session) -> list[Column]:
    def left(row: ImportRow) -> int:
        return sum(row.left_out.values())

    def period(row: ImportRow) -> str:
        return f"{words.day(row.first, session.zone)} – {words.day(row.last, session.zone)}" if row.first is not None else ""

    return [
        Column(_("When"), lambda each: words.minute(each.row.at, session.zone), "at", 136, order=lambda each: each.row.at),
        Column(_("File"), lambda each: each.row.file, "file", 220, tip=lambda each: each.row.file),
        Column(_("As"), lambda each: importer_title(session, each.row.importer), "importer", 120),
        Column(_("Read"), lambda each: words.count(each.row.read), "read", 80, right=True, order=lambda each: each.row.read),
        Column(_("Used"), lambda each: words.count(each.row.used), "used", 80, right=True, order=lambda each: each.row.used),
        Column(_("Left out"), lambda each: words.count(left(each.row)), "left_out", 88, right=True, order=lambda each: left(each.row),
               tip=lambda each: ", ".join(f"{words_of(rule)} {n}" for rule, n in each.row.left_out.items())),
        Column(_("Set aside"), lambda each: words.count(each.row.set_aside), "set_aside", 96, right=True, order=lambda each: each.row.set_aside),
        Column(_("Period"), lambda each: period(each.row), "period", 200, order=lambda each: each.row.first),
    ]  # fmt: skip


def importer_title(session: Session, name: str) -> str:
    """An importer in the user's words; its name where the plugin is gone."""
    importers = session.host.importers
    return " + ".join(told(importers[part].title) if part in importers else part for part in name.split("+"))


def words_of(rule: str) -> str:
    """A rule by which records were left out, in words."""
    known = {"direct messages": _("left out: direct messages"), "direct_messages": _("left out: direct messages")}
    return known.get(rule) or _("left out: {rule}").format(rule=told(rule.replace("_", " ")))


def kind_words(kind: str) -> str:
    """A kind of fact in the plural, in words."""
    known = {
        "person": _("people"), "group": _("groups"), "membership": _("memberships"), "post": _("messages"), "mention": _("mentions"),
        "reaction": _("reactions"), "accepted": _("accepted answers"), "share": _("shares"), "page": _("pages"), "attendance": _("attendances"),
        "viewing": _("views"), "rating": _("ratings"), "stated_tie": _("stated ties"), "asked": _("questions asked"),
    }  # fmt: skip
    return known.get(kind, kind)


def _facts(stored: int, merged: int) -> str:
    if not merged:
        return _("{n} new").format(n=words.count(stored))
    return _("{new} new, {known} known already").format(new=words.count(stored), known=words.count(merged))


def _rows(connection: sqlite3.Connection) -> list[ImportRow]:
    from cmdesk.core import importing

    return importing.rows(connection)


def _details(connection: sqlite3.Connection, import_id: int) -> tuple[list[Problem], int]:
    from cmdesk.core import importing
    from cmdesk.core.importing import zones

    return importing.problems(connection, import_id), zones.locals_of(connection, import_id)
