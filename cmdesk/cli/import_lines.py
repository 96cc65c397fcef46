"""An import or its preview, and the ledger of an earlier one, as people read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cmdesk.cli import output
from cmdesk.core.retelling import told
from cmdesk.core.text import N_, _, ngettext

if TYPE_CHECKING:
    from cmdesk.core.importing import ImportResult, ImportRow, Problem
    from cmdesk.core.importing.first_rows import FirstRow

_PROBLEMS = 20
_KINDS = {"person": N_("person"), "group": N_("group"), "post": N_("message"), "stated_tie": N_("stated tie")}


def tell(result: ImportResult, zone: str, names: bool) -> None:
    """Print a result."""
    what = _("Preview of {file} ({importer}).") if result.preview else _("Imported {file} ({importer}).")
    output.line(what.format(file=result.file, importer=result.importer))
    if result.first is not None:
        output.line(_("From {first} to {last}.").format(first=output.day(result.first, zone), last=output.day(result.last, zone)))
    output.line()
    records = result.records
    _read(records.read, records.used, records.left_out, records.set_aside)
    if (before := result.before) is not None:
        output.line()
        output.line(
            _("It takes the place of what was read before: used {used_before:,} → {used:,}, set aside {aside_before:,} → {aside:,}. One undo brings that back.").format(
                used_before=before.used, used=records.used, aside_before=before.set_aside, aside=records.set_aside
            )
        )
    output.line()
    known = [fact.merged - fact.changed for fact in result.facts.values()]
    output.table(
        ("facts", "stated", "new", "known", "changed", "set aside"),
        [
            (_(kind.replace("_", " ")), fact.stated, fact.stored, same, fact.changed, fact.set_aside)
            for (kind, fact), same in zip(result.facts.items(), known, strict=True)
        ],
    )
    if result.preview:
        _columns(result)
        _first(result.first_rows, zone, names)
    problems(result.problems)
    for name, why in list(result.ignored.items())[:_PROBLEMS]:
        output.line(_("not read: {name}: {why}").format(name=name, why=told(why)))
    if result.local:
        output.line()
        n = ngettext("{n:,} time is without a zone.", "{n:,} times are without a zone.", result.local)
        output.line(n.format(n=result.local) + " " + _("Say whose clock it was: --option zone=Europe/Amsterdam, or later cmdesk zone."))


def ledger(row: ImportRow, found: Sequence[Problem], local: int) -> None:
    """Print what was read by an earlier import."""
    output.line(f"{row.id}: {row.file} ({row.importer})")
    if row.again is not None:
        output.line(_("Read again with other options on {day}.").format(day=output.day(row.again, "UTC")))
    output.line()
    _read(row.read, row.used, row.left_out, row.set_aside)
    if local:
        output.line(_("Times without a zone: {n:,}; read in zone: {zone}").format(n=local, zone=row.zone or _("unknown")))
    problems(found, len(found))
    for name, why in row.ignored.items():
        output.line(_("not read: {name}: {why}").format(name=name, why=told(why)))
    output.line()
    output.line(_("Read it again with other options: cmdesk import FILE --retry {id} --option …").format(id=row.id))


def _read(read: int, used: int, left_out: Mapping[str, int], set_aside: int) -> None:
    rows: list[tuple[str, int]] = [(_("records read"), read), (_("used"), used)]
    rows += [(_("left out: {rule}").format(rule=told(rule.replace("_", " "))), n) for rule, n in left_out.items()]
    output.table(("what was read", "number"), [*rows, (_("set aside"), set_aside)])


def problems(found: Sequence[Problem], most: int = _PROBLEMS) -> None:
    """Print what was set aside, left out and noted, at most so many of each."""
    aside = [problem for problem in found if problem.records]
    left = [problem for problem in found if problem.left_out]
    notes = [problem for problem in found if not problem.records and not problem.left_out]
    for heads, part in (((_("set aside"), _("why")), aside), ((_("left out"), _("why")), left), ((_("note"), _("what")), notes)):
        if part:
            output.line()
            output.table(heads, [(told(problem.where), told(problem.why)) for problem in part[:most]])
            if len(part) > most:
                output.line(_("… and {n:,} more").format(n=len(part) - most))


def _columns(result: ImportResult) -> None:
    for table in result.tables:
        taken = {index: table.roles[role] for role, index in table.at.items() if role in table.roles}
        output.line()
        kind = told(table.kinds.get(table.kind, table.kind))
        output.line(_("{name} is read as a table of {kind}.").format(name=table.name, kind=kind))
        examples = [next((row[index] for row in table.rows if index < len(row) and row[index].strip()), "") for index in range(len(table.names))]
        lines = [
            (name, told(taken[index]) if index in taken else _("not read"), shape(example))
            for index, (name, example) in enumerate(zip(table.names, examples, strict=True))
        ]
        output.table((_("column"), _("read as"), _("looks like")), lines)


def _first(rows: Sequence[FirstRow], zone: str, names: bool) -> None:
    if not rows:
        return
    output.line()
    lines = [(_(_KINDS[row.kind]), *first_cells(row, names), "" if row.at is None else output.day(row.at, zone)) for row in rows]
    output.table((_("first rows"), _("who"), _("what"), _("when")), lines)


def first_cells(row: FirstRow, names: bool) -> tuple[str, str]:
    """Who a first row is about, and what it says; without names only their shape."""
    from cmdesk.core.importing.first_rows import without_names

    shown = row if names else without_names(row)
    return shown.who, " · ".join(_(part) if part in ("question", "announcement", "idea") else part for part in shown.what)


def shape(cell: str) -> str:
    """The form of a cell without what it says."""
    from cmdesk.core.importing.first_rows import shape as form

    return form(cell)[:24]


def as_json(row: ImportRow, found: Sequence[Problem], local: int) -> dict[str, Any]:
    """The ledger as `cmdesk show FILE imports --id N --json` prints it."""
    import msgspec

    from cmdesk.core.when import iso

    line = {**msgspec.to_builtins(row), "at": iso(row.at), "first": iso(row.first), "last": iso(row.last), "again": iso(row.again), "local": local}
    line.pop("paths")
    return {**line, "problems": [{"where": one.where, "why": one.why, "records": one.records, "left_out": one.left_out} for one in found]}
