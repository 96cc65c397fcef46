"""Q2 by hand: two departments that answer each other, or do not."""

from __future__ import annotations

import numpy as np
import pytest

from cmdesk.core import svg
from cmdesk.core.building import Building
from cmdesk.core.contributions import Finding
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import HOUR
from cmdesk.plugins.open_questions import q2
from tests.plugins.goal_fit.worlds import metrics

X, Y = [f"x{k}" for k in range(6)], [f"y{k}" for k in range(6)]


def town(cross: int = 0, own: int = 0, neither: int = 0, both: int = 0, *, mixing: float = 0.5, days: tuple[float, ...] = (30,), units: bool = True, askers: int = 6) -> Building:
    """So many questions by x0…, answered after 10 hours by the other department, 5 by the own, by both or by nobody; and exchange of which
    about the share `mixing` crosses."""
    made = Building()
    for name in X + Y:
        made.person(name, unit=("X" if name in X else "Y") if units else "")
    kinds = [(True, False)] * cross + [(False, True)] * own + [(False, False)] * neither + [(True, True)] * both
    for k, (over, inside) in enumerate(kinds):
        question = made.post(X[k % askers], "all", 40, question=True)
        if inside:
            made.reply(X[(k % askers + 1) % 6], question, 40 - 5 / 24)
        if over:
            made.reply(Y[k % askers], question, 40 - 10 / 24)
    rng = np.random.default_rng(4)
    for age in days:
        for a in X + Y:
            for b in X + Y:
                if a < b and rng.random() < (mixing if (a in X) != (b in X) else 1 - mixing):
                    for _turn in range(3):
                        made.reply(b, made.post(a, "all", age + 1), age)
                        made.reply(a, made.post(b, "all", age + 1), age)
    return made


def found(made: Building) -> Finding:
    return q2.analyse(made.snapshot(metrics=metrics()), Progress())


def figure(finding: Finding, name: str):  # type: ignore[no-untyped-def]
    return next(one for one in finding.figures if one.name == name)


def test_it_works_where_the_others_answer_and_ties_mix() -> None:
    finding = found(town(both=20, cross=10, own=8, neither=2))
    assert finding.answer == "works" and finding.sentence.startswith("It works")
    assert figure(finding, "cross").value == 30 / 40 and figure(finding, "within").value == 28 / 40
    ratio = figure(finding, "ratio")
    assert ratio.value == pytest.approx(30 / 28) and ratio.low < ratio.value < ratio.high
    assert figure(finding, "hours_cross").value == pytest.approx(10) and figure(finding, "hours_within").value == pytest.approx(5)
    assert figure(finding, "hours_difference").value == pytest.approx(5)
    assert figure(finding, "mix").value > 0.6
    assert finding.picture is not None and "another department" in svg.text(finding.picture)


def test_it_is_a_big_challenge_where_only_the_own_answer() -> None:
    finding = found(town(cross=4, own=30, neither=6))
    assert figure(finding, "mix").value > 0.6 and finding.answer == "big_challenge"


def test_it_is_a_big_challenge_where_ties_do_not_mix() -> None:
    finding = found(town(both=30, neither=10, mixing=0.05, askers=1))
    assert figure(finding, "ratio").value == 1.0 and figure(finding, "mix").value < 0.3 and finding.answer == "big_challenge"


def test_in_between_it_is_mixed() -> None:
    finding = found(town(both=15, own=10, neither=5))
    assert figure(finding, "ratio").value == pytest.approx(0.6) and finding.answer == "mixed"


@pytest.mark.parametrize(
    ("ratio", "mix", "answer"),
    [(0.8, 0.6, "works"), (0.79, 0.6, "mixed"), (0.8, 0.59, "mixed"), (0.5, 0.3, "mixed"), (0.49, 1.0, "big_challenge"), (2.0, 0.29, "big_challenge"),
     (None, 1.0, "cannot_tell"), (1.0, None, "cannot_tell")],
)  # fmt: skip
def test_the_edges_are_those_of_the_model(ratio: float | None, mix: float | None, answer: str) -> None:
    assert q2.verdict(ratio, mix) == answer


def test_it_takes_ten_questions_two_departments_and_answers_within() -> None:
    few = found(town(both=9))
    assert few.answer == "cannot_tell" and "at least 10 questions" in few.sentence and "9 are there" in few.sentence
    none_within = found(town(cross=20))
    assert none_within.answer == "cannot_tell" and "answers within departments" in none_within.needs
    unknown = found(town(both=20, units=False))
    assert unknown.answer == "cannot_tell" and "list of people with their units" in unknown.needs


def test_a_question_of_the_last_three_days_waits_still() -> None:
    made = town(both=12)
    made.post("x0", "all", 2.9, question=True)
    made.post("x0", "all", 3.1, question=True)
    assert figure(found(made), "cross").n == 13


def test_late_own_and_nameless_replies_are_no_answer() -> None:
    made = Building()
    for name, unit in (("a", "X"), ("b", "X"), ("c", "Y"), ("d", "")):
        made.person(name, unit=unit)
    questions = [made.post("a", "all", 20, question=True) for _ in range(4)]
    made.reply("c", questions[0], 20 - 73 / 24)
    made.reply("a", questions[1], 19.9)
    made.reply("d", questions[2], 19.9)
    made.reply("c", questions[3], 20 - 72 / 24)
    made.reply("c", questions[3], 20 - 1 / 24)
    made.reply("b", questions[3], 20 - 2 / 24)
    waits = q2.waiting(made.snapshot())
    assert (waits.cross <= q2.WITHIN).tolist() == [False, False, False, True]
    assert waits.cross[3] == HOUR and waits.own[3] == 2 * HOUR


def test_the_trend_of_mixing_and_the_bridges_that_last() -> None:
    apart, together = (300.0, 270.0, 240.0), (40.0, 20.0, 5.0)
    made = town(both=20, mixing=0.15, days=apart)
    later = np.random.default_rng(9)
    for age in together:
        for a in X:
            for b in Y:
                if later.random() < 0.8:
                    for _turn in range(4):
                        made.reply(b, made.post(a, "all", age + 1), age)
                        made.reply(a, made.post(b, "all", age + 1), age)
    made.post("x0", "all", 700)
    finding = found(made)
    trend = figure(finding, "mix_trend")
    assert trend.word == "rising" and trend.value > 0 and trend.low > 0
    assert len(finding.table) == 5 and finding.table[4][0] == "2025-06-30"
    survival = figure(finding, "survival")
    assert survival.value is None or 0 <= survival.value <= 1


def test_short_data_have_no_trend_and_say_so() -> None:
    finding = found(town(both=20))
    assert figure(finding, "mix_trend").value is None and figure(finding, "survival").value is None
    assert figure(finding, "survival").missing


def test_medians_of_resamples_are_those_of_a_bootstrap() -> None:
    rng = np.random.default_rng(2)
    hours = rng.lognormal(2, 0.5, 60)
    quick = np.quantile(q2._medians(hours, np.random.default_rng(1)), (0.1, 0.9))
    slow = np.quantile([np.median(rng.choice(hours, len(hours))) for _ in range(4_000)], (0.1, 0.9))
    assert quick == pytest.approx(slow, rel=0.06)


def test_the_same_community_gives_the_same_finding() -> None:
    assert found(town(both=20, own=5)) == found(town(both=20, own=5))
