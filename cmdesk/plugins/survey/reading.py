"""A survey, table by table: lists of people first, then answers, in the end who did not answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, CmdeskError, ImportProblem, Origin, Progress, Record, _, surveys

from . import forms, lists
from .options import Options
from .people import People
from .telling import Telling

if TYPE_CHECKING:
    from cmdesk.api import Source

_CHOICES = {"blank": ("", "none", "unanswered"), "unknown": ("", "set_aside", "keep"), "date_order": ("", "dmy", "mdy", "ymd")}


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the answers say. Raises ImportProblem if the source holds none."""
    _check(options)
    found = surveys.find(source)
    if not found:
        raise ImportProblem(
            _("{name} holds no answers of a survey about ties between colleagues.").format(name=source.name),
            _("Give a list (respondent, colleague, relation, score), a matrix with the same names above and beside it, or a form with a column for each"
              " colleague; see docs/importers/survey.md."),
        )  # fmt: skip
    yield _origin(options)
    people = People()
    telling = Telling(source, options, people)
    for name, sheet in _others(source, found):
        yield from _roster(source, name, sheet, people)
    people.strict = options.unknown == "set_aside" or (bool(people.listed) and options.unknown != "keep")
    for table in found:
        progress.check()
        yield from (lists.READERS if table.shape in lists.READERS else forms.READERS)[table.shape](table, telling)
        yield from people.fresh()
    if missing := telling.unknown_questions():
        raise CmdeskError(_("The survey has no question “{question}”.").format(question=missing[0]), _("Write the option relation as the head of the column says it."))
    yield from telling.silent()
    yield from people.fresh()


def _check(options: Options) -> None:
    for name, allowed in _CHOICES.items():
        value = getattr(options, name)
        if value not in allowed:
            raise CmdeskError(
                _("“{value}” is no value of the option {name}.").format(value=value, name=name), _("Give one of: {names}.").format(names=", ".join(allowed[1:]))
            )


def _origin(options: Options) -> Origin:
    if options.adds_to:
        platform, colon, key = (part.strip() for part in options.adds_to.partition(":"))
        if not (platform and colon and key):
            raise CmdeskError(_("“{name}” does not name an export.").format(name=options.adds_to), _("Write platform:key, such as adds_to=slack:T0123456."))
        return Origin(platform=platform, key=key)
    name = options.source.strip() or "survey"
    return Origin(platform="survey", key=name, title=name)


def _others(source: Source, found: tuple[surveys.Found, ...]) -> list[tuple[str, str]]:
    """(entry, sheet) of the tables that hold no answers; other entries are ignored."""
    tables, known = surveys.tables(source), {(table.name, table.sheet) for table in found}
    for entry in source.entries():
        if entry.name not in {name for name, _sheet in tables}:
            source.ignore(entry.name, N_("it is not a table"))
    return [table for table in tables if table not in known]


def _roster(source: Source, name: str, sheet: str, people: People) -> Iterator[Record]:
    """A list of people: who was asked."""
    label = f"{name}, {sheet}" if sheet else name
    try:
        look = source.table(name, sheet=sheet, counted=False)
    except CmdeskError:
        source.ignore(label, N_("it holds no table"))
        return
    roles = surveys.roles_of(surveys.plain_heads(look.columns), "name", "first", "last", "email", "id", "unit", "role", "place")
    if not look.header or not ({"name", "email"} & roles.keys() or {"first", "last"} <= roles.keys()):
        source.ignore(label, N_("neither answers nor a list of people"))
        return
    for row in source.table(name, sheet=sheet).rows:
        cell = {role: row.cells[column].strip() for role, column in roles.items()}
        whole = cell.get("name") or f"{cell.get('first', '')} {cell.get('last', '')}".strip()
        key = people.add(whole, cell.get("email", ""), cell.get("id", ""), *(cell.get(role, "") for role in ("unit", "role", "place")))
        if not key:
            source.set_aside(N_("{label}, line {number:,}").format(label=label, number=row.number), N_("the row names nobody"))
            continue
        people.listed.add(key)
        source.use()
    yield from people.fresh()
