"""A goal model while it is edited: a document as in its file, checked as often as one likes, and written with only what is its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from cmdesk.core import goal_model_file
from cmdesk.core.goal_model import GOALS, Criterion, GoalModel
from cmdesk.core.goal_model_reader import GoalModelProblem, Reader

Document = dict[str, Any]
"""A whole goal model as tomllib gives it: id, version, title, goals; nothing is included."""

LONGEST_ID = 40


class Flaw(NamedTuple):
    """What is wrong at `key` (dotted, criteria counted from 1: goals.solve.criteria[2].weight), and what is allowed."""

    key: str
    what: str
    hint: str


def document(model: GoalModel) -> Document:
    """The model to edit."""
    return goal_model_file.document(model)


def included(model: GoalModel) -> str:
    """The id of the model that `model` stands on, "" where it stands alone."""
    try:
        found = tomllib.loads(model.text).get("include", "")
    except (ValueError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def copied(model: GoalModel, title: str, taken: Collection[str]) -> Document:
    """A model of one's own that begins as `model`, under an id that nobody has."""
    return document(model) | {"id": free_id(title, taken), "version": "1", "title": title}


def free_id(title: str, taken: Collection[str]) -> str:
    """An id made from a title, with a number where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:LONGEST_ID] or "own"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def flaws(edited: Document, known: Collection[str] = ()) -> list[Flaw]:
    """Everything that keeps the document from being used, in the words of the reader of files; none for a good one."""
    reader = Reader("", "", known)
    try:
        reader.model(edited, "", None)
    except GoalModelProblem:
        return [Flaw(key, what, hint) for _line, key, what, hint in reader.problems]
    return []


def used(edited: Document) -> GoalModel:
    """The model that the document makes; GoalModelProblem for one with flaws."""
    return Reader("", "", ()).model(edited, "", None)


def text(edited: Document, base: GoalModel | None) -> str:
    """The document as TOML: with `base`, as a model that includes it and writes only the goals that differ from it. GoalModelProblem for one with
    flaws."""
    import tomli_w

    model = used(edited)
    goals: dict[str, Any] = goal_model_file.document(model)["goals"]
    head: dict[str, Any] = {"id": model.id, "version": model.version, "title": model.title}
    if base is not None:
        head["include"] = base.id
        goals = {name: goal for name, goal in goals.items() if model.goals[name] != base.goals[name]}
    return tomli_w.dumps(head | ({"goals": goals} if goals else {}))


def reset(edited: Document, base: GoalModel, goal: str = "") -> Document:
    """The document with one goal, or all of them, as `base` has them."""
    whole = document(base)["goals"]
    names = (goal,) if goal else GOALS
    return edited | {"goals": {name: whole[name] if name in names else edited["goals"][name] for name in GOALS}}


def weights(edited: Document, goal: str) -> float:
    """The sum of a goal's weights, as far as they are numbers."""
    return float(sum(row["weight"] for row in rows(edited, goal) if _number(row.get("weight"))))


def rows(edited: Document, goal: str) -> list[dict[str, Any]]:
    """A goal's criteria in the document, to be changed in place."""
    found = edited["goals"][goal].setdefault("criteria", [])
    return found if isinstance(found, list) else []


def criterion(row: Mapping[str, Any]) -> Criterion | None:
    """A criterion of the document as it would be used, None while something is wrong with its band."""
    reader = Reader("", "", ())
    found = reader.criterion({**row, "metric": row.get("metric") or "?", "weight": 1}, ())
    return None if reader.problems else found


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
