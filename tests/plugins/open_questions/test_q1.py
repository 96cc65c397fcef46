"""Q1 by hand: communities in which circles do, do not, or may carry the work."""

from __future__ import annotations

import numpy as np
import pytest

from cmdesk.core import svg
from cmdesk.core.building import Building
from cmdesk.core.contributions import Finding
from cmdesk.core.progress import Progress
from cmdesk.plugins.open_questions import q1


def town(ideas_inside: int = 0, ideas_outside: int = 0, *, sizes: tuple[int, ...] = (6, 6), plain: int = 60, crowd: int = 60, tagged: bool = False) -> Building:
    """Circles that reply to each other all the time, a crowd that does not, and so many threads of ideas by either."""
    made = Building()
    rings = [[f"c{ring}_{k}" for k in range(size)] for ring, size in enumerate(sizes)]
    for ring in rings:
        for a in ring:
            for b in ring:
                if a != b:
                    for turn in range(4):
                        made.reply(b, made.post(a, "talk", 300 + turn), 299 + turn)  # before the window: ties, but no threads of it
    everybody = [name for ring in rings for name in ring]
    outside = [f"o{k}" for k in range(crowd)]
    for k in range(plain):
        made.post((everybody + outside)[k % (len(everybody) + len(outside))], "talk", 20, tags=("weather",))
    for k in range(ideas_inside):
        made.post(everybody[k % len(everybody)], "talk", 10, idea=True, tags=("steel",) if tagged else ())
    for k in range(ideas_outside):
        made.post(outside[k % len(outside)], "talk", 10, idea=True)
    return made


def found(made: Building) -> Finding:
    return q1.analyse(made.snapshot(), Progress())


def value(finding: Finding, name: str) -> float | None:
    return next(figure.value for figure in finding.figures if figure.name == name)


def test_circles_that_start_the_ideas_carry_the_work() -> None:
    finding = found(town(ideas_inside=35, ideas_outside=5))
    assert finding.answer == "yes" and "2 small circles" in finding.sentence
    assert value(finding, "circles") == 2
    assert value(finding, "share_work") == 35 / 40
    # 60 plain threads go round 72 people, of whom the first 12 are in a circle: 12 + 35 of 100 threads
    assert value(finding, "share_all") == 47 / 100
    assert value(finding, "lift") == pytest.approx((35 / 40) / (47 / 100))
    assert finding.picture is not None and "Do small expertise groups" in svg.text(finding.picture)


def test_ideas_from_outside_the_circles_are_a_no() -> None:
    finding = found(town(ideas_inside=2, ideas_outside=38))
    assert finding.answer == "no" and finding.sentence.startswith("No")


def test_as_chance_would_have_it_cannot_be_told() -> None:
    finding = found(town(ideas_inside=8, ideas_outside=29, plain=62))  # 12 of 62 and 8 of 37: a lift a little over 1
    lift = value(finding, "lift")
    assert lift is not None and 1 < lift < 1.2
    assert finding.answer == "cannot_tell" and "clearer difference" in finding.needs


def test_under_thirty_such_threads_nothing_is_said() -> None:
    finding = found(town(ideas_inside=29))
    assert finding.answer == "cannot_tell" and "at least 30 threads" in finding.sentence and "29 are there" in finding.sentence
    assert found(town(ideas_inside=30)).answer == "yes"


def test_without_circles_nothing_is_said() -> None:
    finding = found(town(ideas_outside=40, sizes=()))
    assert finding.answer == "cannot_tell" and "circles" in finding.needs
    assert value(finding, "lift") is None


def test_threads_of_a_group_that_is_to_collaborate_count_and_the_root_does_not() -> None:
    made = town(ideas_inside=0)
    made.group("talk", goals=("collaborate",))
    assert value(found(made), "share_work") == 12 / 60
    other = town(ideas_inside=0)
    other.group("", goals=("innovate",))
    assert value(found(other), "share_work") is None


def test_a_circle_under_five_is_counted_and_never_shown() -> None:
    finding = found(town(ideas_inside=40, sizes=(6, 4)))
    assert value(finding, "circles") == 2
    assert [row[1] for row in finding.table[1:]] == [6.0]
    assert finding.picture is not None
    shown = svg.text(finding.picture)
    assert "1 circles under five" in shown and "c1_0" not in shown and "circle 2" not in shown


def test_the_top_topic_stands_against_what_chance_would_give() -> None:
    finding = found(town(ideas_inside=40, ideas_outside=0, sizes=(8,), tagged=True))
    heads, row = finding.table
    assert heads[4] == "top topic" and row[4] == "steel"
    assert row[5] == 40 / (40 + 8)  # 8 plain threads about the weather by the circle
    assert row[6] is not None and 0.5 < float(row[6]) < float(row[5])


def test_the_shuffles_keep_nine_of_ten_below_what_they_say() -> None:
    counts = q1.Counts(threads=400, by_circles=100, work=80, work_by_circles=30)
    chance = q1._chance(counts)
    assert chance is not None
    rng = np.random.default_rng(5)
    labels = np.arange(400) < 100
    lifts = [rng.permutation(labels)[:80].mean() / 0.25 for _ in range(2_000)]  # shuffled one by one
    assert np.mean(np.array(lifts) <= chance) >= 0.88 and np.mean(np.array(lifts) < chance) <= 0.92  # lifts come in steps


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_a_handful_nothing_is_shown(people: int) -> None:
    made = Building()
    for k in range(people):
        made.post(f"p{k}", "talk", 10, idea=True)
    finding = found(made)
    assert finding.answer == "cannot_tell" and "5 people" in finding.needs and finding.figures == ()


def test_the_same_community_gives_the_same_finding() -> None:
    assert found(town(ideas_inside=35, ideas_outside=9, tagged=True)) == found(town(ideas_inside=35, ideas_outside=9, tagged=True))


@pytest.mark.parametrize(("sizes", "crowd"), [((4,), 60), ((3,), 60), ((6, 6), 4), ((5, 5, 6), 3)])
def test_shares_of_fewer_than_five_people_are_not_told(sizes: tuple[int, ...], crowd: int) -> None:
    """What the circles start is what a circle of four starts where it is the only one; what is left of all is what four others do."""
    finding = found(town(ideas_inside=35, ideas_outside=5, sizes=sizes, crowd=crowd))
    assert value(finding, "circles") == len(sizes)
    assert [value(finding, name) for name in ("share_work", "share_all", "lift")] == [None] * 3
    assert finding.answer == "cannot_tell" and "five people" in finding.sentence
    assert not any(mark in finding.sentence for mark in "%0123456789")
    assert finding.picture is not None and "87.5" not in svg.text(finding.picture) and "88 %" not in svg.text(finding.picture)
