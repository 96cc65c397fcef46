"""The picture as a table, linked both ways: a row chosen is selected and centred on the map, a person selected on the map is chosen in the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cmdesk.api import _
from cmdesk.api_qt import Column, RowsModel, Table

from .naming import shown_name

if TYPE_CHECKING:
    from .scene import Scene


class Person(NamedTuple):
    """A row: `id` is the row of people."""

    id: int
    name: str
    unit: str
    group: str
    circle: int
    contacts: int


def rows(scene: Scene) -> list[Person]:
    """The people drawn, with their department, group and circle; contacts only under pseudonyms."""
    facts, groups = scene.facts, scene.facts.snapshot.groups.name
    contacts = np.bincount(np.concatenate([scene.ties.i, scene.ties.j]), minlength=facts.persons)
    return [
        Person(
            row, scene.label(row), shown_name(facts.units[facts.unit[row]]) if facts.unit[row] >= 0 else "",
            shown_name(groups[facts.group[row]]) if facts.group[row] >= 0 else "", int(facts.found.label[row]) + 1, int(contacts[row]),
        )
        for row in scene.rows.tolist()
    ]  # fmt: skip


def columns(names: bool) -> list[Column]:
    """The columns; a name and a measure never stand together."""
    found = [
        Column(_("Name") if names else _("Pseudonym"), lambda row: row.name, "name", 180),
        Column(_("Department"), lambda row: row.unit, "unit", 150),
        Column(_("Group"), lambda row: row.group, "group", 150),
        Column(_("Circle"), lambda row: str(row.circle), "circle", 80, right=True, order=lambda row: row.circle),
    ]
    if not names:
        found.append(Column(_("Contacts"), lambda row: str(row.contacts), "contacts", 90, right=True, order=lambda row: row.contacts))
    return found


def make(scene: Scene, chosen: Callable[[Any], object]) -> Table:
    """The table of a scene; `chosen(row)` when somebody is chosen in it."""
    model = RowsModel(columns(scene.names))
    model.set_rows(rows(scene))
    table = Table(model, _("People on the map"))
    table.chosen.connect(chosen)
    return table


def choose(table: Table, person: int) -> None:
    """Choose a person without telling of it again."""
    before = table.blockSignals(True)
    table.choose(person)
    table.blockSignals(before)
