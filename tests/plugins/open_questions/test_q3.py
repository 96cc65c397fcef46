"""Q3 by hand: does an answer help because its giver is close, or because the giver was seen to be able?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core import svg
from cmdesk.core.building import Building
from cmdesk.core.contributions import Figure, Finding
from cmdesk.core.progress import Progress
from cmdesk.plugins.open_questions import q3

EACH = 24
"""Pairs of each kind; each asks once."""


def town(helped: dict[str, float], pairs: int = EACH, *, repeats: int = 1) -> Building:
    """Pairs of each kind: close ones chatted for a year, able ones had three answers accepted; then each asker asks `repeats` times and its answerer
    answers; the share `helped` of a kind's answers is accepted."""
    made = Building()
    for kind in q3.CELLS:
        closeness, ability = kind.split("_")
        for k in range(pairs):
            asker, answerer = f"{kind}_a{k}", f"{kind}_b{k}"
            if closeness == "high":
                for age in range(60, 240, 12):
                    made.reply(answerer, made.post(asker, "chat", age + 1), age)
                    made.reply(asker, made.post(answerer, "chat", age + 1), age)
            if ability == "high":
                # too long ago to leave a tie without chat, recent enough for the longer memory of competence
                for age in (300, 299, 298) if closeness == "low" else (50, 49, 48):
                    answer = made.reply(answerer, made.post(asker, "help", age + 1, question=True), age)
                    made.accept(answer, age, asker)
            for turn in range(repeats):
                at = 20 - 3 * turn
                answer = made.reply(answerer, made.post(asker, "help", at + 1, question=True), at)
                if k < helped[kind] * pairs:
                    made.accept(answer, at, asker)
    return made


def found(made: Building) -> Finding:
    return q3.analyse(made.snapshot(), Progress())


def figure(finding: Finding, name: str) -> Figure:
    return next(one for one in finding.figures if one.name == name)


def test_the_split_is_made_before_the_question() -> None:
    cells = q3.split(town(dict.fromkeys(q3.CELLS, 1.0)).snapshot(), Progress())
    assert cells["low_low"] == cells["low_high"] == q3.Cell(EACH, EACH, 2 * EACH, EACH)
    # the three earlier questions of close and able pairs lie in W too: at the first of them nobody was known as able yet, and the second was asked
    # at the very moment at which the first answer was accepted, which is not before
    assert cells["high_high"] == q3.Cell(2 * EACH, 2 * EACH, 2 * EACH, 2 * EACH)
    assert cells["high_low"] == q3.Cell(3 * EACH, 3 * EACH, 4 * EACH, 3 * EACH)


@pytest.mark.parametrize(
    ("helped", "answer"),
    [
        ({"low_low": 0.1, "low_high": 0.9, "high_low": 0.1, "high_high": 0.9}, "competence"),
        ({"low_low": 0.1, "low_high": 0.1, "high_low": 0.95, "high_high": 0.95}, "relation"),
        ({"low_low": 0.5, "low_high": 0.5, "high_low": 0.5, "high_high": 0.5}, "neither"),
    ],
)
def test_the_higher_effect_answers(helped: dict[str, float], answer: str) -> None:
    cells = {kind: q3.Cell(40, 40, 40, round(40 * rate)) for kind, rate in helped.items()}
    assert q3.verdict(q3._effects(cells)) == answer


def test_both_alike() -> None:
    cells = {kind: q3.Cell(60, 60, 40, hits) for kind, hits in {"low_low": 6, "low_high": 30, "high_low": 30, "high_high": 54}.items()}
    effects = q3._effects(cells)
    assert q3.verdict(effects) == "both"
    by = {one.name: one.value for one in effects}
    assert by["effect_competence"] == pytest.approx(0.4) and by["effect_relation"] == pytest.approx(0.4)
    assert by["effect_difference"] == pytest.approx(0.0)


def test_competence_from_the_facts_themselves() -> None:
    finding = found(town({"low_low": 0.1, "low_high": 0.9, "high_low": 0.1, "high_high": 0.9}))
    assert finding.answer == "competence", [(one.name, one.value) for one in finding.figures] and finding.sentence.startswith("Competence:")
    assert figure(finding, "low_low").value == pytest.approx(3 / EACH)
    assert finding.picture is not None and "competence seen" in svg.text(finding.picture)


