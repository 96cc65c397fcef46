"""From lists of who took part to people and attendances, with every row accounted for. Taking part is activity, not trust; registering is not
taking part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, Attendance, Group, ImportProblem, Origin, Person, Progress, Record, _

from .layout import List, find, is_head, roles_in, tables
from .options import Options
from .words import ADDED, AWAY, CALLED_OFF, CAME, plain

if TYPE_CHECKING:
    from cmdesk.api import Source, When

SUMMARY, HEADS, LOG, OFF = "summary_of_the_meeting", "header_rows", "joins_and_leaves_below_the_list", "cancelled"
N_("summary of the meeting"), N_("header rows"), N_("joins and leaves below the list"), N_("cancelled")  # as the rules are shown
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_ORIGINAL = re.compile(r".*\(([^()]+)\)\s*")
_LOOK = 500
_FILE = re.compile(r"\.(?:csv|tsv|txt|xlsx|xlsb|xls|ods)$", re.IGNORECASE)
_REPORT = re.compile(
    r"(?:meeting)?attendance\s*(?:report|list)?|participants?(?:\s*report)?|attendees?|report|deelnemers(?:lijst)?|aanwezigheid(?:srapport)?|teilnehmerliste|anwesenheitsbericht|[\W\d_]+", re.IGNORECASE
)
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[aApP]\.?\s?[mM]\.?)?")
_ORDERS = ("", "dmy", "mdy", "ymd")


class _Came(msgspec.Struct):
    """What the rows of one person say together: from when on, whether that is a clock of no known zone, and whether the person came at all."""

    at: int | None = None
    local: bool = False
    came: bool = False


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """The people and attendances of each list. Raises ImportProblem if there is none."""
    if options.date_order not in _ORDERS:
        raise ImportProblem(
            _("There is no date order “{date_order}”.").format(date_order=options.date_order), _("Give one of: {names}.").format(names=", ".join(_ORDERS[1:]))
        )
    lists = find(source)
    if not lists:
        raise ImportProblem(
            _("{name} lists nobody who took part in a meeting.").format(name=source.name),
            _("Give a list with a name or an e-mail address, and when people came and left or whether they did."),
        )
    key = options.source.strip() or "meetings"
    yield Origin(platform="meetings", key=key, title=key)
    _ignore_others(source, lists)
    if group := options.group.strip():
        yield Group(key=group, name=group, kind="group")
    for one in lists:
        progress.check()
        yield from _List(source, one, options).read()


def _ignore_others(source: Source, lists: Sequence[List]) -> None:
    known = {(one.name, one.sheet) for one in lists}
    held = tables(source)
    for name, sheet in held:
        if (name, sheet) not in known:
            source.ignore(f"{name}, {sheet}" if sheet else name, N_("it does not list who took part"))
    for entry in source.entries():
        if entry.name not in {name for name, _sheet in held}:
            source.ignore(entry.name, N_("it is not a table"))


class _List:
    """Reads one list."""

    def __init__(self, source: Source, one: List, options: Options) -> None:
        self._source, self._list, self._options = source, one, options
        self._hint = self._find_hint()
        self._persons: dict[str, Person] = {}
        self._came: dict[tuple[str, str], _Came] = {}
        self._unclear = 0
        dated = _DATE.search(one.name)
        self._date = "-".join(dated.groups()) if dated is not None else ""
        self._start = self._moment(one.start or self._date)

    def read(self) -> Iterator[Record]:
        """Everybody on the list, then who took part in what; somebody who came twice took part once."""
        for number, cells in self._body():
            self._row(number, cells)
        self._tell()
        yield from self._persons.values()
        for (event, person), came in self._came.items():
            if came.came:
                yield Attendance(event=event, person=person, group=self._options.group.strip(), at=came.at, local=came.local)

    def _rows(self, *, counted: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
        opened = self._source.table(self._list.name, sheet=self._list.sheet, header=False, pad=True, counted=counted)
        return ((row.number, row.cells) for row in opened.rows)

    def _body(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows of the list itself; those above it, its head, and the log below it are left out by rules."""
        below = False
        for count, (number, cells) in enumerate(self._rows(counted=True)):
            filled = sum(bool(cell.strip()) for cell in cells)
            below = below or (count > self._list.above and (is_head(roles_in(cells)) or (filled == 1 and bool(re.match(r"\s*\d\.\s", next(filter(None, cells)))))))
            if count < self._list.above:
                self._source.leave_out(SUMMARY)
            elif count == self._list.above:
                self._source.leave_out(HEADS)
            elif below:
                self._source.leave_out(LOG)
            else:
                yield number, cells

    def _find_hint(self) -> str:
        """How the times are written, as far as the rows prove it; all columns of a list are written alike."""
        from cmdesk.api import guess_hint

        if self._options.date_order:
            return "" if self._options.date_order == "ymd" else self._options.date_order
        columns = [self._list.roles[role] for role in ("join", "leave", "stamp", "start") if role in self._list.roles]
        sample = [cells[column].strip() for _number, cells in islice(self._rows(counted=False), self._list.above + 1, _LOOK) for column in columns]
        return guess_hint(cell.partition(" ")[0].rstrip(",") for cell in (*sample, self._list.start) if cell)

    def _moment(self, cell: str) -> When:
        from cmdesk.api import When, parse_when

        return parse_when(cell, self._hint) if cell else When(None)

    def _cell(self, cells: Sequence[str], role: str) -> str:
        column = self._list.roles.get(role)
        return " ".join(cells[column].split()) if column is not None else ""

    def _row(self, number: int, cells: tuple[str, ...]) -> None:
        person = self._person(cells)
        place = N_("{label}, line {number:,}").format(label=self._list.label, number=number)
        if not person.key:
            return self._source.set_aside(place, N_("the row names nobody"))
        said = {plain(self._cell(cells, role)) for role in ("status", "registered")} - {""}
        if said & CALLED_OFF:
            return self._source.leave_out(OFF, where=place)
        self._source.use()
        before = self._persons.get(person.key)
        self._persons[person.key] = person if before is None else msgspec.structs.replace(before, name=before.name or person.name, email=before.email or person.email)
        when = self._when(cells)
        came = self._came.setdefault((self._event(cells, when), person.key), _Came())
        came.came = came.came or self._took_part(cells)
        if when.at is not None and (came.at is None or when.at < came.at):
            came.at, came.local = when.at, when.local
        return None

    def _person(self, cells: tuple[str, ...]) -> Person:
        name = self._cell(cells, "original") or self._cell(cells, "name") or f"{self._cell(cells, 'first')} {self._cell(cells, 'last')}".strip()
        if "name" in self._list.roles and "last" in self._list.roles and "first" not in self._list.roles:
            name = f"{name} {self._cell(cells, 'last')}".strip()
        guest = True if ADDED.search(name) or plain(self._cell(cells, "guest")) in CAME else None
        name = ADDED.sub("", name).strip()
        if "original" in self._list.roles and (found := _ORIGINAL.fullmatch(name)) is not None:
            name = found[1].strip()
        email = next((cell.lower() for role in ("email", "upn") if _EMAIL.fullmatch(cell := self._cell(cells, role))), "")
        return Person(key=email or self._cell(cells, "member") or name, name=name, email=email, is_guest=guest)

    def _when(self, cells: tuple[str, ...]) -> When:
        """When a person came; else when the meeting began."""
        for role in ("join", "stamp", "start"):
            if cell := self._cell(cells, role):
                when = self._moment(f"{self._date} {cell}" if self._date and _CLOCK.fullmatch(cell) else cell)
                if when.at is not None:
                    return when
                self._unclear += "unclear" in when.why
        return self._start

    def _took_part(self, cells: tuple[str, ...]) -> bool:
        """What the row says of it; a list that says nothing else lists who was there."""
        roles = self._list.roles
        status = plain(self._cell(cells, "status"))
        if status in CAME or "action" in roles or not ("registered" in roles or "status" in roles):
            return True
        away = status in AWAY or plain(self._cell(cells, "registered")) in AWAY
        return bool(self._cell(cells, "join")) or (self._options.registered and not away)  # a check-in that is empty did not happen

    def _event(self, cells: tuple[str, ...], when: When) -> str:
        """The meeting: its id, else its title and day."""
        if said := self._cell(cells, "event_id"):
            return said
        title = self._options.event.strip() or self._cell(cells, "event") or self._list.title or self._named()
        start = self._start if self._start.at is not None else when
        day = "" if start.at is None else _day(start.at)
        return f"{title} {day}".strip() if day and day not in title else title

    def _named(self) -> str:
        """The name that the file gives, without what every report is called."""
        stem = _FILE.sub("", self._list.name.rpartition("/")[2])
        parts = [part.strip() for part in re.split(r"\s+-\s+|[_()\[\]]+", stem) if part.strip() and not _REPORT.fullmatch(part.strip())]
        return " ".join(parts) or stem

    def _tell(self) -> None:
        used = set(self._list.roles.values())
        read = ", ".join(f"{role} = {self._list.head[column]}" for role, column in self._list.roles.items() if role not in ("leave", "duration", "order", "ticket"))
        spare = {self._list.roles[role] for role in ("leave", "duration", "order", "ticket") if role in self._list.roles}
        rest = ", ".join(head for column, head in enumerate(self._list.head) if head and (column not in used or column in spare))
        self._source.set_aside(self._list.label, N_("columns read: {used}").format(used=read) + (N_("; not read: {rest}").format(rest=rest) if rest else ""), 0)
        if self._unclear:
            why = N_("it is unclear which number is the day and which the month, so times were not read (say it with --option date_order=dmy or mdy): {n:,}")
            self._source.set_aside(self._list.label, why.format(n=self._unclear), 0)
        if away := len({person for _event, person in self._came}) - len({person for (_event, person), came in self._came.items() if came.came}):
            why = N_("people on the list of whom it does not say that they came: {n:,} (who registered counts with --option registered=yes)")
            self._source.set_aside(self._list.label, why.format(n=away), 0)


def _day(at: int) -> str:
    from cmdesk.api import when

    return when.day(at, "UTC").isoformat()
