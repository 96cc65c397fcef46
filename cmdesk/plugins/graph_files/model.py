"""What every network file holds: nodes and edges with attributes, whatever its format."""

from __future__ import annotations

from functools import lru_cache

import msgspec


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`source`: the name under which facts are kept, so that several files of one source go together. `relation`: what the ties are, where the
    file does not say. `adds_to`: "slack:T0123…", an export imported earlier (its platform and key) whose people and groups the file's ids are.
    `directed`: of a list that does not say whether ties go one way; None: told by the list."""

    source: str = "network"
    relation: str = ""
    adds_to: str = ""
    directed: bool | None = None


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
    return next((value for key in _called(tuple(attributes), names) if (value := attributes[key].strip())), "")


@lru_cache(maxsize=1024)
def _called(keys: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the keys are called so, in the order of `names`: edges by the million have the same keys."""
    lower = {key.lower(): key for key in keys}
    return tuple(lower[name] for name in names if name in lower)
