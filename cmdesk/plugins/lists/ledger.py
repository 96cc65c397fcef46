"""What imports set aside, left out and noted, each with its place and reason: a workbook, or one CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmdesk.api import CmdeskError, Progress, _, told

from .plugin import LedgerOptions
from .workbook import Sheet, day, write_csv, write_workbook

if TYPE_CHECKING:
    from cmdesk.api import ImportLedger, Ledgers


def write(ledgers: Ledgers, path: Path, options: LedgerOptions, progress: Progress) -> None:
    """Write the ledgers, or that of the one import that the options name."""
    every = [one for one in ledgers.imports if options.import_id in (0, one.row.id)]
    if options.import_id and not every:
        raise CmdeskError(_("There is no import {import_id}.").format(import_id=options.import_id), _("`cmdesk show FILE imports` lists them."))
    problems = _sheet(_("Set aside"), (_("import"), _("file"), _("what"), _("where"), _("why"), _("records")), _problems(every))
    if path.suffix.lower() == ".csv":
        return write_csv(problems, path, progress)
    heads = (_("import"), _("day"), _("file"), _("importer"), _("what"), _("number"))
    return write_workbook([_sheet(_("What was read"), heads, _totals(every, ledgers.zone)), problems], path, progress)


def _sheet(title: str, heads: Sequence[str], rows: Iterator[Sequence[Any]]) -> Sheet:
    return Sheet(title, heads, rows, frozenset(), {})


def _totals(every: Sequence[ImportLedger], zone: str) -> Iterator[Sequence[Any]]:
    for one in every:
        row = one.row
        left = [(_("left out: {rule}").format(rule=told(rule.replace("_", " "))), n) for rule, n in row.left_out.items()]
        for what, n in ((_("records read"), row.read), (_("used"), row.used), *left, (_("set aside"), row.set_aside)):
            yield row.id, day(row.at, zone), row.file, row.importer, what, n


def _problems(every: Sequence[ImportLedger]) -> Iterator[Sequence[Any]]:
    for one in every:
        for problem in one.problems:
            what = _("set aside") if problem.records else _("left out") if problem.left_out else _("note")
            yield one.row.id, one.row.file, what, told(problem.where), told(problem.why), problem.records
        for name, why in one.row.ignored.items():
            yield one.row.id, one.row.file, _("not read"), name, told(why), None
