"""Which labels a scene wishes for, the most wanted first: what is searched, selected or pointed at, what is near it, departments, circles, then people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, ngettext

from .camera import Camera
from .labels import Wish
from .naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index

    from .scene import Scene

NAMED_FROM = 16.0
"""Pixels per unit from which people are named unasked."""
NUMBERED_FROM = 13.0
_WORDS_FROM = 42.0
_MOST_NEAR = 60
_MOST_PEOPLE = 120


def wishes(scene: Scene, camera: Camera, first: Index, lit: Bools | None, radius: float, window: tuple[float, float]) -> Iterator[Wish]:
    """`first`: rows of people that were asked for; `lit`: who is lit up around them; `radius`: of a person in pixels."""
    yield from _people(scene, camera, first, radius, bold=True)
    if lit is not None:
        near = np.flatnonzero(lit & ~np.isin(np.arange(len(lit)), first)).astype(np.int32)
        if len(first):
            middle = scene.place[first].mean(axis=0)
            near = near[np.argsort(((scene.place[near] - middle) ** 2).sum(axis=1), kind="stable")]
        yield from _people(scene, camera, near[:_MOST_NEAR], radius)
    if scene.choice.layout == "circles":
        yield from _departments(scene, camera)
        yield from _circles(scene, camera)
    else:
        yield from _heaps(scene, camera)
    if lit is None and camera.scale >= NAMED_FROM:
        (left, top), (right, bottom), at = camera.world(0, 0), camera.world(*window), scene.places
        seen = (at[:, 0] > left) & (at[:, 1] > top) & (at[:, 0] < right) & (at[:, 1] < bottom)
        yield from _people(scene, camera, scene.rows[seen][:_MOST_PEOPLE], radius)


def _people(scene: Scene, camera: Camera, rows: Index, radius: float, bold: bool = False) -> Iterator[Wish]:
    for row, (x, y) in zip(rows.tolist(), camera.screen(scene.place[rows]).tolist(), strict=True):
        yield Wish(scene.label(row), x, y, radius, 12.0, bold)


def _departments(scene: Scene, camera: Camera) -> Iterator[Wish]:
    areas = sorted(scene.facts.found.area, key=lambda area: -area[3])
    for unit, wx, wy, reach in areas:
        x, y = wx * camera.scale + camera.x, wy * camera.scale + camera.y
        yield Wish(shown_name(scene.facts.units[unit]), x, y, reach * camera.scale, 13.0, bold=True)


def _circles(scene: Scene, camera: Camera) -> Iterator[Wish]:
    """First those that the legend speaks of, however small; then all that are large enough on the screen."""
    found = scene.facts.found
    told = scene.told
    for k in (*told, *(k for k in np.flatnonzero(found.radius * camera.scale >= NUMBERED_FROM).tolist() if k not in told)):
        radius = float(found.radius[k]) * camera.scale
        x, y = camera.screen(found.centre[k]).tolist()
        words = circle_words(scene, k) if radius >= _WORDS_FROM else str(k + 1)
        yield Wish(words, x, y, radius, 11.0)


def circle_words(scene: Scene, k: int) -> str:
    """A circle in a few words: its number, and the department of most of its people where that is not said around it already."""
    found = scene.facts.found
    if found.small[k]:
        return _("small circle")
    unit, share = found.mix[k][0]
    if found.own[k] >= 0 or unit < 0:
        return str(k + 1)
    return f"{k + 1} · {shown_name(scene.facts.units[unit])} {share:.0%}"


def _heaps(scene: Scene, camera: Camera) -> Iterator[Wish]:
    """The words of each key over the densest heap of its people."""
    for number, middle in scene.heaps:
        x, y = camera.screen(middle).tolist()
        yield Wish(scene.keys[number].words, x, y, 0.0, 13.0, bold=True, middle=True)


def counted(scene: Scene, bands: int) -> list[str]:
    """What the screen shows and what it does not, in sentences."""
    counts = scene.counts
    says = [
        ngettext("{n} person drawn", "{n} people drawn", counts.people).format(n=f"{counts.people:,}")
        + " · " + ngettext("{n} of {every} ties", "{n} of {every} ties", counts.ties).format(n=f"{counts.ties:,}", every=f"{counts.every_tie:,}")
    ]  # fmt: skip
    told = (
        (counts.filtered, ngettext("{n} hidden by filters", "{n} hidden by filters", counts.filtered)),
        (counts.small, ngettext("{n} more in circles under 5 people, not drawn", "{n} more in circles under 5 people, not drawn", counts.small)),
        (counts.loose, ngettext("{n} more has no tie and is not drawn", "{n} more have no tie and are not drawn", counts.loose)),
        (counts.below, ngettext("{n} weaker tie below the threshold", "{n} weaker ties below the threshold", counts.below)),
        (counts.hidden_ties, ngettext("{n} tie of people not shown", "{n} ties of people not shown", counts.hidden_ties)),
        (counts.unfit, ngettext("{n} tie without a usable weight", "{n} ties without a usable weight", counts.unfit)),
        (max(len(scene.bands.a) - bands, 0) if scene.choice.layout == "circles" else 0, _("{n} thinner bands not drawn")),
    )  # fmt: skip
    if not counts.people and counts.small and not counts.filtered:
        says.append(_("every circle here has fewer than 5 people: another period may show more"))
    return [*says, *(words.format(n=f"{n:,}") for n, words in told if n)]
