"""People and ties as CSV tables. By name without any measure of theirs; under pseudonyms with them. Fewer than five people give no tie."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import Progress, _, circles, trust

from ..inspecting.telling import HIDDEN_BELOW, Naming

if TYPE_CHECKING:
    from cmdesk.api import Index, Ints, Snapshot

    from ..options import TableOptions

_EVERY = 5_000  # rows between two looks at whether to stop
_TEMPTING = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def write_people(snapshot: Snapshot, path: Path, options: TableOptions, progress: Progress) -> None:
    """One row a counted person."""
    progress.step(_("Finding circles"))
    naming = Naming(snapshot, names=options.names)
    label = circles.containers(snapshot)
    _write(path, people(naming, label, options.at_least), progress)


def write_ties(snapshot: Snapshot, path: Path, options: TableOptions, progress: Progress) -> None:
    """One row a tie."""
    _write(path, ties(Naming(snapshot, names=options.names), options.at_least), progress)


def people(naming: Naming, circle: Index, at_least: float = trust.TIE) -> Iterator[tuple[str, ...]]:
    """Rows (heads first): person, unit, circle ("small" under five people), groups, first and last day; under pseudonyms also contacts, strong
    ties, sum of trust and posts in the window."""
    snapshot = naming.snapshot
    heads = ("person", "unit", "circle", "groups", "first_seen", "last_seen")
    yield heads if naming.names else (*heads, "ties", "strong_ties", "trust", "posts")
    sizes = np.bincount(circle[circle >= 0]) if (circle >= 0).any() else np.zeros(0, np.int64)
    groups, (first, last) = _groups(snapshot), _seen(snapshot)
    measures = None if naming.names else _measures(snapshot, at_least)
    counted = np.flatnonzero(snapshot.people.counted).tolist()
    for row in sorted(counted, key=lambda row: naming.whole(row).casefold()):  # the order of a file must not tell who it is
        number = int(circle[row])
        where = "" if number < 0 else str(number + 1) if sizes[number] >= HIDDEN_BELOW else "small"
        days = tuple(naming.day(int(at[row])) if at[row] >= 0 else "" for at in (first, last))
        cells = (naming.whole(row), naming.unit(row), where, "; ".join(groups[row]), *days)
        if measures is None:
            yield cells
        elif not naming.enough:
            yield (*cells, "", "", "", "")
        else:
            yield (*cells, *(str(int(part[row])) for part in measures[:2]), f"{measures[2][row]:.4f}", str(int(measures[3][row])))


def ties(naming: Naming, at_least: float = trust.TIE) -> Iterator[tuple[str, ...]]:
    """Rows (heads first): source and target; under pseudonyms also trust R as the weight, whether it is strong, both directions, the parts and
    the number of contexts. Nothing but the heads where fewer than five people are counted."""
    yield ("source", "target") if naming.names else (
        "source", "target", "weight", "strong", "evidence_there", "evidence_back", "f", "balance", "shared_contacts", "multiplexity", "contexts",
    )  # fmt: skip
    if not naming.enough:
        return
    found = naming.snapshot.trust
    some = np.flatnonzero((found.r >= at_least) & (found.r > 0)).tolist()
    for first, second, k in sorted(_ends(naming, k) for k in some):
        if naming.names:
            yield first, second
            continue
        there, back = found.s_ij[k], found.s_ji[k]
        if first != naming.whole(int(found.i[k])):
            there, back = back, there
        numbers = (there, back, found.f[k], found.bal[k], found.emb[k], found.mul[k])
        yield first, second, f"{found.r[k]:.6f}", str(int(found.strong[k])), *(f"{number:.6f}" for number in numbers), str(int(found.contexts[k]))


def _ends(naming: Naming, k: int) -> tuple[str, str, int]:
    """The two people of pair `k` in their order, and k."""
    found = naming.snapshot.trust
    first, second = sorted((naming.whole(int(found.i[k])), naming.whole(int(found.j[k]))))
    return first, second, k


def _groups(snapshot: Snapshot) -> list[list[str]]:
    """The innermost groups of everybody; the whole community is not named."""
    groups = snapshot.groups
    mine: list[list[int]] = [[] for _row in range(len(snapshot.people))]
    for group in range(1, len(groups)):
        for row in groups.roster[group].tolist():
            mine[row].append(group)
    around = [{int(groups.parent[group]) for group in rows} for rows in mine]
    return [sorted((groups.path[group] for group in rows if group not in above), key=str.casefold) for rows, above in zip(mine, around, strict=True)]


def _seen(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """The first and last time that everybody wrote, −1 for nobody who did."""
    posts, many = snapshot.posts, len(snapshot.people)
    first, last = np.full(many, -1, np.int64), np.full(many, -1, np.int64)
    rows = np.flatnonzero(posts.author >= 0)  # sorted by time
    last[posts.author[rows]] = posts.at[rows]
    first[posts.author[rows[::-1]]] = posts.at[rows[::-1]]
    return first, last


def _measures(snapshot: Snapshot, at_least: float) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
    """Ties, strong ties, sum of R and posts in the window of everybody."""
    found, many = snapshot.trust, len(snapshot.people)
    some = (found.r >= at_least) & (found.r > 0)
    posts = snapshot.posts
    written = posts.author[(posts.author >= 0) & (posts.at > snapshot.since)]

    def summed(weight: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return sum(np.bincount(end[some], weight[some], minlength=many) for end in (found.i, found.j)) + np.zeros(many)

    return summed(np.ones(len(found))), summed(found.strong.astype(float)), summed(found.r), np.bincount(written, minlength=many).astype(float)


def _write(path: Path, rows: Iterable[tuple[str, ...]], progress: Progress) -> None:
    progress.step(_("Writing the table"), unit=_("rows"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for count, row in enumerate(rows, 1):
            writer.writerow([_plain(cell) for cell in row])
            if count % _EVERY == 0:
                progress.advance(_EVERY)


def _plain(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + cell if cell[:1] in _TEMPTING else cell
