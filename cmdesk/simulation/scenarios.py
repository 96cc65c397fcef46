"""The founding article's cases by name: how each is told, of what size it is, and what must come out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _
from cmdesk.simulation import announcing, bounded, closeness, departments, finding, silence, small_circles, solving, told
from cmdesk.simulation.story import Story


@dataclass(frozen=True)
class Scenario:
    """`key` is its number in the list of cases, `name` what it is called; `sizes` are those that it is told with unless others are given."""

    key: str
    name: str
    title: str
    make: Callable[[int, Any], Story]
    sizes: Any
    check: Callable[[told.Seen], Iterator[told.Case]]

    def tell(self, seed: int, changed: Mapping[str, str] | None = None) -> Story:
        """The story with this seed, and with sizes changed (name → number as typed). CmdeskError for a size that it does not have."""
        return self.make(seed, self._changed(changed or {}))

    def _changed(self, wanted: Mapping[str, str]) -> Any:
        known = {field.name: getattr(self.sizes, field.name) for field in fields(self.sizes)}
        values: dict[str, Any] = {}
        for name, text in wanted.items():
            if name == "people" and name not in known:
                values |= self._for_people(int(_number(name, text, 0)), known)
                continue
            if name not in known:
                sizes = ", ".join(f"{key}={value}" for key, value in known.items())
                raise CmdeskError(
                    _("The scenario {name} has no size “{size}”.").format(name=self.name, size=name),
                    _("Its sizes: {sizes}.").format(sizes=sizes),
                )
            values[name] = _number(name, text, known[name])
        if "people" in values and "circles" in known and "circles" not in values:
            values["circles"] = max(1, round(known["circles"] * values["people"] / known["people"]))  # as many circles among as many people
        return replace(self.sizes, **values)

    def _for_people(self, people: int, known: Mapping[str, Any]) -> dict[str, object]:
        """The size that makes so many people, of a scenario that counts departments or groups."""
        if "departments" in known and "size" in known:
            return {"size": max(2, round(people / max(1, known["departments"])))}
        return {"groups": max(1, round(2 * people / (known["smallest"] + known["largest"])))}


def _number(name: str, text: str, like: object) -> float:
    if isinstance(like, bool):
        if text.lower() not in ("yes", "no", "true", "false", "1", "0"):
            raise CmdeskError(_("“{text}” is no value of {name}.").format(text=text, name=name), _("Give yes or no."))
        return text.lower() in ("yes", "true", "1")
    try:
        value = int(text) if isinstance(like, int) else float(text)
    except ValueError:
        hint = _("Give a whole number, such as {like}.") if isinstance(like, int) else _("Give a number, such as {like}.")
        raise CmdeskError(_("“{text}” is no value of {name}.").format(text=text, name=name), hint.format(like=like)) from None
    least = 0 if isinstance(like, float) or name in _MAY_BE_NONE else 1
    if not least <= value <= 1_000_000:
        raise CmdeskError(
            _("{name} cannot be {text}.").format(name=name, text=text),
            _("Give a number between {least} and 1,000,000.").format(least=least),
        )
    return value


_MAY_BE_NONE = ("authors", "repliers", "pages", "posts", "strangers")


ALL = (
    Scenario("a1", "inform-all", "Everybody is informed", announcing.inform_all, announcing.AnnouncingSizes(), told.inform_all),
    Scenario("a2", "inform-missed", "Most are missed", announcing.inform_missed, announcing.MISSED, told.inform_missed),
    Scenario("a3", "circles", "Work is done in small circles", small_circles.circles, small_circles.CircleSizes(), told.in_circles),
    Scenario("a4", "bounded", "Bounded groups that also meet", bounded.bounded, bounded.BoundedSizes(), told.in_bounds),
    Scenario("a5", "not-by-itself", "Sharing across does not arise by itself", departments.not_by_itself, departments.DepartmentSizes(), told.not_by_itself),
    Scenario("a6", "across-works", "Sharing across works", departments.across_works, departments.ACROSS, told.across_works),
    Scenario("a7", "small-solves", "A small circle solves", solving.small_solves, solving.SolvingSizes(), told.small_solves),
    Scenario("a8", "large-does-not", "A large department does not", departments.large_does_not, departments.LARGE, told.large_does_not),
    Scenario("a9", "find", "Information is found", finding.find, finding.FindingSizes(), told.found),
    Scenario("a10", "find-anonymous", "Nobody sees who answers", finding.find_anonymous, finding.ANONYMOUS, told.not_found),
    Scenario("a11", "who-brings-in-what", "Competence decides", solving.who_brings_in_what, solving.SolvingSizes(), told.who_brings_in_what),
    Scenario("a12", "closeness", "Closer ties show qualities", closeness.closeness, closeness.ClosenessSizes(), told.closeness_shows),
    Scenario("a12b", "closeness-independent", "Closeness shows nothing", closeness.closeness_independent, closeness.INDEPENDENT, told.closeness_shows_nothing),
    Scenario("a13", "strangers", "A group in name only", small_circles.circles, small_circles.CircleSizes(), told.in_name_only),
    Scenario("a14", "too-little", "Too little to say", silence.too_little, silence.SilenceSizes(), told.too_little),
)  # fmt: skip

BY_NAME = {name: scenario for scenario in ALL for name in (scenario.key, scenario.name)}
"""Scenarios by key and by name."""
