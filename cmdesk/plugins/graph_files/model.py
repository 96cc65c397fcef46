"""What every network file holds: nodes and edges with attributes, whatever its format."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`source`: the name under which facts are kept, so that several files of one source go together. `relation`: what the ties are, where the
    file does not say. `adds_to`: "slack:T0123…", an export imported earlier (its platform and key) whose people and groups the file's ids are."""

    source: str = "network"
    relation: str = ""
    adds_to: str = ""


class Vertex(msgspec.Struct, gc=False):
    """A node: `attributes` by name as written. `group`: it is no person but a group (a two-mode network). `records`: how many records of the
    source it stands for."""

    key: str
    label: str = ""
    attributes: dict[str, str] = {}
    place: str = ""
    group: bool = False
    begin: str = ""
    end: str = ""
    records: int = 1


class Edge(msgspec.Struct, gc=False):
    """An edge. `weight` as written, "" where none is. `at`: when, as written."""

    source: str
    target: str
    directed: bool = True
    weight: str = ""
    relation: str = ""
    at: str = ""
    place: str = ""
    records: int = 1


class Belonging(msgspec.Struct, gc=False):
    """A person is in a group."""

    person: str
    group: str
    name: str
    records: int = 0


Part = Vertex | Edge | Belonging

WEIGHTS = ("weight", "value", "strength", "gewicht")
RELATIONS = ("relation", "relationship", "kind", "type", "relatie")
TIMES = ("timestamp", "time", "date", "datetime", "start", "datum")


def first(attributes: dict[str, str], names: tuple[str, ...]) -> str:
    """The first filled attribute of `names`, whatever its case."""
    if not attributes:
        return ""
    lower = {key.lower(): value for key, value in attributes.items()}
    return next((lower[name].strip() for name in names if lower.get(name, "").strip()), "")
