"""The circle map: the Leiden circle is the container, the department the colour; bands between circles are as wide as their trust."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from cmdesk.core import circles, lettering, palette, when
from cmdesk.core.drawing import Arc, Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.pictures import frame
from cmdesk.core.snapshot import Floats, Index, Snapshot
from cmdesk.core.text import _, ngettext
from cmdesk.core.visibility import HIDDEN_BELOW

_WIDTH, _HEIGHT = 1120.0, 860.0  # on paper
_LEAST = (480.0, 360.0)
_LEGEND = 220.0
_MOST = 200
_OWN = 0.8
_STEPS = 400


class _Units(NamedTuple):
    """Departments as the picture may show them: `rank` by size of every department (−1: fewer than five people), names of those with a colour
    of their own, and how many more there are."""

    rank: Index
    names: tuple[str, ...]
    more: int

    def of(self, unit: int) -> int:
        """The rank of a department, −1 where it is not known or too small."""
        return int(self.rank[unit]) if unit >= 0 else -1


def compose(snapshot: Snapshot, *, width: float = 0.0, height: float = 0.0) -> Drawing:
    """One picture per snapshot: the same facts give the same drawing. People are drawn alike and never named; circles under five people are
    "small circles" without people; what is not drawn is counted. `width` and `height`: laid out for a window of that size, which has a heading
    of its own; 0: as on paper."""
    label = circles.containers(snapshot)
    sizes = np.bincount(label[label >= 0]) if (label >= 0).any() else np.empty(0, np.int64)
    count = min(len(sizes), _MOST)
    links = _links(snapshot, label, count)
    wide, tall = (max(width, _LEAST[0]), max(height, _LEAST[1])) if width else (_WIDTH, _HEIGHT)
    margin = 16.0 if width else frame.MARGIN
    title = _("Circles and departments")
    shapes: list[Shape] = []
    top = 12.0
    if not width:
        shapes, top = frame.heading(title, _when(snapshot), wide, snapshot.simulated)
    right = wide - margin - _LEGEND
    foot, foot_tall = _foot(snapshot, label, count, len(sizes), right - 16 - margin, in_window=bool(width))
    box = (margin, top, right - 16, max(tall - foot_tall - 44, top + 200))
    centre, radius = _place(sizes[:count], links, box)
    shapes += _bands(links, centre, radius)
    units = _units(snapshot)
    rows = [(_("Circle"), _("People"), _("Department"), _("Share"))]
    for k in range(count):
        members = np.flatnonzero(label == k).astype(np.int32)
        shapes += _container(snapshot, units, members, k, centre[k], float(radius[k]))
        rows.append(_row(units, snapshot, members, k))
    legend, low = _legend(units, right, top + 12)
    below = box[3] + 36
    shapes += [*legend, *(frame.moved(shape, margin, below) for shape in foot)]
    return Drawing(width=wide, height=max(below + foot_tall, low), title=title, shapes=tuple(shapes), table=tuple(rows))


def _when(snapshot: Snapshot) -> str:
    day = when.day(snapshot.until, snapshot.zone).isoformat()
    return " · ".join((snapshot.community, _("as of {date}").format(date=day), _("trust, estimated from exchange")))


def _foot(snapshot: Snapshot, label: Index, drawn: int, found: int, room: float, *, in_window: bool) -> tuple[list[Shape], float]:
    """The notes below, around (0, 0), and their height."""
    loose = int((snapshot.people.counted & (label < 0)).sum())
    lines = [ngettext("{n} circle is drawn.", "{n} circles are drawn.", drawn).format(n=drawn)]
    if found > drawn:
        lines[0] += " " + ngettext("{n} more, smaller, is not.", "{n} more, smaller, are not.", found - drawn).format(n=found - drawn)
    if loose:
        lines.append(ngettext("{n} person has no tie yet and is in no circle.", "{n} people have no tie yet and are in no circle.", loose)
                     .format(n=f"{loose:,}"))  # fmt: skip
    if in_window:
        lines.append(_when(snapshot))
    shapes, bottom = frame.notes(0.0, 0.0, lines, room)
    if in_window and snapshot.simulated:
        mark, wide = frame.notice(0.0, bottom)
        shapes += [frame.moved(shape, wide, -6.0) for shape in mark]
        bottom += 30
    return shapes, bottom


def _links(snapshot: Snapshot, label: Index, count: int) -> Floats:
    """Sum of R between circles."""
    ties = snapshot.trust.ties()
    one, other = label[ties.i], label[ties.j]
    keep = (one != other) & (one < count) & (other < count) & (one >= 0) & (other >= 0)
    links = np.zeros((count, count))
    np.add.at(links, (one[keep], other[keep]), ties.r[keep])
    return links + links.T


def _place(sizes: Any, links: Floats, box: tuple[float, float, float, float]) -> tuple[Floats, Floats]:
    """Centres and radii within `box`: strong links pull, overlap pushes; starts on a spiral, so that nothing is left to chance."""
    count = len(sizes)
    if not count:
        return np.empty((0, 2)), np.empty(0)
    room_for = np.array([box[2] - box[0], box[3] - box[1]])
    radius = 8.0 + 7.0 * np.sqrt(sizes.astype(float))
    turn = np.arange(count) * 2.399963
    centre = np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]) * float(radius.mean()) * 2.4
    pull = links / max(float(links.max(initial=0.0)), 1e-9)
    inwards = room_for.min() / room_for  # the longer side of the box may be filled further
    for step in range(_STEPS):
        between = centre[:, None, :] - centre[None, :, :]
        distance = np.sqrt((between**2).sum(axis=2)) + 1e-9
        room = radius[:, None] + radius[None, :] + 28.0
        push = np.where(distance < room, (room - distance) * 0.5, 0.0)
        np.fill_diagonal(push, 0.0)
        cool = 1.0 - step / _STEPS
        move = ((push / distance)[:, :, None] * between).sum(axis=1)
        move -= 0.02 * cool * (pull[:, :, None] * between).sum(axis=1) + 0.004 * cool * inwards * centre
        centre = centre + move * 0.7
    low, high = (centre - radius[:, None]).min(axis=0), (centre + radius[:, None]).max(axis=0)
    scale = min(float((room_for / np.maximum(high - low, 1.0)).min()), 2.4)
    shift = np.array(box[:2]) + (room_for - (high - low) * scale) / 2
    return (centre - low) * scale + shift, radius * scale


def _bands(links: Floats, centre: Floats, radius: Floats) -> list[Shape]:
    """A band from rim to rim of two circles that have ties between them."""
    widest = float(links.max(initial=0.0))
    pairs = sorted((float(links[a, b]), a, b) for a in range(len(links)) for b in range(a) if links[a, b] > 0)
    shapes: list[Shape] = []
    for weight, a, b in pairs:
        between = centre[b] - centre[a]
        along = between / max(float(np.hypot(*between)), 1e-9)
        start, end = centre[a] + along * radius[a], centre[b] - along * radius[b]
        tip = _("Trust between circle {a} and circle {b}: {sum} in all").format(a=a + 1, b=b + 1, sum=f"{weight:.1f}")
        points = ((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
        shapes.append(Path(points=points, stroke="unit0/50", line=max(1.2, 12.0 * weight / widest), tip=tip))
    return shapes


def _container(snapshot: Snapshot, units: _Units, members: Index, k: int, centre: Floats, radius: float) -> list[Shape]:
    x, y, target = float(centre[0]), float(centre[1]), f"circle:{k}"
    number = Text(x=x, y=y + radius + 13, text=str(k + 1), size=11, colour="muted", anchor="middle", target=target)
    if len(members) < HIDDEN_BELOW:
        tip = _("circle {k}: small, under 5 people").format(k=k + 1)
        return [Circle(x=x, y=y, radius=radius, fill="surface", stroke="edge", dash=(3, 3), tip=tip, target=target), number]
    parts = _mix(units, snapshot, members)
    rank, share = parts[0]
    tint = palette.unit(rank)
    whole = rank >= 0 and share >= _OWN
    tip = _("circle {k}: {n} people").format(k=k + 1, n=len(members))
    fill, stroke = (f"{tint}/20", tint) if whole else ("surface", "line")
    shapes: list[Shape] = [Circle(x=x, y=y, radius=radius, fill=fill, stroke=stroke, line=1.5, tip=tip, target=target), number]
    if not whole:
        start = 0.0
        for one, part in parts:
            shapes.append(Arc(x=x, y=y, radius=radius - 2, width=4, start=start, sweep=360 * part, colour=palette.unit(one)))
            start += 360 * part
    dot = max(1.2, min(4.0, 0.42 * radius / math.sqrt(len(members))))
    for place in range(len(members)):
        far = (radius - 8 - dot) * math.sqrt((place + 0.5) / len(members))
        shapes.append(Circle(x=x + far * math.cos(place * 2.399963), y=y + far * math.sin(place * 2.399963), radius=dot, fill="muted"))
    return shapes


def _units(snapshot: Snapshot) -> _Units:
    """Departments by size; those of fewer than five people in the community are not told apart."""
    unit, names = snapshot.people.unit, snapshot.people.unit_names
    count = np.bincount(unit[unit >= 0], minlength=len(names))
    order = [k for k in np.argsort(-count, kind="stable").tolist() if count[k] >= HIDDEN_BELOW]
    rank = np.full(len(names), -1, np.int32)
    rank[order] = np.arange(len(order))
    return _Units(rank, tuple(names[k] for k in order[: palette.UNITS]), max(0, len(order) - palette.UNITS))


def _mix(units: _Units, snapshot: Snapshot, members: Index) -> list[tuple[int, float]]:
    """Ranks of the departments of a circle with their shares, the largest first."""
    of = [units.of(int(one)) for one in snapshot.people.unit[members]]
    shares = {one: of.count(one) / len(of) for one in set(of)}
    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))


def _row(units: _Units, snapshot: Snapshot, members: Index, k: int) -> tuple[str, str, str, str]:
    if len(members) < HIDDEN_BELOW:
        return str(k + 1), _("small circle"), "", ""
    rank, share = _mix(units, snapshot, members)[0]
    name = units.names[rank] if 0 <= rank < len(units.names) else _("another department") if rank >= 0 else _("not known")
    return str(k + 1), str(len(members)), name, f"{share:.0%}"


def _legend(units: _Units, x: float, top: float) -> tuple[list[Shape], float]:
    """Departments with their colours, then what the signs mean; returns the y below it."""
    shapes: list[Shape] = [Text(x=x, y=top, text=_("Departments"), size=13, bold=True)]
    y = top + 24
    entries = [(palette.unit(rank), name) for rank, name in enumerate(units.names)]
    if units.more:
        entries.append((palette.unit(-1), ngettext("{n} more department", "{n} more departments", units.more).format(n=units.more)))
    entries.append((palette.unit(-1), _("not known, or fewer than 5 people")))
    if not units.names:
        entries = [(palette.unit(-1), _("not known: import a spreadsheet of people with their department"))]
    for colour, name in entries:
        shapes.append(Rect(x=x, y=y - 11, width=13, height=13, fill=colour, radius=3))
        lines = lettering.wrap(name, (_LEGEND - 24) / lettering.LOOSE, 12, lines=3)
        shapes += [Text(x=x + 21, y=y + 16 * number, text=line, size=12) for number, line in enumerate(lines)]
        y += 16 * len(lines) + 6
    y += 14
    signs = (
        _("Filled: at least 80 % of one department"), _("Ring: its mix of departments"), _("Dashed: small circle (under 5 people)"),
        _("Band: trust between circles, the wider the more"), _("A dot is a person; all are drawn alike"),
    )  # fmt: skip
    for words in signs:
        for line in lettering.wrap(words, _LEGEND / lettering.LOOSE, 11, lines=3):
            shapes.append(Text(x=x, y=y, text=line, size=11, colour="muted"))
            y += 15
        y += 4
    return shapes, y
