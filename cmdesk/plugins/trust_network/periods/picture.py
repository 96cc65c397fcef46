"""One period as a picture: people in the places that they keep, ties told apart as new, lost and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.api import Drawing, Progress, _, drawing, frame, ngettext, wording

from .. import scene
from ..choice import Choice
from ..inspecting.telling import Naming
from . import changes, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmdesk.api import Bools, Floats, Index

    from ..keys import Key
    from ..scene import Scene
    from .changes import Changes
    from .frames import Frame

WIDTH, HEIGHT = 1120.0, 860.0
_KEYS = 24
MOST_TIES = 20_000
"""Ties that are drawn at most; the weakest are left out first, and counted."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What stays the same in the pictures of all periods: the frames, and the map on which people stand, cut to the user's choice. `place` is everybody's
    on the picture, 0–1 (nan: not drawn)."""

    naming: Naming
    frames: tuple[Frame, ...]
    scene: Scene
    place: Floats


def stage(
    naming: Naming, frames: Sequence[Frame], choice: Choice | None = None, progress: Progress | None = None, *,
    roles: Mapping[int, str] | None = None, verdicts: Mapping[int, str] | None = None,
) -> Stage:  # fmt: skip
    """Place people once, on the ties of all periods; circles under five people are not drawn. Of `choice` count colour and filters; one by circle does
    not, as circles of one period are none of all."""
    wanted = choice or Choice()
    filters = tuple(each for each in wanted.filters if each.field != "circle")
    wanted = msgspec.structs.replace(wanted, layout="circles", size="none", filters=filters, opened=(), centre=(0.0, 0.0), scale=0.0)
    settled = places.settle(naming.snapshot, wanted, frames, progress, roles=roles, verdicts=verdicts)
    shown = scene.compose(settled, wanted, naming.names)
    return Stage(naming, tuple(frames), shown, _within(shown.place, naming.enough))


def _within(place: Floats, enough: bool) -> Floats:
    there = place[~np.isnan(place[:, 0])]
    if not len(there) or not enough:
        return np.full(place.shape, np.nan)
    low, high = there.min(axis=0), there.max(axis=0)
    return np.asarray((place - low) / np.maximum(high - low, 1e-9), np.float64)


def change(shown: Stage, number: int, since: int | None = None) -> Changes:
    """What changed in period `number` since period `since` (without it the one before; the first period has nothing before it)."""
    now = shown.frames[number]
    then = shown.frames[since if since is not None else max(number - 1, 0)]
    return changes.between(then, now)


def compose(shown: Stage, number: int, *, since: int | None = None, width: float = WIDTH, height: float = HEIGHT) -> Drawing:
    """Period `number` as it leaves the window, its ties told apart against the one before or `since`: with heading, legend and notes."""
    snapshot, now = shown.naming.snapshot, shown.frames[number]
    title = _("The network at {date}").format(date=shown.naming.day(now.until))
    below = " · ".join(part for part in (snapshot.community, against(shown, number, since)) if part)
    shapes, top = frame.heading(title, below, width, snapshot.simulated)
    found = change(shown, number, since)
    foot = key(shown, width - 2 * frame.MARGIN, _drawn(shown, found)[1])
    bottom = max(height - foot.height - 24, top + 160)
    shapes += _network(shown, now, found, (frame.MARGIN + 8, top, width - frame.MARGIN - 8, bottom - 12))
    shapes += [frame.moved(shape, frame.MARGIN, bottom) for shape in foot.shapes]
    table = tuple(changes.summary(shown.naming, found))
    return Drawing(width=width, height=bottom + foot.height + 16, title=title, shapes=tuple(shapes), table=table)


def key(shown: Stage, room: float, thinned: int = 0, *, window: bool = False) -> Drawing:
    """The legend and the notes on what is not drawn, in `room` pixels; `window`: as the canvas draws it."""
    shapes, low = frame.legend(0.0, 14.0, _legend(shown, window=window), room)
    foot, tall = frame.notes(0.0, low + 6, _notes(shown, thinned), room)
    return Drawing(width=room, height=tall, title=_("Legend"), shapes=(*shapes, *foot))


def _network(shown: Stage, now: Frame, found: Changes, box: tuple[float, float, float, float]) -> list[drawing.Shape]:
    at = _placed(shown.place, box)
    rows = shown.scene.rows[~np.isnan(shown.place[shown.scene.rows, 0])]
    room = (box[2] - box[0]) * (box[3] - box[1]) / max(len(rows), 1)
    return _ties(found, _drawn(shown, found)[0], at) + _people(shown, now, at, rows, float(np.clip(0.1 * np.sqrt(max(room, 0.0)), 1.4, 6.0)))


def against(shown: Stage, number: int, since: int | None) -> str:
    """What a period is compared with, in words."""
    before = since if since is not None else number - 1
    if before < 0 or before == number:
        return _("the first period") if number == 0 else ""
    return _("against {date}").format(date=shown.naming.day(shown.frames[before].until))


def _drawn(shown: Stage, found: Changes) -> tuple[Bools, int]:
    """Which pairs are drawn, and how many are not because there are too many."""
    there = ~np.isnan(shown.place[:, 0])
    keep = there[found.i] & there[found.j] if len(found) else np.zeros(0, np.bool_)
    over = int(keep.sum()) - MOST_TIES
    if over > 0:
        r = np.where(keep, np.maximum(found.before, found.after), -1.0)
        keep[np.argsort(-r, kind="stable")[MOST_TIES:]] = False
    return keep, max(over, 0)


def _placed(place: Floats, box: tuple[float, float, float, float]) -> Floats:
    return np.asarray(np.array(box[:2]) + place * (np.array(box[2:]) - np.array(box[:2])), np.float64)


def _ties(found: Changes, drawn: Bools, at: Floats) -> list[drawing.Shape]:
    """Kept ties at the bottom, then lost, then new ones."""
    shapes: list[drawing.Shape] = []
    looks = {changes.KEPT: ("edge/50", 1.0, ()), changes.LOST: ("not_yet/70", 1.2, (4.0, 4.0)), changes.NEW: ("accent", 2.0, ())}
    fate = changes.fates(found)
    for wanted, (stroke, line, dash) in looks.items():
        for k in np.flatnonzero(drawn).tolist():
            if fate[k] == wanted:
                wide = line + (1.2 if found.after[k] >= 0.5 else 0.0)
                (x, y), (far_x, far_y) = at[found.i[k]].tolist(), at[found.j[k]].tolist()
                shapes.append(drawing.Path(points=((x, y), (far_x, far_y)), stroke=stroke, line=wide, dash=dash))
    return shapes


def _people(shown: Stage, now: Frame, at: Floats, rows: Index, radius: float) -> list[drawing.Shape]:
    """Everybody alike; who was not there yet is small and hollow."""
    shapes: list[drawing.Shape] = []
    for row in rows.tolist():
        look, (x, y) = shown.scene.keys[int(shown.scene.key[row])], at[row].tolist()
        tip, target = shown.naming.person(row), shown.naming.target(row)
        if now.here[row]:
            shapes.append(mark(look, x, y, radius, tip=tip, target=target))
        else:
            shapes.append(drawing.Circle(x=x, y=y, radius=radius * 0.7, stroke=look.colour, line=0.8, tip=tip, target=target))
    return shapes


def mark(look: Key, x: float, y: float, radius: float, *, tip: str = "", target: str = "") -> drawing.Shape:
    """A person in the colour and shape of a key."""
    if look.shape == "circle":
        return drawing.Circle(x=x, y=y, radius=radius, fill=look.colour, stroke="surface", line=0.8, tip=tip, target=target)
    corners = {
        "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)), "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "triangle": ((0, -1.2), (1.2, 0.96), (-1.2, 0.96)),
    }[look.shape]  # fmt: skip
    points = tuple((x + dx * radius, y + dy * radius) for dx, dy in corners)
    return drawing.Path(points=points, stroke="surface", line=0.8, fill=look.colour, closed=True, tip=tip, target=target)


def _legend(shown: Stage, *, window: bool = False) -> list[tuple[list[drawing.Shape], str]]:
    def dash(stroke: str, line: float, dash: tuple[float, ...] = ()) -> list[drawing.Shape]:
        return [drawing.Path(points=((-8, 0), (8, 0)), stroke=stroke, line=line, dash=dash)]

    keys: list[tuple[list[drawing.Shape], str]] = [
        (dash("accent", 2.2), _("new tie")), (dash("not_yet/70", 1.2, (4.0, 4.0)), _("lost tie")), (dash("edge/50", 1.2), _("kept tie")),
        (dash("edge/50", 3.0), _("thicker: a strong tie")),
    ]  # fmt: skip
    if window:
        keys.append(([drawing.Circle(x=0, y=0, radius=2.5, fill="unit0")], _("small: not there yet")))
    else:
        keys.append(([drawing.Circle(x=0, y=0, radius=4, stroke="unit0", line=1.0)], _("hollow: not there yet")))
    used = [look for look in shown.scene.keys[:-1] if look.people]
    keys += [([mark(look, 0, 0, 5.0)], look.words) for look in used[:_KEYS]]
    if len(used) > _KEYS:
        keys.append(([], ngettext("and {n} more", "and {n} more", len(used) - _KEYS).format(n=len(used) - _KEYS)))
    rest = shown.scene.keys[-1]
    return [*keys, ([mark(rest, 0, 0, 5.0)], rest.words)] if rest.people or not used else keys


def _notes(shown: Stage, thinned: int) -> list[str]:
    """What is not drawn, counted, and how it was made."""
    if not shown.naming.enough:
        return [_("Ties are not shown: the community has fewer than five people.")]
    counts, choice = shown.scene.counts, shown.scene.choice
    told = (
        (counts.small, ngettext("{n} person in a circle under five people is not drawn.", "{n} people in circles under five people are not drawn.", counts.small)),
        (counts.loose, ngettext("{n} person without a tie in any period is not drawn.", "{n} people without a tie in any period are not drawn.", counts.loose)),
        (counts.filtered, ngettext("{n} person is hidden by filters.", "{n} people are hidden by filters.", counts.filtered)),
        (thinned, ngettext("{n} tie, the weakest, is not drawn.", "{n} ties, the weakest, are not drawn.", thinned)),
    )  # fmt: skip
    lines = [" ".join(words.format(n=wording.count(n)) for n, words in told if n)]
    if choice.filters:
        lines.append(_("Only: {filters}").format(filters=", ".join(each.value for each in choice.filters)))
    method = {
        "relational": _("Trust (R) is estimated from exchange up to that day."), "competence": _("Competence trust is estimated from answers up to that day."),
        "asked": _("Ties as stated in surveys and lists, which have no date."),
    }[shown.scene.facts.trust]  # fmt: skip
    ties = _("A tie is a pair of {edge} or more. People keep their place: they were placed once, on all periods.")
    return [line for line in (*lines, f"{method} {ties.format(edge=wording.decimal(choice.threshold))}") if line]
