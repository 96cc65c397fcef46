"""Where closeness and competence disagree the assessment says so: one circle is close, the other one knows who brings in what."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk import pluginhost
from cmdesk.core import assessments, disagreeing, goal_model, goal_model_file
from cmdesk.core.assessing import Assessing
from cmdesk.core.assessments import FitOptions
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.contributions import Score
from cmdesk.core.progress import Progress
from cmdesk.core.resampling import Plan
from cmdesk.core.visibility import hide

HOST = pluginhost.load(folders=False)


def two_circles() -> Building:
    """Circles k and t of seven: in t people write to each other every week; those of k seldom do, but they answer the questions of twelve others,
    who accept it."""
    built = Building()
    for circle in "kt":
        names = [f"{circle}{number}" for number in range(7)]
        for number, name in enumerate(names):
            built.person(name, unit=f"U{number % 3}", expertise=[f"e{number % 4}"])
        built.group(circle, members=names)
        for week in range(0, 20, 8 if circle == "k" else 1):
            for number, name in enumerate(names):
                start = built.post(name, circle, age=7 * week + 4 + 0.01 * number)
                built.reply(names[(number + 1 + week % 6) % 7], start, age=7 * week + 3)
    for number in range(84):
        asker, expert = f"a{number % 12}", f"k{number % 7}"
        answer = built.reply(expert, built.post(asker, "help", age=2 * number + 2, question=True), age=2 * number + 1.5)
        built.accept(answer, by=asker)
    return built


def scores(model: goal_model.GoalModel, *, intervals: bool = False) -> dict[tuple[str, str], Score]:
    snapshot = two_circles().snapshot(metrics=HOST.metrics)
    rows = [snapshot.groups.name.index(name) for name in "kt"]
    work = Assessing(snapshot, HOST.assessors[assessments.ASSESSOR], rows, goal_model.GOALS, FitOptions(model))
    found = work.points(Progress())
    if intervals:
        found = work.intervals(Plan(seed=1, level=0.8, replicates=60), Progress())
    return {(snapshot.groups.name[score.group], score.goal): score for score in found}


@pytest.mark.parametrize("intervals", [False, True])
def test_the_verdict_of_the_other_model_is_told_where_it_is_another_one(intervals: bool) -> None:
    closeness, competence = (scores(goal_model.shipped(id), intervals=intervals) for id in goal_model.SHIPPED)
    differing = [key for key in closeness if closeness[key].verdict != competence[key].verdict]
    assert ("k", "solve") in differing
    for key, score in closeness.items():
        other = competence[key]
        if key in differing:
            assert score.disagrees is not None and other.disagrees is not None
            assert (score.disagrees.model, score.disagrees.verdict, score.disagrees.fit) == ("competence", other.verdict, other.fit)
            assert (other.disagrees.model, other.disagrees.verdict) == ("closeness", score.verdict)
            assert "disagree" in score.disagrees.sentence
        else:
            assert score.disagrees is None and other.disagrees is None
    assert {goal for _group, goal in differing} <= {"solve", "innovate"}
    assert competence["k", "solve"].verdict == "fits" and closeness["k", "solve"].verdict != "fits"
    best = max((row for row in competence["t", "solve"].criteria if row.score is not None), key=lambda row: row.weight * (1 - (row.score or 0)))
    assert best.metric == "C" and "who brings in what" in best.advice


def test_a_goal_of_ones_own_has_no_rival_and_one_that_was_left_alone_has() -> None:
    text = goal_model_file.written(goal_model.shipped()).replace('"closeness"', '"ours"', 1)
    same = goal_model.load(text, "ours.toml")
    assert {name: model.id for name, model in disagreeing.rivals(same).items()} == {"solve": "competence", "innovate": "competence"}
    at = text.index("[goals.solve]")
    changed = goal_model.load(text[:at] + text[at:].replace("accept_low = 2.0", "accept_low = 2.5", 1), "ours.toml")
    assert set(disagreeing.rivals(changed)) == {"innovate"}


def test_it_is_stored_and_hidden_where_the_score_is(tmp_path: Path) -> None:
    from cmdesk.core import score_tables

    score = scores(goal_model.shipped())["k", "solve"]
    assert score.disagrees is not None
    with Community.create(tmp_path / "test.cmdesk", "Test") as community:
        with community.writing("assessments") as connection:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            connection.execute(
                "INSERT INTO assessments (id, at, as_of, window_days, zone, model, model_id, model_version, model_sha256, context, replicates, seed, level)"
                " VALUES (1, 0, '', 1, '', '', '', '', '', '', 0, 0, 0)"
            )
            score_tables.write(connection, 1, [score])
        with community.reading() as connection:
            assert score_tables.read(connection, 1) == [score]
    assert hide(score).disagrees is None
