"""An invented report: for tests of exporters and for a plugin author who wants to see one at work before there is any data."""

from __future__ import annotations

import random
from collections.abc import Iterable

from cmdesk.core import goal_model, scoring
from cmdesk.core.contributions import Measure, Score
from cmdesk.core.goal_model import GOALS, GoalModel
from cmdesk.core.reports import GroupLine, ImportLine, MetricLine, Report
from cmdesk.core.visibility import TOO_SMALL, hide

_NAMES = (
    "Announcements", "Ask anything", "Data guild", "Sales", "Engineering", "Finance", "Spanish tenders", "Onboarding", "Fault 17", "Ideas lab",
    "Shop floor", "Travel policy", "Green team", "Customer stories", "Design circle", "Release group", "Legal", "Works council",
)  # fmt: skip
_DAY = 86_400_000_000


def report(groups: int = 12, seed: int = 1, *, small: int = 1, names: bool = False, chosen: Iterable[tuple[int, str]] = ()) -> Report:
    """A report of `groups` groups under a root (id 1), judged by the shipped goal model from measures drawn with `seed`; the last `small` groups
    are too small to show. `chosen`: (group id, goal) pairs; without them each group has one or two goals. Says that it is simulated."""
    dice = random.Random(seed)  # noqa: S311 practice data, no secret
    model = goal_model.shipped("closeness")
    lines = _groups(groups, small, dice)
    goals = set(chosen) or {(line.id, goal) for line in lines for goal in dice.sample(GOALS, 1 + (line.id % 3 == 0))}
    scores = [_score(line, goal, (line.id, goal) in goals, model, dice) for line in lines for goal in GOALS]
    metrics = sorted({criterion.metric for goal in model.goals.values() for criterion in goal.criteria})
    people = [(f"P-{1000 + k}", f"Person {k}" if names else "", dice.choice(_NAMES[3:6]), "engineer") for k in range(40)]
    return Report(
        community="Harbour & Sons", assessment_id=1, as_of="2026-06-30", window_days=180, zone="Europe/Amsterdam", model=model,
        scores=tuple(scores), groups=tuple(lines), metrics=tuple(MetricLine(name, _title(name), "share", f"What {name} says.") for name in metrics),
        imports=(_import_line(),), members=tuple(people), channels=("general", "questions"), names=names, simulated=True,
    )  # fmt: skip


def _groups(count: int, small: int, dice: random.Random) -> list[GroupLine]:
    lines = [
        GroupLine(id=1, name="Harbour & Sons", path="Harbour & Sons", parent=None, people=412, hidden=False, density=0.011, competence=0.06)
    ]
    for k in range(count):
        size = round(4 + 1.5 ** dice.uniform(1, 14))
        name = _NAMES[k % len(_NAMES)] + (f" {k // len(_NAMES) + 1}" if k >= len(_NAMES) else "")
        hidden = k >= count - small
        density = min(0.9, 0.06 + dice.uniform(0.5, 5.0) / size)
        lines.append(
            GroupLine(
                id=k + 2, name=name, path=name, parent=1, hidden=hidden, why=TOO_SMALL if hidden else "", people=None if hidden else size, density=None if hidden else density,
                competence=None if hidden else density * 0.7,
            )
        )  # fmt: skip
    return lines


def _score(line: GroupLine, goal: str, chosen: bool, model: GoalModel, dice: random.Random) -> Score:
    level = dice.choice((0.2, 0.5, 0.9))
    measures = {}
    for criterion in model.goals[goal].criteria:
        band = criterion.band
        accept, ideal = (band.accept_low, band.ideal_low) if band.ideal_low is not None else (band.accept_high, band.ideal_high)
        if dice.random() < 0.2 or accept is None or ideal is None:
            measures[criterion.metric] = Measure(None, missing="The source does not say it.")
        else:
            measures[criterion.metric] = Measure(
                accept + (ideal - accept) * (2 * level - 1 + dice.uniform(-0.3, 0.3)), n=dice.randint(10, 90)
            )
    judged = scoring.judge(model.goals[goal], measures)
    score = Score(
        group=line.id, goal=goal, chosen=chosen, fit=judged.fit, low=judged.low, high=judged.high, verdict=judged.verdict, provisional=True,
        coverage=judged.coverage, reason="Drawn by lot.", people=line.people or 0, criteria=judged.criteria, subscores=judged.subscores,
    )  # fmt: skip
    return hide(score) if line.hidden else score


def _title(name: str) -> str:
    return f"Measure {name}"


def _import_line() -> ImportLine:
    first, last = 20_500 * _DAY, 20_630 * _DAY
    return ImportLine(
        id=1, when=20_634 * _DAY, importer="slack.export", file="export.zip", read=5200, used=5000, left_out={"direct message": 150}, set_aside=50,
        first=first, last=last,
    )  # fmt: skip
