"""Decisions as a table that a spreadsheet opens: written here, kept, corrected, and read again here or in another community."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from cmdesk.core.errors import FileProblem
from cmdesk.core.reading.delimiter import guess
from cmdesk.core.same_person.decided import Decision
from cmdesk.core.same_person.persons import Pair
from cmdesk.core.text import _
from cmdesk.core.when import iso

HEADS = ("account", "other account", "decision", "decided")
SAME, NOT_SAME = "same", "not the same"
_SAID = {SAME: True, NOT_SAME: False, "not same": False}
LARGEST = 64 * 1024 * 1024
"""Bytes of a table of decisions."""


def text(decisions: Iterable[Decision]) -> str:
    """The table as CSV: two platform keys, which may be addresses, the decision and its time."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for one in decisions:
        writer.writerow((_cell(one.one), _cell(one.other), SAME if one.same else NOT_SAME, iso(one.at)))
    return out.getvalue()


def write(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the table to a new file; FileProblem if there is one already or it cannot be written."""
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text(decisions))
    except FileExistsError:
        raise FileProblem(_("{name} exists already.").format(name=path.name), _("Choose another name.")) from None
    except OSError as error:
        raise FileProblem(_("{name} cannot be written: {error}.").format(name=path.name, error=error.strerror or error), _("Check the folder.")) from None


def read(path: Path) -> tuple[dict[Pair, bool], int]:
    """The decisions in a table, and how many lines could not be read as one. FileProblem if it is no such table at all."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileProblem(_("{name} is too large for a table of decisions.").format(name=path.name), _("It may have 64 MiB at most."))
        content = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem(_("{name} is not in UTF-8.").format(name=path.name), _("Save it as “CSV UTF-8”.")) from None
    except OSError as error:
        raise FileProblem(_("{name} cannot be read: {error}.").format(name=path.name, error=error.strerror or error), _("Check the path.")) from None
    delimiter, _comment = guess(content.splitlines()[:200]) if content.strip() else (",", "")
    try:
        lines = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileProblem(_("{name} cannot be read as a table: {error}.").format(name=path.name, error=error), _("Save it as CSV.")) from None
    heads = [head.strip().casefold() for head in lines[0]] if lines else []
    if not set(HEADS[:3]) <= set(heads):
        raise FileProblem(
            _("{name} is no table of decisions.").format(name=path.name), _("Its first line names the columns: {heads}.").format(heads=", ".join(HEADS[:3]))
        )
    return _decisions(lines[1:], [heads.index(head) for head in HEADS[:3]])


def _decisions(lines: Iterable[list[str]], places: list[int]) -> tuple[dict[Pair, bool], int]:
    found: dict[Pair, bool] = {}
    odd: set[int] = set()
    contradicted: set[Pair] = set()
    for number, line in enumerate(lines):
        if not any(cell.strip() for cell in line):
            continue
        cells = [line[place].strip() if place < len(line) else "" for place in places]
        one, other = sorted((_plain(cells[0]), _plain(cells[1])))
        said = _SAID.get(cells[2].casefold())
        if not one or one == other or ":" not in one or ":" not in other or said is None:
            odd.add(number)
        elif found.setdefault((one, other), said) is not said:
            contradicted.add((one, other))
    return {pair: said for pair, said in found.items() if pair not in contradicted}, len(odd) + 2 * len(contradicted)


def _cell(ref: str) -> str:
    return f"'{ref}" if ref[:1] in "=+-@\t\r'" else ref


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell
