"""The circle map: the Leiden circle is the container, the department the colour; bands between circles are as wide as their trust."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cmdesk.core import circles, when
from cmdesk.core.drawing import Arc, Circle, Drawing, Path, Rect, Shape, Text
from cmdesk.core.snapshot import Floats, Index, Snapshot
from cmdesk.core.text import _
from cmdesk.core.visibility import HIDDEN_BELOW

_SIZE, _SIDE, _TOP = 860.0, 230.0, 90.0
_MOST = 200
_OWN = 0.8
_COLOURS = ("#3b6ea5", "#c0763b", "#2e7d6b", "#8a4f9a", "#b23b52", "#6b7d2a", "#2a7d9a", "#8a6d3b", "#5a5fb0", "#4d8a4d")
_NO_UNIT = "#8a8f98"


def compose(snapshot: Snapshot) -> Drawing:
    """One picture per snapshot: the same facts give the same drawing. People are drawn alike and never named; circles under five people are
    "small circles" without people; what is not drawn is counted."""
    label = circles.containers(snapshot)
    sizes = np.bincount(label[label >= 0]) if (label >= 0).any() else np.empty(0, np.int64)
    count = min(len(sizes), _MOST)
    links = _links(snapshot, label, count)
    centre, radius = _place(sizes[:count], links)
    shapes: list[Shape] = [Rect(x=0, y=0, width=_SIZE + _SIDE, height=_SIZE + _TOP + 60, fill="surface"), *_heading(snapshot)]
    shapes += _bands(links, centre, radius)
    rows = [(_("circle"), _("people"), _("department"), _("share"))]
    for k in range(count):
        members = np.flatnonzero(label == k).astype(np.int32)
        shapes += _container(snapshot, members, k, centre[k], float(radius[k]))
        rows.append(_row(snapshot, members, k))
    shapes += _legend(snapshot)
    loose = int((snapshot.people.counted & (label < 0)).sum())
    note = _("{count} circles drawn, {n} more not drawn; {loose:,} people without a tie are not drawn.").format(count=count, n=len(sizes) - count, loose=loose)
    shapes.append(Text(x=24, y=_SIZE + _TOP + 36, text=note, size=12, colour="muted"))
    return Drawing(
        width=_SIZE + _SIDE, height=_SIZE + _TOP + 60, title=_("Circles of {community}").format(community=snapshot.community), shapes=tuple(shapes), table=tuple(rows)
    )


def _heading(snapshot: Snapshot) -> list[Shape]:
    day = when.day(snapshot.until, snapshot.zone).isoformat()
    below = _("{community} · {day} · trust, estimated from exchange (R ≥ .2)").format(community=snapshot.community, day=day)
    return [Text(x=24, y=36, text=_("Circles and departments"), size=18, bold=True), Text(x=24, y=58, text=below, size=12, colour="muted")]


def _links(snapshot: Snapshot, label: Index, count: int) -> Floats:
    """Sum of R between circles."""
    ties = snapshot.trust.ties()
    one, other = label[ties.i], label[ties.j]
    keep = (one != other) & (one < count) & (other < count) & (one >= 0) & (other >= 0)
    links = np.zeros((count, count))
    np.add.at(links, (one[keep], other[keep]), ties.r[keep])
    return links + links.T


def _place(sizes: Any, links: Floats) -> tuple[Floats, Floats]:
    """Centres and radii: strong links pull, overlap pushes; starts on a spiral, so that nothing is left to chance."""
    count = len(sizes)
    if not count:
        return np.empty((0, 2)), np.empty(0)
    radius = 8.0 + 7.0 * np.sqrt(sizes.astype(float))
    turn = np.arange(count) * 2.399963
    centre = np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]) * float(radius.mean()) * 2.4
    pull = links / max(float(links.max(initial=0.0)), 1e-9)
    for step in range(400):
        between = centre[:, None, :] - centre[None, :, :]
        distance = np.sqrt((between**2).sum(axis=2)) + 1e-9
        room = radius[:, None] + radius[None, :] + 14.0
        push = np.where(distance < room, (room - distance) * 0.5, 0.0)
        np.fill_diagonal(push, 0.0)
        cool = 1.0 - step / 400.0
        move = ((push / distance)[:, :, None] * between).sum(axis=1)
        move -= 0.02 * cool * (pull[:, :, None] * between).sum(axis=1) + 0.004 * cool * centre
        centre = centre + move * 0.7
    low, high = (centre - radius[:, None]).min(axis=0), (centre + radius[:, None]).max(axis=0)
    scale = min((_SIZE - 48.0) / max(float((high - low).max()), 1.0), 2.0)
    shift = np.array([24.0, _TOP]) + ((_SIZE - 48.0) - (high - low) * scale) / 2
    return (centre - low) * scale + shift, radius * scale


def _bands(links: Floats, centre: Floats, radius: Floats) -> list[Shape]:
    widest = float(links.max(initial=0.0))
    pairs = [(float(links[a, b]), a, b) for a in range(len(links)) for b in range(a) if links[a, b] > 0]
    return [
        Path(
            points=((float(centre[a][0]), float(centre[a][1])), (float(centre[b][0]), float(centre[b][1]))), stroke="#8a8f9866",
            line=max(1.0, 14.0 * weight / widest), tip=_("trust between circle {a} and {b}: {weight:.1f}").format(a=a + 1, b=b + 1, weight=weight),
        )
        for weight, a, b in sorted(pairs)
    ]  # fmt: skip


def _container(snapshot: Snapshot, members: Index, k: int, centre: Floats, radius: float) -> list[Shape]:
    x, y = float(centre[0]), float(centre[1])
    if len(members) < HIDDEN_BELOW:
        return [Circle(x=x, y=y, radius=radius, fill="surface", stroke="muted", dash=(3, 3), tip=_("small circle"), target=f"circle:{k}")]
    parts = _mix(snapshot, members)
    unit, share = parts[0]
    tint = _colour(unit)
    whole = unit >= 0 and share >= _OWN
    shapes: list[Shape] = [
        Circle(
            x=x, y=y, radius=radius, fill=tint + "2e" if whole else "surface", stroke=tint if whole else "line", line=1.5,
            tip=_("circle {k}: {n} people").format(k=k + 1, n=len(members)), target=f"circle:{k}",
        )
    ]  # fmt: skip
    if not whole:
        start = 0.0
        for one, part in parts:
            shapes.append(Arc(x=x, y=y, radius=radius - 2, width=4, start=start, sweep=360 * part, colour=_colour(one)))
            start += 360 * part
    dot = max(1.2, min(4.0, 0.42 * radius / math.sqrt(len(members))))
    for place in range(len(members)):
        far = (radius - 8 - dot) * math.sqrt((place + 0.5) / len(members))
        shapes.append(Circle(x=x + far * math.cos(place * 2.399963), y=y + far * math.sin(place * 2.399963), radius=dot, fill="muted"))
    return shapes


def _mix(snapshot: Snapshot, members: Index) -> list[tuple[int, float]]:
    """Departments of a circle with their shares, the largest first; departments of fewer than five people in the community are one."""
    unit = snapshot.people.unit
    common = np.bincount(unit[unit >= 0], minlength=len(snapshot.people.unit_names)) >= HIDDEN_BELOW
    of = [int(one) if one >= 0 and common[one] else -1 for one in unit[members]]
    shares = {one: of.count(one) / len(of) for one in set(of)}
    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))


def _colour(unit: int) -> str:
    return _COLOURS[unit % len(_COLOURS)] if unit >= 0 else _NO_UNIT


def _row(snapshot: Snapshot, members: Index, k: int) -> tuple[str, str, str, str]:
    if len(members) < HIDDEN_BELOW:
        return str(k + 1), _("small circle"), "", ""
    unit, share = _mix(snapshot, members)[0]
    return str(k + 1), str(len(members)), snapshot.people.unit_names[unit] if unit >= 0 else _("not known"), f"{share:.0%}"


def _legend(snapshot: Snapshot) -> list[Shape]:
    unit = snapshot.people.unit
    count = np.bincount(unit[unit >= 0], minlength=len(snapshot.people.unit_names))
    shown = [k for k in np.argsort(-count, kind="stable").tolist() if count[k] >= HIDDEN_BELOW][:24]
    shapes: list[Shape] = [Text(x=_SIZE + 10, y=_TOP, text=_("Departments"), size=13, bold=True)]
    for line, one in enumerate([*shown, -1]):
        y = _TOP + 22 + line * 22
        name = snapshot.people.unit_names[one] if one >= 0 else _("not known, or fewer than 5 people")
        shapes.append(Rect(x=_SIZE + 10, y=y - 11, width=13, height=13, fill=_colour(one), radius=3))
        shapes.append(Text(x=_SIZE + 30, y=y, text=name, size=12, room=_SIDE - 44))
    y = _TOP + 22 + (len(shown) + 2) * 22
    for offset, words in enumerate((_("Filled: ≥ 80 % of one department"), _("Ring: its mix of departments"), _("Dashed: small circle (under 5)"), _("Band: trust between circles"))):
        shapes.append(Text(x=_SIZE + 10, y=y + offset * 19, text=words, size=11, colour="muted", room=_SIDE - 20))
    return shapes
