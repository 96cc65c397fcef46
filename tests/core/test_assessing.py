"""An assessment in its stages: points at once, then intervals, then sensitivity; a stopped stage keeps what was there, a stopped run nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from cmdesk import pluginhost
from cmdesk.core import assessments, goal_model, goals, groups, importing, periods
from cmdesk.core.assessing import Assessing
from cmdesk.core.assessments import FitOptions
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.errors import Cancelled, CmdeskError, ImportProblem
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Report
from cmdesk.core.resampling import Plan
from cmdesk.simulation import CircleSizes, circles, write_slack

HOST = pluginhost.load(folders=False)
MODEL = goal_model.shipped()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation of which 60 % of the messages are known."""
    folder = tmp_path_factory.mktemp("assessing")
    write_slack(circles(2, CircleSizes(people=60, departments=3, circles=4, days=400)), folder / "export.zip")
    with Community.create(folder / "made.cmdesk", "Bread & Butter") as community:
        importing.run(community, [folder / "export.zip"], options={"seen": "60"})
    return folder / "made.cmdesk"


def report(community: Community, id: int) -> Report:
    with community.reading() as connection:
        return assessments.load(connection, id)


def begin(community: Community, **options: Any) -> Any:
    return assessments.begin(community, HOST, model=MODEL, **options)


def test_each_stage_replaces_what_is_stored(made: Path) -> None:
    with Community.open(made) as community:
        running = begin(community)
        points = report(community, running.id)
        assert all(score.provisional and not score.sensitivity and score.chance is None for score in points.scores)
        assert (points.replicates, points.seen) == (0, pytest.approx(0.6))
        running.add_intervals()
        spread = report(community, running.id)
        assert (spread.replicates, spread.seed, spread.level) == (500, 20151, 0.8)
        assert len(spread.scores) == len(points.scores)
        for point, score in zip(points.scores, spread.scores, strict=True):
            assert (score.group, score.goal, score.coverage, score.people) == (point.group, point.goal, point.coverage, point.people)
            assert not score.provisional
            assert [row.value for row in score.criteria] == [row.value for row in point.criteria]
            if score.fit is not None and score.low is not None and score.high is not None and score.chance is not None:
                assert score.fit == point.fit
                assert score.low <= score.fit <= score.high
                assert 0 <= score.chance <= 1
        assert any((score.low or 0) < (score.high or 0) for score in spread.scores)
        running.add_sensitivity()
        last = report(community, running.id)
        shown = [score for score in last.scores if score.criteria]
        assert shown
        for score in shown:
            assert [each.setting for each in score.sensitivity] == ["half_life=45", "half_life=90", "half_life=180"]
            usual = score.sensitivity[1]
            assert score.fragile == any(each.verdict != usual.verdict for each in score.sensitivity)
        assert [score.low for score in last.scores] == [score.low for score in spread.scores]
        document = assessments.as_json(last)
        assert document["intervals"] == {"replicates": 500, "seed": 20151, "level": 0.8}
        assert document["messages_seen"] == pytest.approx(0.6)
        assert {"chance", "fragile", "sensitivity", "low", "high"} <= set(document["scores"][0])


def test_the_same_seed_gives_the_same_document_and_fewer_groups_the_same_numbers(made: Path) -> None:
    with Community.open(made) as community:
        documents = []
        for groups in (None, None, [5]):
            id = assessments.run(community, HOST, model=MODEL, groups=groups, seed=3, goals=["solve", "connect"])
            documents.append([score for score in report(community, id).scores if score.group == 5])
        assert documents[0]
        assert documents[0] == documents[1]
        plain = [[(score.low, score.high, score.chance, score.criteria) for score in part] for part in documents]
        assert plain[0] == plain[2]


def test_a_stopped_stage_leaves_the_points(made: Path) -> None:
    with Community.open(made) as community:
        running = begin(community, goals=["find"])
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            running.add_intervals(progress)
        assert all(score.provisional for score in report(community, running.id).scores)


