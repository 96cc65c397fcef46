"""Lists to fill in, as a workbook: questions and ideas, pages, groups, profiles, and an empty sheet for the pulse. They come back through
the importer `spreadsheet.filled_in`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from cmdesk.api import CmdeskError, Progress, _, checklist, input_fields

from .plugin import ListOptions

if TYPE_CHECKING:
    from cmdesk.api import ListsToFill

_EVERY = 500  # rows between two looks at progress
_LONGEST = 32_767  # characters of a cell in Excel


class Sheet(NamedTuple):
    """One sheet. `choices`: column number → what may stand in it; `filled`: the columns that are there to be filled in, `hidden`: those
    that nobody needs to see."""

    title: str
    heads: Sequence[str]
    rows: Iterator[Sequence[Any]]
    filled: frozenset[int]
    choices: dict[int, Sequence[str]]
    hidden: frozenset[int] = frozenset()


def write(lists: ListsToFill, path: Path, options: ListOptions, progress: Progress) -> None:
    """Write the workbook, or where the file ends in .csv the one list that the options name."""
    makers = {"threads": _threads, "pages": _pages, "groups": _groups, "profiles": _profiles, "pulse": _pulse}
    if path.suffix.lower() == ".csv":
        if options.list not in makers:
            raise CmdeskError(_("There is no list “{name}”.").format(name=options.list), _("There are: {names}.").format(names=", ".join(makers)))
        return write_csv(makers[options.list](lists), path, progress)
    held = {"threads": lists.threads, "pages": lists.pages, "groups": lists.groups, "profiles": lists.profiles, "pulse": True}
    return write_workbook([make(lists) for name, make in makers.items() if held[name]], path, progress)


def _key() -> str:
    return _("cmdesk key")


def _threads(lists: ListsToFill) -> Sheet:
    words = [_(status) for status in input_fields.STATUSES]
    heads = (_key(), _("date"), _("group"), _("kind"), _("title"), _("tags"), _("replies"), _("address"), _("status"), _("status since"))

    def rows() -> Iterator[Sequence[Any]]:
        for one in lists.threads:
            row: Any = one.row
            kind = ", ".join(word for word, there in ((_("question"), row.question), (_("idea"), row.idea)) if there)
            status = _(row.status) if row.status else ""
            yield row.ref, day(row.at, lists.zone), row.group, kind, row.title, ", ".join(row.tags), row.replies, one.link, status, _iso(row.since)

    return Sheet(_("Questions and ideas"), heads, rows(), frozenset({8, 9}), {8: words})


def _pages(lists: ListsToFill) -> Sheet:
    heads = (_key(), _("title"), _("group"), _("updated"), _("views"), _("address"), _("owner"), _("confirmed on"), _("next review"))

    def rows() -> Iterator[Sequence[Any]]:
        for one in lists.pages:
            row: Any = one.row
            yield row.ref, row.title, row.group, day(row.updated, lists.zone), row.views, one.link, row.owner, _iso(row.confirmed), _iso(row.review)

    return Sheet(_("Pages"), heads, rows(), frozenset({6, 7, 8}), {})


def _groups(lists: ListsToFill) -> Sheet:
    items = [item for item in input_fields.CHECKS if item != "review"]
    heads = (_key(), _("group"), _("goals"), _("purpose known so far"), _("owner"), _("purpose"), *(checklist.words(item) for item in items), _("next review"))
    yes_no = (_("yes"), _("no"))

    def rows() -> Iterator[Sequence[Any]]:
        for row in lists.groups:
            answers = [yes_no[not row.answers[item]] if item in row.answers else "" for item in items]
            yield row.ref, row.path, ", ".join(row.goals), row.known_purpose, row.owner, row.purpose, *answers, _iso(row.review)

    first = 6
    last = first + len(items)
    return Sheet(_("Groups"), heads, rows(), frozenset(range(4, last + 1)), dict.fromkeys(range(first, last), yes_no))


def _profiles(lists: ListsToFill) -> Sheet:
    """Members: what is edited here comes back as corrections. The last column keeps what was exported, so that only edits count."""
    heads = (
        _key(), _("member"), _("unit"), _("role"), _("place"), _("expertise"), _("groups"), _("profile reviewed on"), _("as exported (leave as it is)"),
    )  # fmt: skip

    def rows() -> Iterator[Sequence[Any]]:
        for row in lists.profiles:
            cells = (row.label if lists.names else "", row.unit, row.role, row.place, "; ".join(row.expertise), "; ".join(row.groups))
            before = json.dumps(dict(zip(_CORRECTED, cells, strict=True)), ensure_ascii=False)
            yield row.key, row.label, *cells[1:], _iso(row.reviewed), before

    return Sheet(_("Profiles"), heads, rows(), frozenset(range(1 if lists.names else 2, 8)), {}, frozenset({8}))


_CORRECTED = ("name", "unit", "role", "place", "expertise", "groups")


def _pulse(lists: ListsToFill) -> Sheet:
    """One row a person who answers, without a name; 1 is not at all, 5 is wholly."""
    heads = (
        _("group"), _("asked on"), _("I know whom to ask (1–5)"), _("I trust the others’ competence here (1–5)"), _("It is safe to ask here (1–5)"),
        _("I got what I needed (1–5)"),
    )  # fmt: skip
    return Sheet(_("Pulse"), heads, iter(()), frozenset(range(6)), dict.fromkeys(range(2, 6), ("1", "2", "3", "4", "5")))


def write_workbook(sheets: Sequence[Sheet], path: Path, progress: Progress) -> None:
    """Write sheets as XLSX."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook(write_only=True)
    bold, tint = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
    for sheet in sheets:
        progress.step(_("Writing {sheet}").format(sheet=sheet.title), unit=_("rows"))
        page: Any = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        for number, words in sheet.choices.items():
            rule = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
            rule.add(f"{get_column_letter(number + 1)}2:{get_column_letter(number + 1)}1048576")
            page.data_validations.append(rule)
        for number, head in enumerate(sheet.heads, 1):
            page.column_dimensions[get_column_letter(number)].width = max(14, min(40, len(head) + 2))
            page.column_dimensions[get_column_letter(number)].hidden = number - 1 in sheet.hidden
        heads = [WriteOnlyCell(page, head) for head in sheet.heads]
        for number, cell in enumerate(heads):
            cell.font = bold
            if number in sheet.filled:
                cell.fill = tint
        page.append(heads)
        for count, row in enumerate(sheet.rows, 1):
            page.append([_cell(page, value) for value in row])
            if count % _EVERY == 0:
                progress.advance(_EVERY)
    book.save(path)


def _cell(page: Any, value: Any) -> Any:
    """A cell that is never a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell


def write_csv(sheet: Sheet, path: Path, progress: Progress) -> None:
    """Write a sheet as CSV."""
    progress.step(_("Writing {sheet}").format(sheet=sheet.title), unit=_("rows"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.heads)
        for count, row in enumerate(sheet.rows, 1):
            writer.writerow([_plain(value) for value in row])
            if count % _EVERY == 0:
                progress.advance(_EVERY)


def _plain(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def day(at: int | None, zone: str) -> date | None:
    """The day of a time in µs UTC, in a zone."""
    return None if at is None else datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(ZoneInfo(zone)).date()


def _iso(day: str) -> date | None:
    return date.fromisoformat(day) if day else None
