"""Competence trust: the vectors of docs/goal-model.md §6, and what must not count."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cmdesk.core.building import Building
from cmdesk.core.competence import Competence
from cmdesk.core.snapshot import Snapshot


def k(snapshot: Snapshot, name: str) -> float:
    return float(snapshot.competence.k[snapshot.people.name.index(name)])


def c(snapshot: Snapshot, one: str, other: str) -> float:
    names = snapshot.people.name
    i, j = np.array([names.index(one)]), np.array([names.index(other)])
    return float(snapshot.competence.trust(i, j)[0])


def expert(answers: int, accepted: int, people: int, asked: int, p0: float = 0.5) -> Building:
    """`expert` answers questions of `people` others, of which `accepted` are accepted, and asks `asked`; others answer as often with
    success p0 that the community's own rate stays p0. All at age 0, so nothing decays."""
    town = Building()
    for n in range(answers):
        question = town.post(f"asker {n % people}", "g", age=0.0, question=True)
        answer = town.reply("expert", question, age=0.0)
        if n < accepted:
            town.accept(answer, age=0.0)
    for _n in range(asked):
        town.post("expert", "g", age=0.0, question=True)
    balance = round(p0 * 2 * answers) - accepted  # accepted answers of others, so that Σ success / Σ trials = p0
    for n in range(answers):
        answer = town.reply(f"other {n}", town.post(f"somebody {n}", "g", age=0.0, question=True), age=0.0)
        if n < balance:
            town.accept(answer, age=0.0)
    return town


@pytest.mark.parametrize(
    ("answers", "accepted", "people", "asked", "expected"),
    [(12, 8, 10, 3, 0.504), (2, 2, 2, 0, 0.208), (60, 30, 40, 5, 0.622)],
)
def test_demonstrated_competence_of_the_design(answers: int, accepted: int, people: int, asked: int, expected: float) -> None:
    town = expert(answers, accepted, people, asked)
    if answers == 2:  # so few answers leave p0 at .5 by themselves
        assert town.snapshot().competence.prior == 0.5
    assert round(k(town.snapshot(), "expert"), 3) == expected


def test_parts_of_the_first_vector() -> None:
    snapshot = expert(12, 8, 10, 3).snapshot()
    row = snapshot.people.name.index("expert")
    found: Competence = snapshot.competence
    assert found.prior == pytest.approx(0.5)
    assert round(float(found.h[row]), 3) == 0.600
    assert round(float(found.v[row]), 3) == 0.667
    assert round(float(found.z[row]), 3) == 0.990


def test_who_only_asks_has_shown_nothing() -> None:
    town = Building()
    for _n in range(6):
        town.post("asker", "g", age=1, question=True)
    assert k(town.snapshot(), "asker") == 0


def test_competence_trust_from_k_sight_and_recognition() -> None:
    """K .504: C .302 with a shared group; recognition adds on top and alone may pass .6."""
    town = expert(12, 8, 10, 3)
    town.person("stranger")
    town.group("away", members=["stranger"])
    snapshot = town.snapshot()
    assert round(c(snapshot, "somebody 0", "expert"), 3) == 0.302  # shares the group by posting there, no recognition
    assert round(c(snapshot, "stranger", "expert"), 3) == round(0.6 * 0.504 * 0.3, 3) == 0.091


def test_recognition_of_the_design() -> None:
    """Accepted at 0 d, two reactions on answers at 90 d, one question addressed at 180 d ⇒ e 1.6743, g .6261."""
    town = Building()
    question = town.post("asker", "g", age=200, question=True)
    answer = town.reply("expert", question, age=190)
    town.accept(answer, age=0)
    for n in range(2):
        other = town.reply("expert", town.post(f"q{n}", "g", age=200, question=True), age=150)
        town.react("asker", other, age=90)
    town.post("asker", "g", age=180, question=True, mentions=["expert"])
    snapshot = town.snapshot()
    found, names = snapshot.competence, snapshot.people.name
    at = (found.giver == names.index("asker")) & (found.receiver == names.index("expert"))
    assert round(float(found.g[at][0]), 4) == 0.6261


def test_sight_without_a_shared_group() -> None:
    """Profile completeness .5 ⇒ vis .50, and never more than .7."""
    town = Building()
    town.person("expert", profile=0.5)
    town.person("full", profile=1.0)
    town.group("here", members=["expert", "full"])
    town.group("there", members=["far"])
    snapshot = town.snapshot()
    names = snapshot.people.name
    far = np.array([names.index("far")] * 2)
    seen = snapshot.competence.visible(far, np.array([names.index("expert"), names.index("full")]))
    assert seen.tolist() == pytest.approx([0.5, 0.7])


def test_mean_over_ordered_pairs_needs_ten_questions() -> None:
    town = Building()
    for n in range(9):
        town.reply("b", town.post("a", "g", age=1, question=True), age=0.9)
        assert n < 9
    snapshot = town.snapshot()
    assert math.isnan(snapshot.competence.mean_c(np.array([0, 1])))
    town.post("a", "g", age=1, question=True)
    snapshot = town.snapshot()
    pairs = snapshot.competence.trust(np.array([0, 1]), np.array([1, 0]))
    assert snapshot.competence.mean_c(np.array([0, 1])) == pytest.approx(float(pairs.mean()))


def test_the_mean_of_a_large_group_is_the_plain_mean_of_its_pairs() -> None:
    generator = np.random.default_rng(3)
    town = Building()
    for person in range(25):
        town.person(f"p{person}", profile=float(generator.uniform()))
    for group in range(4):
        town.group(f"g{group}", members=[f"p{person}" for person in range(25) if generator.uniform() < 0.4])
    for _n in range(80):
        one, other, group = generator.integers(0, 25), generator.integers(0, 25), generator.integers(0, 4)
        question = town.post(f"p{one}", f"g{group}", age=float(generator.uniform(1, 170)), question=True)
        answer = town.reply(f"p{other}", question, age=0.5)
        if generator.uniform() < 0.3:
            town.accept(answer, age=0.4)
    snapshot = town.snapshot()
    everyone = np.arange(25)
    i, j = (part.ravel() for part in np.meshgrid(everyone, everyone))
    apart = i != j
    expected = float(snapshot.competence.trust(i[apart], j[apart]).mean())
    assert snapshot.competence.mean_c(everyone) == pytest.approx(expected)


def test_a_self_answer_is_no_answer_and_closeness_is_no_input() -> None:
    town = Building()
    question = town.post("a", "g", age=3, question=True)
    town.reply("a", question, age=2)
    for _n in range(20):
        town.post("b", "g", age=1, mentions=["a"])
        town.post("a", "g", age=1, mentions=["b"])
    snapshot = town.snapshot()
    assert snapshot.trust.r.max() > 0.5
    assert c(snapshot, "b", "a") == 0 == c(snapshot, "a", "b")
