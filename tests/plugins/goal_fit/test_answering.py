"""Questions, replies and times, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.building import Building
from cmdesk.core.snapshot import DAY, HOUR
from cmdesk.plugins.goal_fit.answering import median_wait

from .worlds import measure, missing, seal, team, value

H = 1 / 24


def asking(answered: int, unanswered: int, *, group: str = "team", town: Building | None = None, wait: float = 1 * H) -> Building:
    town = town or team("a", "b")
    for number in range(answered):
        town.reply("b", town.post("a", group, age=20 + number, question=True), age=20 + number - wait)
    for number in range(unanswered):
        question = town.post("a", group, age=20 + number + 0.5, question=True)
        town.reply("a", question, age=20 + number)  # one's own reply is none
    return town


def test_answered_questions() -> None:
    town = asking(9, 6)
    asking(0, 15, group="elsewhere", town=town)
    town.reply("b", town.post("a", "team", age=90, question=True), age=90 - 73 * H)  # too late
    town.post("a", "team", age=2.9, question=True)  # too young to tell
    town.post("a", "team", age=190, question=True)  # before the window
    snapshot = seal(town)
    whole = measure(snapshot, "ans", "Community")
    assert (whole.value, whole.n, whole.indicative) == (pytest.approx(9 / 31), 31, False)
    mine = measure(snapshot, "ans")
    assert mine.value == pytest.approx((9 + 10 * 9 / 31) / (16 + 10))
    assert (mine.n, mine.indicative) == (16, True)
    assert mine.low is not None
    assert mine.high is not None
    assert mine.low < mine.value < mine.high


def test_fewer_than_ten_questions_are_missing_and_none_is_another_reason() -> None:
    assert "Only 9" in missing(seal(asking(9, 0)), "ans")
    assert "No message is recognised as a question" in missing(seal(team("a")), "tfr")


def test_solved() -> None:
    town = team("a", "b")
    for number in range(10):
        question = town.post("a", "team", age=20, question=True)
        answer = town.reply("b", question, age=19)
        own = town.reply("a", question, age=18)
        if number == 0:
            town.accept(answer, age=17)
        elif number == 1:
            town.react("a", answer)
        elif number == 2:
            town.react("a", answer, positive=False)
        elif number == 3:
            town.react("b", answer)
        elif number == 4:
            town.react("a", own)
    assert value(seal(town), "solved", "Community") == pytest.approx(0.2)
    assert "neither accepted answers nor reactions" in missing(seal(asking(10, 0)), "solved")


def test_time_to_a_first_reply() -> None:
    town = team("a", "b")
    for number in range(10):
        question = town.post("a", "team", age=20, question=True)
        if number < 6:
            town.reply("b", question, age=20 - (number + 1) * H)
            town.reply("b", question, age=1)
    assert value(seal(town), "tfr") == pytest.approx(5.0)  # the fifth of ten
    for _number in range(3):
        town.post("a", "team", age=20, question=True)
    assert value(seal(town), "tfr") == 180 * 24  # half is not reached: as long as the window
    assert measure(seal(town), "tfr").indicative


def test_kaplan_meier_by_hand() -> None:
    # waits 2, 4, 6, 8 and two still waiting after 3 and 5: S = 5/6, 5/6·3/4 = .625, .625·1/2 = .3125
    assert median_wait(np.array([2, 4, 6, 8]), np.array([3, 5]), 99.0) == 6
    assert median_wait(np.array([1, 2]), np.array([3, 3]), 99.0) == 2  # exactly one half
    assert median_wait(np.array([1]), np.array([3, 3]), 99.0) == 99
    assert median_wait(np.array([], np.int64), np.array([3]), 99.0) == 99
    assert median_wait(np.array([5, 5]), np.array([5, 5]), 99.0) == 5  # a reply at the end of a wait comes first


def test_time_to_a_response() -> None:
    town = team("a", "b")
    for number in range(10):
        opening = town.post("a", "team", age=100 - number)  # to nobody
        town.reply("b", opening, age=99.5 - number)  # to a, who goes on in the thread after two hours
        town.reply("a", opening, age=99.5 - number - 2 * H)
    snapshot = seal(town)
    assert (value(snapshot, "tfr_all"), measure(snapshot, "tfr_all").n) == (pytest.approx(2.0), 10)


def test_a_response_to_a_mention_may_stand_anywhere() -> None:
    town = team("a", "b", "c")
    for number in range(10):
        town.post("a", "team", age=100 - number, mentions=["b"])
        town.post("b", "team", age=100 - number - 1 * H)  # to nobody
        town.post("b", "elsewhere", age=100 - number - 3 * H, mentions=["a"])
    snapshot = seal(town)
    # ten mentions of b, answered after 3 h; the ten mentions of a lie elsewhere
    assert (value(snapshot, "tfr_all"), measure(snapshot, "tfr_all").n) == (pytest.approx(3.0), 10)
    assert "neither threads nor mentions" in missing(seal(_alone()), "tfr_all")


def _alone() -> Building:
    town = Building()
    town.post("a", "team", age=1)
    return town


def test_newcomers_welcomed() -> None:
    town = team("host")
    for number in range(12):
        name = town.person(f"new{number}", joined=100)
        first = town.post(name, "team", age=90 - number)
        if number < 4:
            town.reply("host", first, age=90 - number - 47 * H)
        elif number == 4:
            town.reply("host", first, age=90 - number - 49 * H)
        elif number == 5:
            town.reply(name, first, age=90 - number - 1 * H)
    town.person("late", joined=3)
    town.post("late", "team", age=1.9)  # too young to tell
    town.person("old", joined=400)
    town.post("old", "team", age=30)
    snapshot = seal(town)
    assert (measure(snapshot, "wel", "Community").value, measure(snapshot, "wel", "Community").n) == (pytest.approx(4 / 12), 12)


def test_a_first_post_that_is_a_reply_waits_for_an_answer_to_itself() -> None:
    town = team("host", "other")
    for number in range(10):
        name = town.person(f"new{number}", joined=100)
        thread = town.post("host", "team", age=60)
        first = town.reply(name, thread, age=59)
        if number < 5:
            town.reply("other", thread, age=58.5, to=first)
        else:
            town.reply("other", thread, age=58.5)  # to the thread, not to the newcomer
    assert value(seal(town), "wel", "Community") == 0.5


def test_dialogue() -> None:
    town = team("a", "b", "c")
    for number in range(10):
        thread = town.post("a", "team", age=20)
        for turn, name in enumerate({0: "bab", 1: "bac", 2: "bbbb", 3: "aba"}.get(number, "b")):
            town.reply(name, thread, age=19 - turn * 0.1)
    # abab: two turns each; abac: only a has two; abbbb: one turn each; aaba: a two turns, b one
    town.reply("a", town.post("a", "team", age=9), age=8)  # nobody else replied
    snapshot = seal(town)
    assert (measure(snapshot, "multi", "Community").value, measure(snapshot, "multi", "Community").n) == (0.1, 10)


def test_ideas() -> None:
    town = team("a", "b")
    for number in range(18):
        town.post("a", "team", age=20 + number, idea=number < 4)
    snapshot = seal(town)
    # 2 + 18 threads in the team; 50 more elsewhere
    assert value(snapshot, "idea", "Community") == pytest.approx(4 / 70)
    assert value(snapshot, "idea") == pytest.approx((4 + 10 * 4 / 70) / 30)
    assert "idea" in missing(seal(team("a")), "idea")


@given(st.lists(st.integers(0, 400), max_size=40), st.lists(st.integers(0, 400), max_size=40))
def test_the_median_wait_is_a_wait_or_never(wait: list[int], waiting: list[int]) -> None:
    got = median_wait(np.array(wait, np.int64), np.array(waiting, np.int64), -1.0)
    assert got in {-1.0, *wait}
    if not waiting and wait:
        assert got == sorted(wait)[(len(wait) - 1) // 2]


def test_units_of_time() -> None:
    assert DAY == 24 * HOUR