STEPS = 8
"""Moments, spread over the steps of a whole run, at which it is stopped."""


@pytest.mark.parametrize("moment", range(STEPS))
def test_a_stopped_run_leaves_the_file_as_it_was(made: Path, tmp_path: Path, titles: list[str], moment: int) -> None:
    copy = tmp_path / "copy.cmdesk"
    shutil.copy(made, copy)
    before = copy.read_bytes()
    stop = titles[(len(titles) - 1) * moment // (STEPS - 1)]
    progress = Progress(lambda step: progress.cancel() if step.title == stop else None)
    with Community.open(copy) as community, pytest.raises(Cancelled):
        assessments.run(community, HOST, model=MODEL, goals=["find", "solve"], progress=progress)
    assert copy.read_bytes() == before


@pytest.fixture(scope="module")
def titles(made: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The steps of a whole run, in order, up to storing."""
    found: dict[str, None] = {}
    copy = tmp_path_factory.mktemp("titles") / "copy.cmdesk"
    shutil.copy(made, copy)
    with Community.open(copy) as community:
        assessments.run(community, HOST, model=MODEL, goals=["find", "solve"], progress=Progress(lambda step: found.setdefault(step.title)))
    return list(found)


def test_an_assessment_that_is_gone_stays_gone(made: Path) -> None:
    with Community.open(made) as community:
        running = begin(community, goals=["find"])
        with community.writing("assessments") as connection:
            connection.execute("DELETE FROM criteria WHERE score_id IN (SELECT id FROM scores WHERE assessment_id = ?)", (running.id,))
            connection.execute("DELETE FROM scores WHERE assessment_id = ?", (running.id,))
            connection.execute("DELETE FROM assessments WHERE id = ?", (running.id,))
        running.add_intervals()
        with pytest.raises(CmdeskError, match="no assessment"):
            report(community, running.id)


def test_a_share_of_messages_that_makes_no_sense_is_refused(made: Path, tmp_path: Path) -> None:
    with Community.create(tmp_path / "new.cmdesk", "New") as community:
        for text in ("0", "101", "-5", "many", "nan", ""):
            with pytest.raises((CmdeskError, ImportProblem), match="no share"):
                importing.run(community, [made.with_name("export.zip")], options={"seen": text})


def test_the_newest_word_on_a_file_counts(made: Path, tmp_path: Path) -> None:
    with Community.create(tmp_path / "new.cmdesk", "New") as community:
        export = made.with_name("export.zip")
        importing.run(community, [export])
        assert report(community, begin(community, goals=["find"]).id).seen is None
        importing.run(community, [export], options={"seen": "45 %"})
        found = report(community, begin(community, goals=["find", "solve"]).id)
        assert found.seen == pytest.approx(0.45)
        assert any("45 %" in note for note in found.notes)
        solve = [score for score in found.scores if score.goal == "solve" and score.criteria]
        assert {score.verdict for score in solve} == {"no_verdict"}
        assert all("half of the messages" in score.reason for score in solve)


def moderated() -> Assessing:
    """A team whose exchange hangs on its moderator."""
    town = Building()
    town.person("mod", moderator=True)
    for name in ("ann", "bob", "eve", "joe", "kim"):
        for week in range(20):
            start = town.post(name, "team", 7 * week + 2, question=True)
            town.reply("mod", start, 7 * week + 1.5)
            town.reply(name, town.post("mod", "team", 7 * week + 1), 7 * week + 0.5)
    town.group("team", ["mod", "ann", "bob", "eve", "joe", "kim"])
    seen = town.snapshot(metrics=HOST.metrics)
    return Assessing(seen, HOST.assessors[assessments.ASSESSOR], [1], ["solve", "collaborate", "connect"], FitOptions(MODEL))


def test_what_hangs_on_moderators_is_fragile() -> None:
    work = moderated()
    work.points(Progress())
    work.intervals(Plan(50), Progress())
    scores = {score.goal: score for score in work.sensitivity(Progress())}
    assert [each.setting for each in scores["solve"].sensitivity][-1] == "without_moderators"
    density = next(row for row in scores["solve"].criteria if row.metric == "D_R")
    assert density.value is not None
    assert density.value > 0.1
    assert density.without_moderators is None  # without its moderator nobody exchanges anything, which is missing and not 0
    verdicts = {score.goal: [each.verdict for each in score.sensitivity] for score in scores.values()}
    assert any(score.fragile for score in scores.values()), verdicts
    for score in scores.values():
        assert score.fragile == (len(set(verdicts[score.goal])) > 1)


@pytest.mark.parametrize(("others", "told"), [(4, False), (5, True)])
def test_without_moderators_nothing_is_told_of_fewer_than_five(others: int, told: bool) -> None:
    """A team of seven may be shown; what remains of it without its moderators is a group of its own."""
    town, names = Building(), [f"p{k}" for k in range(others)]
    mods = [f"mod{k}" for k in range(7 - others)]
    for name in mods:
        town.person(name, moderator=True)
    for week in range(20):
        for k, name in enumerate(names):
            town.reply(mods[week % len(mods)], town.post(name, "team", 7 * week + 2, question=True), 7 * week + 1.5)
            town.reply(names[k - 1], town.post(name, "team", 7 * week + 1), 7 * week + 0.5)
    town.group("team", [*mods, *names])
    seen = town.snapshot(metrics=HOST.metrics)
    work = Assessing(seen, HOST.assessors[assessments.ASSESSOR], [1], ["solve", "collaborate"], FitOptions(MODEL))
    work.points(Progress())
    for score in work.sensitivity(Progress()):
        assert score.criteria and score.verdict != "no_verdict"
        assert ("without_moderators" in [each.setting for each in score.sensitivity]) is told
        assert any(row.without_moderators is not None for row in score.criteria) is told


def test_the_trend_ends_with_the_assessment_itself_and_stays(made: Path) -> None:
    with Community.open(made) as community:
        with community.reading() as connection:
            group = groups.find(connection, "Bread & Butter")
        goals.set(community, group, "connect")
        running = begin(community)
        assert report(community, running.id).trend == ()
        running.add_intervals()
        running.add_trend(HOST)
        found = report(community, running.id)
        (line,) = found.trend
        assert (line.group, line.goal) == (group, "connect")
        days = [point.as_of for point in line.points]
        assert days == sorted(days) and days[-1] == found.as_of and len(days) > 2
        score = next(score for score in found.scores if score.group == group and score.goal == "connect")
        assert (line.points[-1].fit, line.points[-1].low, line.points[-1].high) == (score.fit, score.low, score.high)
        assert any(point.low is not None and point.high is not None and point.low < point.high for point in line.points[:-1])
        with community.reading() as connection:
            again = periods.trend(connection, HOST, MODEL, group, ["connect"])["connect"]
        assert [(point.as_of, point.fit) for point in again] == [(point.as_of, point.fit) for point in line.points]


def test_a_report_for_others_says_what_changed_since_an_earlier_day(made: Path) -> None:
    with Community.open(made) as community:
        last = begin(community, goals=["connect"])
        day = dt.date.fromisoformat(report(community, last.id).as_of)
        earlier = begin(community, goals=["connect"], as_of=day - dt.timedelta(days=100))
        latest = begin(community, goals=["connect"])
        with community.reading() as connection:
            assert assessments.for_others(connection, earlier.id).since is None
            since = assessments.for_others(connection, latest.id).since
            assert assessments.told(connection, latest.id).since is None
            split = assessments.for_others(connection, latest.id, plugins=HOST).since
        assert since is not None and since.as_of_before == report(community, earlier.id).as_of and since.scores
    assert all(one.people is None for one in since.scores) and split is not None and len(split.scores) == len(since.scores)
    known = [one for one in split.scores if one.change is not None and one.people is not None]
    assert known and all(one.people + one.ties + one.rules == pytest.approx(one.change) for one in known)  # type: ignore[operator]