@pytest.mark.parametrize("cell", q3.CELLS)
def test_twenty_questions_and_five_people_in_every_cell(cell: str) -> None:
    full = dict.fromkeys(q3.CELLS, q3.Cell(30, 20, 5, 10))
    assert q3.verdict(q3._effects(full)) != "cannot_tell"
    for short in (q3.Cell(30, 19, 5, 10), q3.Cell(30, 20, 4, 10)):
        cells = {**full, cell: short}
        assert q3.verdict(q3._effects(cells)) == "cannot_tell"
        assert all(one.value is None for one in q3._rates(cells)), "no rate may follow from the others"


def chatting(follows: bool, seed: int = 3, people: int = 40, thanks: float = 0.5) -> Building:
    """People of whom some pairs chat a little and some a lot. All ask each other now and then; answers are accepted by close pairs only, or by chance."""
    rng = np.random.default_rng(seed)
    made = Building()
    for _k in range(160):
        a, b = (f"p{int(n)}" for n in rng.choice(people, 2, replace=False))
        much = int(rng.integers(0, 12))
        for age in rng.uniform(5, 170, much):
            made.reply(b, made.post(a, "chat", age + 0.01), age)
            made.reply(a, made.post(b, "chat", age + 0.01), age)
        for age in rng.uniform(1, 100, 2):
            answer = made.reply(b, made.post(a, "help", age + 0.01, question=True), age)
            if (much >= 6) if follows else (rng.random() < thanks):
                made.accept(answer, age, a)
    return made


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_recognition_that_follows_closeness_is_an_association(seed: int) -> None:
    finding = found(chatting(follows=True, seed=seed))
    rho = figure(finding, "rho")
    assert rho.value is not None and rho.value > 0.5 and rho.n >= 100
    assert "associated with recognition" in finding.sentence
    assert finding.answer in ("association", "competence", "relation", "both", "neither")


def test_recognition_by_chance_is_no_association() -> None:
    told = [found(chatting(follows=False, seed=seed)) for seed in range(1, 11)]
    assert sum("No association" in finding.sentence for finding in told) >= 8  # an 80 % interval misses now and then
    assert not any(finding.answer == "opposite" and (figure(finding, "rho").value or 0) < -0.3 for finding in told)


def test_it_takes_thirty_dyads_and_says_what_is_there() -> None:
    finding = found(town(dict.fromkeys(q3.CELLS, 0.5), pairs=6))
    assert finding.answer == "cannot_tell" and "at least 20 answered questions" in finding.sentence
    assert figure(finding, "rho").value is None and figure(finding, "rho").n == 24


@pytest.mark.parametrize("kind", ["nobody", "one", "no questions", "no marks"])
def test_bad_input_is_a_reasoned_no_answer(kind: str) -> None:
    made = Building()
    for k in range(0 if kind == "nobody" else 1 if kind == "one" else 8):
        start = made.post(f"p{k}", "talk", 10, question=kind == "no marks")
        made.reply(f"p{(k + 1) % 8}", start, 9)
    finding = found(made)
    assert finding.answer == "cannot_tell" and finding.needs
    if kind == "no questions":
        assert "no message is recognised" in finding.needs
    if kind == "no marks":
        assert "accepted answers or reactions" in finding.needs


def test_spearman_of_known_ranks() -> None:
    assert q3.spearman(np.array([1.0, 2, 3, 4]), np.array([10.0, 20, 30, 40])) == pytest.approx(1)
    assert q3.spearman(np.array([1.0, 2, 3, 4]), np.array([4.0, 3, 2, 1])) == pytest.approx(-1)
    # ranks 1 2.5 2.5 4 against 1 2 3 4: covariance 4.5, sizes 4.5 and 5
    assert q3.spearman(np.array([1.0, 2, 2, 3]), np.array([1.0, 2, 3, 4])) == pytest.approx(4.5 / np.sqrt(4.5 * 5))
    assert q3.spearman(np.ones(4), np.arange(4.0)) is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=30))
def test_spearman_knows_only_order(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array([pair[0] for pair in pairs], float), np.array([pair[1] for pair in pairs], float)
    rho = q3.spearman(x, y)
    if rho is not None:
        assert -1 - 1e-9 <= rho <= 1 + 1e-9
        assert q3.spearman(np.exp(x), y**3) == pytest.approx(rho)
        assert q3.spearman(y, x) == pytest.approx(rho)


def test_the_same_community_gives_the_same_finding() -> None:
    assert found(chatting(follows=True)) == found(chatting(follows=True))
