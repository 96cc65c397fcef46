"""The file of a goal model: TOML in and out; a model may stand on another one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec

from cmdesk.core.errors import CmdeskError, FileProblem
from cmdesk.core.goal_model import SHIPPED, Band, Criterion, Goal, GoalModel
from cmdesk.core.goal_model_reader import GoalModelProblem, Reader, did_you_mean
from cmdesk.core.text import _

__all__ = ["LARGEST", "GoalModelProblem", "document", "load", "read", "read_text", "shipped", "shipped_text", "write", "written"]

LARGEST = 1_000_000
"""Bytes that a goal model may have."""
MOST_INCLUDES = 8
"""Goal models that may stand on each other."""

Find = Callable[[str], str | None]
"""The TOML text of the goal model of an id, None where there is none."""


def load(text: str, name: str, known: Collection[str] = (), find: Find | None = None) -> GoalModel:
    """See `goal_model.load`. A model with `include = "id"` takes every goal that it does not write itself from that model, which `find` (those that
    come with cmdesk) gives; its hash then covers both texts."""
    return _load(text, name, known, find or shipped_text, ())


def _load(text: str, name: str, known: Collection[str], find: Find, chain: tuple[str, ...]) -> GoalModel:
    data = _parsed(text, name)
    base = _included(data, text, name, known, find, chain) if "include" in data else None
    return Reader(name, text, known).model(data, text, base)


def _included(data: Mapping[str, Any], text: str, name: str, known: Collection[str], find: Find, chain: tuple[str, ...]) -> GoalModel:
    """The model that `data` stands on."""
    reader = Reader(name, text, known)
    wanted = reader.text(data, "include", ())
    chain = (*chain, str(data.get("id", name)))
    if wanted in chain or len(chain) > MOST_INCLUDES:
        reader.wrong(
            ("include",),
            _("the goal models include each other in a circle: {chain}").format(chain=" → ".join((*chain, wanted))),
            _("Take the include away in one of them."),
        )
    reader.fail()
    found = find(wanted)
    if found is None:
        reader.wrong(("include",), _('there is no goal model "{id}"').format(id=wanted), did_you_mean(wanted, SHIPPED))
        reader.fail()
    assert found is not None
    return _load(found, f"{wanted}.toml", known, find, chain)


def _parsed(text: str, name: str) -> dict[str, Any]:
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST:
        raise GoalModelProblem(
            _("{name}, line 1: the file has {size:,} bytes; a goal model may have {most:,}").format(
                name=name, size=size, most=LARGEST
            ),
            _("Choose the file of a goal model."),
            "",
            1,
            "",
        )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        end = "(at end of document)" in str(error)
        line = int(at[1]) if at else len(text.splitlines()) if end else 1
        what = _("is nested too deeply")
        if isinstance(error, tomllib.TOMLDecodeError):
            what = re.sub(r"\s*\(at [^)]*\)$", "", str(error))
        elif isinstance(error, ValueError):
            what = _("a number has more digits than anybody can read")
        raise GoalModelProblem(
            _("{name}, line {line}: this is not valid TOML: {what}").format(name=name, line=line, what=what),
            _("Correct this line, or start again from a goal model that comes with cmdesk."),
            str(error),
            line,
            "",
        ) from None


def read(path: Path, known: Collection[str] = (), find: Find | None = None) -> GoalModel:
    """The goal model in the file at `path`; FileProblem where it cannot be read."""
    return load(read_text(path), path.name, known, find)


def read_text(path: Path) -> str:
    """The text of a goal model's file; FileProblem where it cannot be read, GoalModelProblem where it is too large or no text."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        size = path.stat().st_size
    except OSError as error:
        raise FileProblem(
            _("{name} cannot be read").format(name=path.name), _("Check that the file is there and that you may read it."), str(error)
        ) from error
    if size > LARGEST:
        raise GoalModelProblem(
            _("{name}, line 1: the file has {size:,} bytes; a goal model may have {most:,}").format(
                name=path.name, size=size, most=LARGEST
            ),
            _("Choose the file of a goal model."),
            "",
            1,
            "",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GoalModelProblem(
            _("{name}, line {line}: this is not UTF-8 text").format(name=path.name, line=line),
            _("Save the file as UTF-8."),
            str(error),
            line,
            "",
        ) from None


def shipped_text(id: str) -> str | None:
    """The text of a goal model that comes with cmdesk, None for another id."""
    from cmdesk.core import paths

    return read_text(paths.resource(f"goal_models/{id}.toml")) if id in SHIPPED else None


def shipped(id: str, known: Collection[str] = ()) -> GoalModel:
    """See `goal_model.shipped`."""
    text = shipped_text(id)
    if text is None:
        raise CmdeskError(_('no goal model "{id}" comes with cmdesk').format(id=id), _("There are: {names}.").format(names=", ".join(SHIPPED)))
    return load(text, f"{id}.toml", known)


def written(model: GoalModel) -> str:
    """The whole model as TOML; reading it back gives the same goals."""
    import tomli_w

    return tomli_w.dumps(document(model))


def write(model: GoalModel, path: Path) -> None:
    """Write the whole model to the file at `path`, over what is there; FileProblem where it cannot be written."""
    from cmdesk.core import exporting
    from cmdesk.core.contributions import Exporter
    from cmdesk.core.progress import Progress

    def put(text: str, to: Path, _options: object, _progress: Progress) -> None:
        to.write_text(text, "utf-8")

    toml = Exporter(name="goal_model", title=_("Goal model"), suffix=".toml", accepts="text", write=put)
    exporting.write(toml, written(model), path, None, Progress())


def document(model: GoalModel) -> dict[str, Any]:
    """The whole model as `tomllib` would give it."""
    goals = {name: _goal(goal) for name, goal in model.goals.items()}
    return {"id": model.id, "version": model.version, "title": model.title, "goals": goals}


def _goal(goal: Goal) -> dict[str, Any]:
    position = {"size": list(goal.position.size), "density": list(goal.position.density)}
    criteria = [_criterion(criterion) for criterion in goal.criteria]
    found: dict[str, Any] = {"title": goal.title, "meaning": goal.meaning, "role": goal.role}
    if goal.quarter:
        found["quarter"] = list(goal.quarter)
    if goal.boundary != "unit":
        found["boundary"] = goal.boundary
        bounded = f"mix_{goal.boundary}"
        criteria = [row | ({"metric": "mix"} if row["metric"] == bounded else {}) for row in criteria]
    return found | {"position": position, "criteria": criteria}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    found: dict[str, Any] = {"metric": criterion.metric, "weight": criterion.weight}
    if criterion.gate:
        found["gate"] = True
    if criterion.scale != "linear":
        found["scale"] = criterion.scale
    found |= _band(criterion.band)
    if criterion.proxy is not None:
        found["proxy"] = _band(criterion.proxy)
    return found | {key: text for key in ("source", "advice", "subscore") if (text := getattr(criterion, key))}


def _band(band: Band) -> dict[str, float]:
    return {key: edge for key, edge in msgspec.to_builtins(band).items() if edge is not None}
