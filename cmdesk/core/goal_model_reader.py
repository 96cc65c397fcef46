"""From the parsed TOML of a goal model to its structs: every problem is collected with line, key and what is allowed."""

from __future__ import annotations

import difflib
import hashlib
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.goal_model import BOUNDARIES, GOALS, SCALES, SUBSCORES, Band, Criterion, Goal, GoalModel, Position
from cmdesk.core.text import _
from cmdesk.core.toml_lines import KeyPath, Lines

_MODEL_KEYS = ("id", "version", "title", "include", "goals")
_GOAL_KEYS = ("title", "meaning", "role", "quarter", "boundary", "position", "criteria")
_POSITION_KEYS = ("size", "density")
_BAND_KEYS = ("accept_low", "accept_high", "ideal_low", "ideal_high")
_CRITERION_KEYS = ("metric", "weight", "gate", "scale", *_BAND_KEYS, "proxy", "source", "advice", "subscore")


class GoalModelProblem(CmdeskError):
    """A goal model that cannot be used. `line` and `key` point at the first problem; `details` lists all of them, one a line."""

    def __init__(self, message: str, hint: str, details: str, line: int, key: str) -> None:
        super().__init__(message, hint, details)
        self.line = line
        self.key = key


class Reader:
    """Turns the parsed document into structs, collecting every problem."""

    def __init__(self, name: str, text: str, known: Collection[str]) -> None:
        self.name = name
        self.lines = Lines(text)
        self.known = frozenset(known)
        self.problems: list[tuple[int, str, str, str]] = []  # line, key, what, hint

    def wrong(self, path: KeyPath, what: str, hint: str) -> None:
        self.problems.append((self.lines.of(path), _dotted(path), what, hint))

    def fail(self) -> None:
        """Raise what was found, the first of it as the message."""
        if not self.problems:
            return
        texts = [f"{self.name}, line {line}: {key + ': ' if key else ''}{what}" for line, key, what, _ in self.problems]
        line, key, _, hint = self.problems[0]
        raise GoalModelProblem(texts[0], hint, "\n".join(texts), line, key)

    # --- values ---------------------------------------------------------------------------------------------------------------------

    def table(self, value: object, path: KeyPath, allowed: Iterable[str]) -> Mapping[str, Any]:
        """`value` as a table with only `allowed` keys."""
        if not isinstance(value, dict):
            self.wrong(
                path,
                _("is {value}, it must be a table").format(value=_kind(value)),
                _("Write it as [{dotted}] with its keys below.").format(dotted=_dotted(path)),
            )
            return {}
        allowed = tuple(allowed)
        for key in value:
            if key not in allowed:
                self.wrong((*path, key), _("is not a key of a goal model here"), did_you_mean(key, allowed))
        return value

    def text(self, table: Mapping[str, Any], key: str, path: KeyPath, default: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        value = table.get(key, default)
        if value is None:
            self.wrong((*path, key), _("is missing"), _('Add {key} = "…".').format(key=key))
        elif not isinstance(value, str):
            self.wrong(
                (*path, key),
                _("is {value}, it must be text").format(value=_kind(value)),
                _('Write {key} = "…", in quotes.').format(key=key),
            )
        elif default is None and not value.strip():
            self.wrong((*path, key), _("is empty"), _('Write {key} = "…".').format(key=key))
        else:
            return value
        return ""

    def number(self, value: object, path: KeyPath) -> float | None:
        """A finite number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(
                path, _("is {value}, it must be a number").format(value=_kind(value)), _("Write a number such as 0.25, without quotes.")
            )
        elif not math.isfinite(value) or abs(value) > 1e12:
            self.wrong(path, _("is not a usable number"), _("Write a number between -1e12 and 1e12."))
        else:
            return float(value)
        return None

    def one_of(self, table: Mapping[str, Any], key: str, path: KeyPath, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(table, key, path, default)
        if value == default or value in allowed:
            return value
        self.wrong((*path, key), _('"{value}" is not known').format(value=value), _("Allowed: {names}.").format(names=", ".join(allowed)))
        return default

    # --- parts ----------------------------------------------------------------------------------------------------------------------

    def model(self, data: Mapping[str, Any], text: str, base: GoalModel | None) -> GoalModel:
        top = self.table(data, (), _MODEL_KEYS)
        goals = self.table(top.get("goals", {}), ("goals",), GOALS)
        taken = base.goals if base else {}
        for goal in GOALS:
            if goal not in goals and goal not in taken:
                self.wrong(
                    ("goals",),
                    _('the goal "{goal}" is missing').format(goal=goal),
                    _("All eight goals must be there: {names}.").format(names=", ".join(GOALS)),
                )
        model = GoalModel(
            id=self.text(top, "id", ()), version=self.text(top, "version", ()), title=self.text(top, "title", ()),
            sha256=hashlib.sha256((text + (base.sha256 if base else "")).encode()).hexdigest(), text=text,
            goals={goal: self.goal(goal, goals[goal]) if goal in goals else taken[goal] for goal in GOALS if goal in goals or goal in taken},
        )  # fmt: skip
        self.fail()
        return model

    def goal(self, name: str, value: object) -> Goal:
        path: KeyPath = ("goals", name)
        table = self.table(value, path, _GOAL_KEYS)
        rows = table.get("criteria", [])
        if not isinstance(rows, list) or not rows:
            self.wrong((*path, "criteria"), _("there are none"), _("Add at least one [[goals.{name}.criteria]].").format(name=name))
            rows = []
        criteria = tuple(self.criterion(row, (*path, "criteria", place)) for place, row in enumerate(rows))
        total = sum(criterion.weight for criterion in criteria)
        if rows and abs(total - 100) > 1e-9:
            self.wrong(
                path,
                _("the weights of its criteria sum to {total:g}, they must sum to 100").format(total=total),
                _("Change the weights so that they sum to 100."),
            )
        names = [criterion.metric for criterion in criteria]
        for place, metric in enumerate(names):
            if metric and metric in names[:place]:
                self.wrong(
                    (*path, "criteria", place, "metric"),
                    _('"{metric}" stands twice in this goal').format(metric=metric),
                    _("Keep one of the two."),
                )
        boundary = self.one_of(table, "boundary", path, BOUNDARIES, "unit")
        return Goal(
            name=name, title=self.text(table, "title", path), meaning=self.text(table, "meaning", path), role=self.text(table, "role", path),
            criteria=self.bounded(criteria, boundary, (*path, "boundary")), position=self.position(table.get("position"), (*path, "position")),
            quarter=self.texts(table.get("quarter", []), (*path, "quarter")), boundary=boundary,
        )  # fmt: skip

    def bounded(self, criteria: tuple[Criterion, ...], boundary: str, path: KeyPath) -> tuple[Criterion, ...]:
        """The criteria with mixing measured over the goal's boundary."""
        if boundary == "unit":
            return criteria
        if not any(criterion.metric == "mix" for criterion in criteria):
            self.wrong(path, _("has no criterion to work on"), _('Add a criterion with metric = "mix", or leave boundary out.'))
        wanted = f"mix_{boundary}"
        if self.known and wanted not in self.known:
            self.wrong(
                path, _('the metric "{metric}" is not there').format(metric=wanted), _("Switch on the plugin that brings it, or leave boundary out.")
            )
        return tuple(msgspec.structs.replace(one, metric=wanted) if one.metric == "mix" else one for one in criteria)

    def texts(self, value: object, path: KeyPath) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value):
            return tuple(value)
        self.wrong(path, _("must be a list of texts"), _('Write ["…", "…"].'))
        return ()

    def position(self, value: object, path: KeyPath) -> Position:
        if value is None:
            self.wrong(path, _("is missing"), _("Add size = [from, to] and density = [from, to]."))
            return Position(size=(0, 0), density=(0, 0))
        table = self.table(value, path, _POSITION_KEYS)
        return Position(size=self.range(table, "size", path, 1e-9, math.inf), density=self.range(table, "density", path, 0, 1))

    def range(self, table: Mapping[str, Any], key: str, path: KeyPath, least: float, most: float) -> tuple[float, float]:
        value, where = table.get(key), (*path, key)
        if not isinstance(value, list) or len(value) != 2:
            self.wrong(where, _("must be two numbers"), _("Write {key} = [from, to].").format(key=key))
            return 0, 0
        low, high = self.number(value[0], where), self.number(value[1], where)
        if low is None or high is None:
            return 0, 0
        if not least <= low < high <= most:
            allowed = _("persons above 0") if most == math.inf else _("from 0 to 1")
            self.wrong(
                where,
                _("[{low:g}, {high:g}] is no range").format(low=low, high=high),
                _("The first number must be the smaller; allowed: {allowed}.").format(allowed=allowed),
            )
        return low, high

    def criterion(self, value: object, path: KeyPath) -> Criterion:
        table = self.table(value, path, _CRITERION_KEYS)
        metric = self.text(table, "metric", path)
        if metric and self.known and metric not in self.known:
            self.wrong(
                (*path, "metric"), _('no metric is called "{metric}"').format(metric=metric), did_you_mean(metric, sorted(self.known))
            )
        gate = table.get("gate", False)
        if not isinstance(gate, bool):
            self.wrong(
                (*path, "gate"), _("is {gate}, it must be true or false").format(gate=_kind(gate)), _("Write gate = true or leave it out.")
            )
        scale = self.one_of(table, "scale", path, SCALES, "linear")
        proxy = table.get("proxy")
        where = (*path, "proxy")
        return Criterion(
            metric=metric, band=self.band(table, path, scale), weight=self.weight(table, path), gate=gate is True, scale=scale,
            proxy=None if proxy is None else self.band(self.table(proxy, where, _BAND_KEYS), where, scale),
            source=self.text(table, "source", path, ""), advice=self.text(table, "advice", path, ""),
            subscore=self.one_of(table, "subscore", path, SUBSCORES, ""),
        )  # fmt: skip

    def weight(self, table: Mapping[str, Any], path: KeyPath) -> float:
        where = (*path, "weight")
        if "weight" not in table:
            self.wrong(where, _("is missing"), _("Add weight = a number above 0."))
            return 0.0
        weight = self.number(table["weight"], where)
        if weight is not None and not 0 < weight <= 100:
            self.wrong(where, _("is {weight:g}").format(weight=weight), _("Allowed: above 0, up to 100."))
        return weight or 0.0

    def band(self, table: Mapping[str, Any], path: KeyPath, scale: str) -> Band:
        edges = {key: None if key not in table else self.number(table[key], (*path, key)) for key in _BAND_KEYS}
        for side in ("low", "high"):
            accept, ideal = f"accept_{side}", f"ideal_{side}"
            if (accept in table) != (ideal in table):
                there, absent = (accept, ideal) if accept in table else (ideal, accept)
                self.wrong(
                    (*path, there),
                    _("stands without {absent}").format(absent=absent),
                    _("Add {absent}, or leave out both: then that side is open.").format(absent=absent),
                )
        if not any(key in table for key in _BAND_KEYS):
            self.wrong(path, _("has no band"), _("Add accept_low and ideal_low, or accept_high and ideal_high, or all four."))
        if scale == "ln":
            for key, edge in edges.items():
                if edge is not None and edge <= 0:
                    self.wrong(
                        (*path, key),
                        _("is {edge:g}, on the ln scale it must be above 0").format(edge=edge),
                        _('Write a number above 0 or scale = "linear".'),
                    )
        self.order(edges, path)
        return Band(**edges)

    def order(self, edges: Mapping[str, float | None], path: KeyPath) -> None:
        """accept_low < ideal_low <= ideal_high < accept_high, of those that are there."""
        for lower, upper, equal in (
            ("accept_low", "ideal_low", False),
            ("ideal_low", "ideal_high", True),
            ("ideal_high", "accept_high", False),
        ):
            low, high = edges[lower], edges[upper]
            if low is not None and high is not None and not (low <= high if equal else low < high):
                self.wrong(
                    (*path, upper), _("the band crosses itself: {lower} is {low:g} and {upper} is {high:g}").format(lower=lower, low=low, upper=upper, high=high),
                    _("The order must be accept_low < ideal_low ≤ ideal_high < accept_high."),
                )  # fmt: skip


def _dotted(path: KeyPath) -> str:
    """goals.inform.criteria[1].weight, counting from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _kind(value: object) -> str:
    for kind, words in ((bool, _("true or false")), (str, _("text")), (int | float, _("a number")), (list, _("a list")), (dict, _("a table"))):
        if isinstance(value, kind):
            return words
    return _("a date")


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    allowed = tuple(allowed)
    close = difflib.get_close_matches(word, allowed, 1, 0.6)
    return (_('Did you mean "{close}"?').format(close=close[0]) + " " if close else "") + _("Allowed: {names}.").format(names=", ".join(allowed))
