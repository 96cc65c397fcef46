"""A person: department, circle, groups, first and last seen, and ties. With names on there is no measure beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmdesk.api import _, ngettext, trust, wording

from ..naming import shown_name
from .telling import HIDDEN_BELOW, Line, Naming, Section, Told, too_few

if TYPE_CHECKING:
    from cmdesk.api import Index


def tell(naming: Naming, row: int, *, circle: Index | None = None, at_least: float = trust.TIE, shown: Index | None = None) -> Told:
    """The sheet on the person in `row`. `circle`: the number of everybody's circle (0 is the largest, −1 none); ties are pairs with R ≥
    `at_least`. `shown`: the other ends on the map, where it shows another kind of trust."""
    snapshot = naming.snapshot
    if not snapshot.people.counted[row]:
        left_out = _("This person is in no measure: opted out, deleted, or no human being.")
        return Told(title=naming.person(row), subtitle=naming.unit(row), sections=(Section(sentences=(left_out,)),))
    sections = [Section(facts=_facts(naming, row, circle))]
    groups = _groups(naming, row)
    if groups:
        sections.append(Section(title=_("Groups"), lines=tuple(Line(name) for name in groups)))
    told = _ties(naming, row, at_least) if shown is None else _shown(naming, row, shown)
    sections.append(told if naming.enough else too_few())
    return Told(title=naming.person(row), subtitle=naming.unit(row), sections=tuple(sections))


def _facts(naming: Naming, row: int, circle: Index | None) -> tuple[tuple[str, str], ...]:
    posts = naming.snapshot.posts
    mine = posts.at[posts.author == row]  # sorted by time
    first, last = (naming.day(int(mine[0])), naming.day(int(mine[-1]))) if len(mine) else (_("nothing written"),) * 2
    facts = [(_("First seen"), first), (_("Last seen"), last)]
    if circle is not None:
        facts.append((_("Circle"), _circle(int(circle[row]), int((circle == circle[row]).sum()))))
    return tuple(facts)


def _circle(number: int, people: int) -> str:
    if number < 0:
        return _("none: no tie yet")
    return str(number + 1) if people >= HIDDEN_BELOW else _("a small circle")


def _groups(naming: Naming, row: int) -> list[str]:
    """The groups that the person is in, the innermost only: who is in a part is in the whole."""
    groups = naming.snapshot.groups
    mine = [k for k in range(1, len(groups)) if row in groups.roster[k]]
    around = {int(groups.parent[k]) for k in mine}
    return sorted((shown_name(groups.path[k]) for k in mine if k not in around), key=str.casefold)


def _ties(naming: Naming, row: int, at_least: float) -> Section:
    snapshot = naming.snapshot
    known, pairs = snapshot.trust.others[row], snapshot.trust.pairs[row]
    r = snapshot.trust.r[pairs]
    keep = (r >= at_least) & (r > 0)
    other, pairs, r = known[keep], pairs[keep], r[keep]
    if not len(other):
        return Section(title=_("Ties"), sentences=(_("No tie yet."),))
    if naming.names:
        ordered = sorted(other.tolist(), key=lambda one: naming.person(one).casefold())
        lines = tuple(Line(naming.person(one), naming.target(row, one)) for one in ordered)
        return Section(title=_("Ties"), sentences=(_("In the order of names. How strong a tie is stands under pseudonyms only."),), lines=lines)
    strong = snapshot.trust.strong[pairs]
    units = {int(snapshot.people.unit[one]) for one in other.tolist()} - {-1, int(snapshot.people.unit[row])}
    facts = [(_("Ties"), wording.count(len(other))), (_("Strong ones"), wording.count(int(strong.sum())))]
    if snapshot.people.unit[row] >= 0:
        facts.append((_("Other departments reached"), wording.count(len(units))))
    order = np.lexsort((other, -r)).tolist()
    lines = tuple(Line(_line(naming, int(other[k]), float(r[k]), bool(strong[k])), naming.target(row, int(other[k]))) for k in order)
    said = ngettext("{n} tie, estimated from exchange.", "{n} ties, estimated from exchange; the closest first.", len(lines)).format(n=len(lines))
    return Section(title=_("Ties"), facts=tuple(facts), sentences=(said,), lines=lines)


def _line(naming: Naming, other: int, r: float, strong: bool) -> str:
    parts = [naming.person(other), naming.unit(other), wording.decimal(r), _("strong") if strong else ""]
    return " · ".join(part for part in parts if part)


def _shown(naming: Naming, row: int, others: Index) -> Section:
    """Ties of another kind, in the order of names or pseudonyms."""
    ordered = sorted(others.tolist(), key=lambda one: naming.person(one).casefold())
    none = (_("No tie yet."),) if not ordered else ()
    return Section(title=_("Ties on the map"), lines=tuple(Line(naming.person(one), naming.target(row, one)) for one in ordered), sentences=none)
