"""cmdesk show"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from cmdesk.cli import output
from cmdesk.cli.desk import FILE, community_at, json_option, names_option
from cmdesk.core.text import N_, _
from cmdesk.core.wording import decimal

if TYPE_CHECKING:
    import sqlite3

Shown = tuple[list[dict[str, Any]], Callable[[list[dict[str, Any]], str], None]]
"""What JSON gets, and how it is printed for people (with the community's time zone)."""


@click.command("show")
@click.argument("file", type=FILE)
@click.argument("what", required=False, type=click.Choice(["members", "groups", "goals", "imports", "ties", "assessments", "notes", "questions", "circles", "structure", "threads", "pages", "asked", "suggestions", "links"]))
@click.option("--group", metavar="GROUP", help="Of threads and pages: only those of this group.")
@click.option("--only", type=click.Choice(["questions", "ideas", "open", "without_status"]), help="Of threads: only these.")
@click.option("--id", "import_id", type=int, metavar="IMPORT", help="Of imports: what was read by this one, and what it set aside.")
@names_option
@json_option
def command(file: Path, what: str | None, group: str | None, only: str | None, import_id: int | None, names: bool, as_json: bool) -> None:
    """Show totals, or members, groups, goals, imports, ties, assessments, notes, questions (the three), circles, structure (which goal does it
    resemble?), threads (questions and ideas that people wrote), pages, asked (what the groups answered in surveys, beside their exchange),
    suggestions (who may be one person) or links (what you decided of that).

    With --names people have their names. Ties then come without their strength and without what people said in a survey: a name and a measure
    never stand together.
    """
    from cmdesk.cli import list_lines
    from cmdesk.core import links

    with community_at(file) as community, community.reading() as connection:
        zone = community.zone
        if what is None:
            return _totals(connection, as_json)
        if what in ("threads", "pages"):
            return list_lines.show(connection, what, list_lines.Asked(group, only or "", names, as_json), links.addresses(community))
        if import_id is not None:
            return _one_import(connection, import_id, as_json)
        rows, tell = _PARTS[what](connection, names)
    if as_json:
        output.document({what: rows})
    elif rows:
        tell(rows, zone)
    else:
        output.line(_(_EMPTY[what]))
    return None


_EMPTY = {
    "members": N_("Nobody yet. Next: cmdesk import FILE EXPORT"),
    "groups": N_("No groups yet. Next: cmdesk import FILE EXPORT"),
    "goals": N_("No goals yet. Next: cmdesk goal FILE GROUP GOAL"),
    "imports": N_("Nothing was imported yet. Next: cmdesk import FILE EXPORT"),
    "ties": N_("No ties to show: too little exchange, or fewer than 5 people."),
    "assessments": N_("Nothing was assessed yet. Next: cmdesk assess FILE"),
    "circles": N_("No circle was found. They are looked for by cmdesk assess FILE"),
    "structure": N_("No assessed group is without a goal, or nothing was assessed yet. Next: cmdesk assess FILE"),
    "questions": N_("No question was answered yet. Next: cmdesk assess FILE"),
    "asked": N_("Nobody was asked yet. Next: cmdesk import FILE SURVEY"),
    "suggestions": N_("Nobody looks like somebody else here."),
    "links": N_("Nothing was decided yet. Next: cmdesk show FILE suggestions"),
    "notes": N_("No notes yet. Next: cmdesk note FILE DAY TEXT"),
}


def _totals(connection: sqlite3.Connection, as_json: bool) -> None:
    from cmdesk.core.totals import totals
    from cmdesk.core.when import iso

    found = totals(connection)
    if as_json:
        return output.document({**msgspec.to_builtins(found), "first": iso(found.first), "last": iso(found.last)})
    output.line(found.name + (_(" (simulated: everybody in it is invented)") if found.simulated else ""))
    if found.first is not None:
        output.line(
            _("From {first} to {last} ({zone}).").format(
                first=output.day(found.first, found.zone), last=output.day(found.last, found.zone), zone=found.zone
            )
        )
    output.line()
    shown = ("members", "groups", "memberships", "posts", "mentions", "reactions", "stated_ties", "goals", "imports", "assessments")
    output.table(("", "number"), [(_(name.replace("_", " ")), getattr(found, name)) for name in shown])
    return None


def _members(connection: sqlite3.Connection, names: bool) -> Shown:
    from cmdesk.core import members
    from cmdesk.core.when import iso

    rows = members.rows(connection, members.ids(connection, names=names), names)
    found = [{**msgspec.to_builtins(row), "first": iso(row.first), "last": iso(row.last)} for row in rows]
    heads = ("label", "unit", "role", "identities", "groups", "first", "last")
    return found, lambda rows, _zone: output.table(heads, [_days(row, heads) for row in rows])


def _groups(connection: sqlite3.Connection, names: bool) -> Shown:
    from cmdesk.core import groups
    from cmdesk.core.owners import Owners
    from cmdesk.core.when import iso

    owners, found = Owners(connection), []
    for row in groups.rows(connection):
        line = {**msgspec.to_builtins(row), "owner": owners.label(row.owner, names), "first": iso(row.first), "last": iso(row.last)}
        found.append({**line, "goals": [{"goal": goal, "importance": importance} for goal, importance in row.goals]})
    heads = ("path", "kind", "members", "posts", "first", "last", "goals")

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        texts = [{**row, "kind": _(row["kind"]), "goals": ", ".join(_(goal["goal"].replace("_", " ")) for goal in row["goals"])} for row in rows]
        output.table(heads, [_days(row, heads) for row in texts])

    return found, tell


def _goals(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import goals
    from cmdesk.core.when import iso

    found = [{**msgspec.to_builtins(row), "since": iso(row.since)} for row in goals.rows(connection)]
    heads = ("group", "goal", "importance", "since")
    return found, lambda rows, _zone: output.table(heads, [_days({**row, "goal": _(row["goal"].replace("_", " "))}, heads) for row in rows])


def _imports(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import importing
    from cmdesk.core.when import iso

    found = []
    for row in importing.rows(connection):
        line = {**msgspec.to_builtins(row), "at": iso(row.at), "first": iso(row.first), "last": iso(row.last)}
        line.pop("paths")
        found.append(line)
    heads = ("id", "at", "file", "importer", "read", "used", "left_out", "set_aside", "first", "last")

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        output.table(heads, [_days({**row, "left_out": sum(row["left_out"].values())}, heads) for row in rows])

    return found, tell


def _one_import(connection: sqlite3.Connection, import_id: int, as_json: bool) -> None:
    from cmdesk.cli import import_lines
    from cmdesk.core import importing
    from cmdesk.core.errors import CmdeskError
    from cmdesk.core.importing import zones

    row = next((row for row in importing.rows(connection) if row.id == import_id), None)
    if row is None:
        raise CmdeskError(_("There is no import {import_id}.").format(import_id=import_id), _("`cmdesk show FILE imports` lists them."))
    found, local = importing.problems(connection, import_id), zones.locals_of(connection, import_id)
    if as_json:
        output.document(import_lines.as_json(row, found, local))
    else:
        import_lines.ledger(row, found, local)


def _assessments(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import assessments
    from cmdesk.core.when import iso

    found = [{**msgspec.to_builtins(row), "at": iso(row.at)} for row in assessments.rows(connection)]
    heads = ("id", "at", "as_of", "window_days", "model_id", "model_version", "scores")
    return found, lambda rows, _zone: output.table(heads, [_days(row, heads) for row in rows])


def _ties(connection: sqlite3.Connection, names: bool) -> Shown:
    from cmdesk.cli import tie_lines

    found = tie_lines.lines(connection, names)
    heads: tuple[str, ...] = ("person", "other") if names else ("person", "other", "trust", "strong", "there", "back")
    heads += ("asked",) if any(row["asked"] for row in found) else ()

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        output.table(heads, [[tie_lines.words(row[head]) if head == "asked" else _tie_cell(row[head]) for head in heads] for row in rows])
        if not names:
            output.line(
                _("Trust is estimated from exchange, 0 to 1. There and back: recent exchange each way; a message of today counts about 1.")
            )
        if "asked" in heads:
            output.line(_("Asked: what the person and the other said of each other in a survey, 0 to 1 on its scale; – is no answer or none given."))

    return found, tell


def _asked(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.cli import tie_lines
    from cmdesk.core.asked import title

    found = tie_lines.answer_lines(connection)
    heads = ("group", "relation", "asked", "answered", "response", "named", "mutual", "seen", "said", "note")

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        output.table(heads, [[({**row, "relation": title(row["relation"]), "note": tie_lines.note(row)})[head] for head in heads] for row in rows])
        output.line(_("Named: ties that members say to each other, answers in the upper half of the scale. Mutual: of the pairs who both answered, the share who name each other."))
        output.line(_("Seen: of the pairs that were named, the share that exchange shows too. Said: of the pairs that exchange shows, the share that was named."))
        output.line(_("A share stands on at least 10 pairs. Who did not answer is not counted as having no ties."))

    return found, tell


def _tie_cell(value: Any) -> str:
    """A cell of the list of ties, as people read it."""
    if value is None or isinstance(value, bool):
        return _("yes") if value else ""
    return decimal(value) if isinstance(value, float) else str(value)


def _questions(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.cli import question_lines
    from cmdesk.core import assessments, findings, reports

    newest = assessments.latest(connection)
    lines = findings.load(connection, newest) if newest is not None else ()
    return findings.as_json(lines), lambda _rows, _zone: question_lines.tell(reports.questions_in_language(lines))


def _circles(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import assessments, circle_store, groups

    newest = assessments.latest(connection)
    paths = {line.id: line.path for line in groups.rows(connection)}
    lines = circle_store.load(connection, newest) if newest is not None else ()
    found = [
        {"number": line.number, "people": line.people, "fits": line.fits, "groups": [paths[group] for group in line.groups if group in paths]} for line in lines
    ]

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        cells = [(row["number"], row["people"] or _("under 5"), ", ".join(_(goal.replace("_", " ")) for goal in row["fits"]), ", ".join(row["groups"][1:])) for row in rows]
        output.table(("circle", "people", "fits", "inside"), cells, right=frozenset({0, 1}))
        output.line(_("Make one a group: cmdesk group FILE NAME --circle NUMBER"))

    return found, tell


def _structure(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import assessments, reports, resembling

    newest = assessments.latest(connection)
    if newest is None:
        return [], lambda _rows, _zone: None
    report = reports.in_language(assessments.load(connection, newest))
    paths = {line.id: line.path for line in report.groups}
    found = [
        {"group": paths[group], "group_id": group, "goals": [msgspec.to_builtins(one) for one in resembling.likenesses(report, group)]}
        for group in resembling.without_goal(report)
    ]

    def tell(rows: list[dict[str, Any]], _zone: str) -> None:
        for row in rows:
            output.line(row["group"])
            for one in row["goals"][:3]:
                output.line(f"  {_(one['goal'].replace('_', ' '))} {decimal(one['fit'])}. {one['reason']}")
            if not row["goals"]:
                output.line("  " + _("Too little was measured to say."))
        output.line(_("A likeness of structure, no advice to change a goal."))

    return found, tell


def _notes(connection: sqlite3.Connection, _names: bool) -> Shown:
    from cmdesk.core import notes

    found = [msgspec.to_builtins(row) for row in notes.rows(connection)]
    return found, lambda rows, _zone: output.table(("day", "text"), [(row["day"], row["text"]) for row in rows])


def _suggestions(connection: sqlite3.Connection, names: bool) -> Shown:
    from cmdesk.cli import person_lines

    return person_lines.suggested(connection, names)


def _links(connection: sqlite3.Connection, names: bool) -> Shown:
    from cmdesk.cli import person_lines

    return person_lines.links(connection, names)


_PARTS: dict[str, Callable[[sqlite3.Connection, bool], Shown]] = {
    "members": _members, "groups": _groups, "goals": _goals, "imports": _imports, "ties": _ties, "assessments": _assessments, "notes": _notes,
    "questions": _questions, "circles": _circles, "structure": _structure, "asked": _asked,
    "suggestions": _suggestions, "links": _links,
}  # fmt: skip


def _days(row: dict[str, Any], heads: tuple[str, ...]) -> list[Any]:
    """A row's cells, times cut to days."""
    return [(row[head] or "")[:10] if head in ("first", "last", "at", "since") else row[head] for head in heads]
