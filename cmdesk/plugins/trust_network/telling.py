"""What the inspector says of what is selected. (People, one circle: the first words; a tie and a gap have files of their own.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.api import _, ngettext
from cmdesk.api_qt import ViewContext

from .naming import shown_name

if TYPE_CHECKING:
    from cmdesk.api import Index

    from .scene import Scene


def tell_people(context: ViewContext, scene: Scene, rows: Index) -> None:
    """Those selected: one by name or pseudonym with department, group and circle; of several how many, from which departments."""
    if not len(rows):
        return
    facts = scene.facts
    if len(rows) > 1:
        sheet = context.inspect(ngettext("{n} person", "{n} people", len(rows)).format(n=f"{len(rows):,}"))
        units = sorted({shown_name(facts.units[facts.unit[row]]) for row in rows.tolist() if facts.unit[row] >= 0})
        sheet.facts([(_("Departments"), ", ".join(units) or _("not known"))])
        return
    row = int(rows[0])
    sheet = context.inspect(scene.label(row))
    unit, group = int(facts.unit[row]), int(facts.group[row])
    told = [(_("Department"), shown_name(facts.units[unit]) if unit >= 0 else _("not known, or fewer than 5 people"))]
    if group >= 0:
        told.append((_("Group"), shown_name(facts.snapshot.groups.name[group])))
    told.append((_("Circle"), str(int(facts.found.label[row]) + 1)))
    if not scene.names:
        told.append((_("Contacts on the map"), f"{len(scene.neighbours(row)):,}"))
    sheet.facts(told)


def tell_circle(context: ViewContext, scene: Scene, k: int) -> None:
    """A circle: how many people, which departments."""
    found = scene.facts.found
    sheet = context.inspect(_("Circle {number}").format(number=k + 1), _("A cohesive subset, found in the ties and not set by anybody"))
    if found.small[k]:
        sheet.say(_("People are drawn alike: a circle is no ranking. Circles under five people are shown without people."), "small")
        return
    parts = [
        (shown_name(scene.facts.units[unit]) if unit >= 0 else _("not known"), f"{share:.0%}") for unit, share in found.mix[k]
    ]
    sheet.facts([(_("People"), f"{int(found.size[k]):,}"), *parts])
