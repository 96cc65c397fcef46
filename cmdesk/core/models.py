"""The goal models of a community: those that come with cmdesk, and those of its own; one of them is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import Any

import msgspec

from cmdesk.core import goal_model, goal_model_file, history
from cmdesk.core.community import Community, setting
from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import SHIPPED, Band, GoalModel
from cmdesk.core.text import N_, _

IN_USE = "goal_model"
"""The setting that names the goal model in use."""


class ModelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list. `own`: it belongs to this community; `problem` says why it cannot be used ("" where it can)."""

    id: str
    title: str
    version: str
    own: bool
    in_use: bool
    problem: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What one goal model says otherwise than another: `key` of a criterion (weight, gate, accept_low, …; "" where the whole criterion is there
    in one only), of the goal (metric "") or of the model (goal ""); texts as the file has them, "" where it is not there."""

    goal: str
    metric: str
    key: str
    ours: str
    theirs: str


def rows(connection: sqlite3.Connection, known: Collection[str] = ()) -> list[ModelRow]:
    """Every goal model, those that come with cmdesk first."""
    chosen = str(setting(connection, IN_USE, SHIPPED[0]))
    found = []
    for id in (*SHIPPED, *sorted(_own(connection))):
        try:
            model, problem = get(connection, id, known), ""
            title, version = model.title, model.version
        except CmdeskError as error:
            title, version, problem = id, "", error.message
        found.append(ModelRow(id=id, title=title, version=version, own=id not in SHIPPED, in_use=id == chosen, problem=problem))
    return found


def get(connection: sqlite3.Connection, id: str, known: Collection[str] = ()) -> GoalModel:
    """The goal model of an id; CmdeskError if there is none, GoalModelProblem if it cannot be used."""
    own = _own(connection)
    if id in own:
        return goal_model_file.load(own[id], f"{id}.toml", known, lambda wanted: own.get(wanted) or goal_model_file.shipped_text(wanted))
    if id in SHIPPED:
        return goal_model.shipped(id, known)
    raise CmdeskError(_("There is no goal model “{id}”.").format(id=id), _("There are: {names}.").format(names=", ".join((*SHIPPED, *sorted(own)))))


def in_use(connection: sqlite3.Connection, known: Collection[str] = ()) -> GoalModel:
    """The goal model that assessments use; where the chosen one cannot be used any more, the one that it was made from at first: "closeness"."""
    try:
        return get(connection, str(setting(connection, IN_USE, SHIPPED[0])), known)
    except CmdeskError:
        return goal_model.shipped(SHIPPED[0], known)


def add(community: Community, text: str, known: Collection[str] = (), name: str = "") -> GoalModel:
    """Keep a goal model in the community, or a new state of one, as an undoable command; what cannot be used is refused and nothing changes.
    `name` is the file for messages. GoalModelProblem, or CmdeskError for the id of a shipped one."""
    with community.reading() as connection:
        own = _own(connection)
    model = goal_model_file.load(text, name or "goal model", known, lambda wanted: own.get(wanted) or goal_model_file.shipped_text(wanted))
    if model.id in SHIPPED:
        raise CmdeskError(
            _("The goal model “{id}” comes with cmdesk and stays as it is.").format(id=model.id), _('Give yours an id of its own: id = "…".')
        )
    trial = {**own, model.id: text}
    goal_model_file.load(text, f"{model.id}.toml", known, lambda wanted: trial.get(wanted) or goal_model_file.shipped_text(wanted))
    _put(community, model.id, {"text": text}, N_("Goal model {id} kept"))
    return model


def remove(community: Community, id: str) -> None:
    """Take a goal model of the community's own away; CmdeskError if it is in use or another one stands on it."""
    with community.reading() as connection:
        own, chosen = _own(connection), str(setting(connection, IN_USE, SHIPPED[0]))
    if id not in own:
        raise CmdeskError(_("This community has no goal model “{id}” of its own.").format(id=id), _("`cmdesk model FILE` lists them."))
    if id == chosen:
        raise CmdeskError(_("The goal model “{id}” is in use.").format(id=id), _("Use another one first."))
    rest = {name: text for name, text in own.items() if name != id}
    for name, text in rest.items():
        try:
            goal_model_file.load(text, f"{name}.toml", (), lambda wanted: rest.get(wanted) or goal_model_file.shipped_text(wanted))
        except CmdeskError:
            raise CmdeskError(
                _("The goal model “{name}” stands on “{id}”.").format(name=name, id=id), _("Take that one away first, or write its goals in full.")
            ) from None
    _put(community, id, None, N_("Goal model {id} removed"))


def use(community: Community, id: str, known: Collection[str] = ()) -> None:
    """Judge by this goal model from now on, as an undoable command; CmdeskError or GoalModelProblem if it cannot be used."""
    with community.reading() as connection:
        get(connection, id, known)
        change = history.change(connection, "settings", {"key": IN_USE}, {"value": msgspec.json.encode(id).decode()})
    if change.before != change.after:
        history.command(community, "goal_model", N_("Goal model {id} in use").format(id=id), [change], tables=("settings", "goal_models"))


def differences(ours: GoalModel, theirs: GoalModel) -> list[Difference]:
    """Where `ours` says something else than `theirs`, goal by goal; none between equal models."""
    found: list[Difference] = []
    for name, goal in ours.goals.items():
        other = theirs.goals[name]
        for key in ("title", "meaning", "role", "position"):
            _differ(found, name, "", key, _said(getattr(goal, key)), _said(getattr(other, key)))
        one, two = ({criterion.metric: criterion for criterion in side.criteria} for side in (goal, other))
        for metric in dict.fromkeys((*one, *two)):
            first, second = _keys(one.get(metric)), _keys(two.get(metric))
            if not first or not second:
                _differ(found, name, metric, "", first.get("weight", ""), second.get("weight", ""))
                continue
            for key in first:
                _differ(found, name, metric, key, first[key], second[key])
    return found


def _differ(found: list[Difference], goal: str, metric: str, key: str, ours: str, theirs: str) -> None:
    if ours != theirs:
        found.append(Difference(goal=goal, metric=metric, key=key, ours=ours, theirs=theirs))


def _keys(criterion: goal_model.Criterion | None) -> dict[str, str]:
    if criterion is None:
        return {}
    bands: dict[str, Any] = {key: getattr(criterion.band, key) for key in Band.__struct_fields__}
    proxies = {f"proxy.{key}": getattr(criterion.proxy, key, None) for key in Band.__struct_fields__}
    plain = {key: getattr(criterion, key) for key in ("weight", "gate", "scale", "source", "advice", "subscore")}
    return {key: _said(value) for key, value in (plain | bands | proxies).items()}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float | int):
        return f"{value:g}"
    if isinstance(value, goal_model.Position):
        return f"{_said(value.size[0])}–{_said(value.size[1])} · {_said(value.density[0])}–{_said(value.density[1])}"
    return "" if value is None else str(value)


def _own(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT id, text FROM goal_models").fetchall())


def _put(community: Community, id: str, after: dict[str, Any] | None, title: str) -> None:
    with community.reading() as connection:
        change = history.change(connection, "goal_models", {"id": id}, after)
    if change.before != change.after:
        history.command(community, "goal_model", title.format(id=id), [change], tables=("goal_models",))
