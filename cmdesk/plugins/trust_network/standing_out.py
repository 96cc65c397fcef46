"""What stands out on the circle map, in sentences of the legend: the widest band, the departments that touch least, the circles that mix most. A wide
band may run behind a third circle and a thin one is soon lost among others, so the words say what the eye might get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, ngettext

from . import unit_matrix
from .naming import shown_name

if TYPE_CHECKING:
    from .scene import Scene

_NAMED = 3
_LISTED = 16
_MAJORITY = 0.5


def sentences(scene: Scene) -> list[str]:
    """Of what is drawn now; nothing where there is nothing to compare."""
    return [*_about_bands(scene), *_least(scene), *_about_mixes(scene)] if scene.choice.layout == "circles" else []


def touching(scene: Scene) -> list[tuple[int, int, float, int]]:
    """Pairs of departments that hold circles of their own and of which five or more people are drawn: (one, other, mean trust over all pairs of their
    people, number of ties), those that touch least first."""
    mean, ties, people = unit_matrix.means(scene)
    units = sorted({area[0] for area in scene.facts.found.area if people[area[0]] >= unit_matrix.LEAST})
    pairs = [(a, b, float(mean[a, b]), int(ties[a, b])) for number, a in enumerate(units) for b in units[number + 1 :]]
    return sorted(pairs, key=lambda pair: (pair[2], pair[0], pair[1]))


def circles(scene: Scene) -> tuple[int, ...]:
    """The circles that the sentences speak of."""
    if scene.choice.layout != "circles":
        return ()
    return tuple(dict.fromkeys((*_widest(scene), *_mixed(scene)[:_LISTED])))


def _widest(scene: Scene) -> list[int]:
    """The two circles of the widest band; nothing where there are several as wide, or only one."""
    bands = scene.bands
    if len(bands.a) < 2 or bands.trust[0] <= bands.trust[1]:
        return []
    return [int(bands.a[0]), int(bands.b[0])]


def _mixed(scene: Scene) -> list[int]:
    """Circles in which no department has the majority, the most mixed first."""
    found = scene.facts.found
    drawn = np.bincount(found.label[scene.drawn], minlength=len(found.size))
    share = {k: part[0][1] for k, part in enumerate(found.mix) if part and drawn[k] and any(unit >= 0 for unit, _share in part)}
    return sorted((k for k, most in share.items() if most <= _MAJORITY), key=lambda k: (share[k], k))


def _about_bands(scene: Scene) -> list[str]:
    two = _widest(scene)
    return [_("Widest band: circles {one} and {other}.").format(one=two[0] + 1, other=two[1] + 1)] if two else []


def _least(scene: Scene) -> list[str]:
    pairs = touching(scene)
    if len(pairs) < 2:
        return []
    without = sum(not ties for _one, _other, _mean, ties in pairs)
    named = pairs[: min(_NAMED, max(without, len(pairs) // 4, 1))]
    units = scene.facts.units
    words = "; ".join(_("{one} and {other}").format(one=shown_name(units[a]), other=shown_name(units[b])) for a, b, _mean, _ties in named)
    if without > len(named):
        return [
            ngettext("No tie between {n} pair of departments, such as {pairs}.", "No tie between {n} pairs of departments, such as {pairs}.", without)
            .format(n=f"{without:,}", pairs=words)
        ]  # fmt: skip
    return [(_("Departments that touch least, the least first: {pairs}.") if len(named) > 1 else _("Departments that touch least: {pairs}.")).format(pairs=words)]


def _about_mixes(scene: Scene) -> list[str]:
    mixed = _mixed(scene)
    if not mixed:
        return []
    words = ", ".join(str(k + 1) for k in mixed[:_LISTED]) + (" …" if len(mixed) > _LISTED else ".")
    some = ngettext(
        "{n} circle without a majority of one department: {circles}",
        "{n} circles without a majority of one department, most mixed first: {circles}", len(mixed),
    )  # fmt: skip
    return [some.format(n=f"{len(mixed):,}", circles=words)]
