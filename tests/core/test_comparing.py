"""Two assessments side by side: what adds up, and what is refused."""

from __future__ import annotations

import msgspec
import pytest

from cmdesk.core import comparing, goal_model, invented
from cmdesk.core.errors import CmdeskError
from cmdesk.core.reports import Report

COMPETENCE = goal_model.shipped("competence")


def pair(**changes: object) -> tuple[Report, Report]:
    before, after = invented.report(seed=1), invented.report(seed=2)
    return before, msgspec.structs.replace(after, **changes)


def test_effects_of_criteria_add_up_to_the_change_where_the_same_was_measured() -> None:
    before, after = pair()
    checked = 0
    for change in comparing.compare(before, after, every=True).scores:
        same = all((row.score_before is None) == (row.score_after is None) for row in change.criteria)
        capped = change.fit_before is None or change.fit_after is None or 0.49 in (change.fit_before, change.fit_after)
        if same and not capped and change.change is not None:
            assert sum(row.effect or 0 for row in change.criteria) == pytest.approx(change.change)
            checked += 1
    assert checked > 3


def test_an_assessment_compared_with_itself_has_not_changed() -> None:
    report = invented.report(seed=3)
    found = comparing.compare(report, report, every=True)
    assert found.same_model and found.scores
    assert {change.change for change in found.scores} <= {0.0, None}
    assert all(row.effect in (0.0, None) for change in found.scores for row in change.criteria)


def test_only_what_was_chosen_unless_all_is_asked() -> None:
    before, after = pair()
    chosen = {(score.group, score.goal) for report in (before, after) for score in report.scores if score.chosen}
    lines = {line.path: line.id for line in before.groups}
    assert {(lines[change.group], change.goal) for change in comparing.compare(before, after).scores} <= chosen
    assert len(comparing.compare(before, after, every=True).scores) > len(comparing.compare(before, after).scores)


def test_groups_that_are_hidden_in_either_are_left_out() -> None:
    before, after = pair()
    hidden = {line.path for report in (before, after) for line in report.groups if line.hidden}
    assert hidden
    assert not hidden & {change.group for change in comparing.compare(before, after, every=True).scores}


def test_other_weights_are_the_rules_part() -> None:
    before, after = pair()
    goals = dict(after.model.goals)
    first, *rest = goals["find"].criteria
    heavier = (msgspec.structs.replace(first, weight=first.weight + 5), msgspec.structs.replace(rest[0], weight=rest[0].weight - 5), *rest[1:])
    goals["find"] = msgspec.structs.replace(goals["find"], criteria=heavier)
    model = msgspec.structs.replace(after.model, goals=goals, sha256="other")
    other = msgspec.structs.replace(before, model=model)
    found = comparing.compare(before, other, every=True)
    assert not found.same_model
    for change in found.scores:
        if change.goal != "find" and change.fit_after is not None:
            assert change.rules == pytest.approx(0)


def test_models_that_measure_different_things_are_refused_by_name() -> None:
    before, after = pair(model=COMPETENCE)
    with pytest.raises(CmdeskError, match=r"innovate|solve") as told:
        comparing.compare(before, after)
    assert "C" in told.value.message or "man" in told.value.message
    assert told.value.hint


@pytest.mark.parametrize(("one", "two", "told"), [(8, 12, 0), (5, 6, 1), (12, 240, 1), (16, 50, 0), (151, 9_000, 0)])
def test_groups_of_another_size_class_do_not_compare(one: int, two: int, told: int) -> None:
    report = invented.report(seed=4)
    first, second = [line.id for line in report.groups if not line.hidden][1:3]
    sizes = {first: one, second: two}
    lines = tuple(msgspec.structs.replace(line, people=sizes.get(line.id, line.people)) for line in report.groups)
    sized = msgspec.structs.replace(report, groups=lines)
    unlike = comparing.compare(sized, sized, (first, second), every=True).unlike
    assert len(unlike) == told and all(f"{one} active people" in text and f" {two}: " in text for text in unlike)
    assert comparing.compare(sized, sized, every=True).unlike == ()  # each against itself, at whatever size


def test_two_groups_of_one_assessment_can_be_compared() -> None:
    report = invented.report(seed=4)
    one, two = [line.id for line in report.groups if not line.hidden][1:3]
    found = comparing.compare(report, report, (one, two), every=True)
    assert {(change.group, change.with_group) for change in found.scores} == {(report.groups[one - 1].path, report.groups[two - 1].path)}
