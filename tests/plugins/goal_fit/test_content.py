"""Visible authors, fresh pages, competence and topics, by hand."""

from __future__ import annotations

import pytest

from cmdesk.core.building import Building

from .worlds import measure, missing, seal, team, value


def answering(town: Building, name: str, count: int, tags: tuple[str, ...] = (), accept: bool = False) -> None:
    for number in range(count):
        asker = f"asker{number}"
        question = town.post(asker, "team", age=30 + number, question=True, tags=tags)
        answer = town.reply(name, question, age=29 + number)
        town.reply(name, question, age=28 + number)  # only the first is an answer
        if accept:
            town.accept(answer, age=28 + number)


def test_authors_visible() -> None:
    town = team("a", "b", "c")
    answering(town, "a", 8)
    assert "neither roles nor expertise" in missing(seal(town), "prof")
    town.person("a", role="engineer")
    assert "Only 8" in missing(seal(town), "prof")
    answering(town, "b", 3)
    town.page("c", "team", views=10)
    town.person("c", expertise=["law"])
    town.person("hidden", role="x", named=False)
    town.page("hidden", "team")
    snapshot = seal(town)
    assert (value(snapshot, "prof"), measure(snapshot, "prof").n) == (pytest.approx(9 / 13), 13)


def test_authors_visible_weighted_by_views() -> None:
    town = Building()
    for number in range(10):
        town.page("seen" if number < 2 else "unseen", "team", views=40 if number < 2 else 5)
    town.person("seen", role="writer")
    assert value(seal(town), "prof") == pytest.approx(80 / 120)


def test_fresh_pages() -> None:
    town = team("a")
    assert "no pages" in missing(seal(town), "fresh")
    for number in range(10):
        town.page("a", "team", updated=100 if number < 7 else 366)
    town.page("a", "team")  # nobody knows when
    assert (value(seal(town), "fresh"), measure(seal(town), "fresh").n) == (0.7, 10)
    for number in range(50):
        town.page("a", "team", updated=400, views=number + 1)
    snapshot = seal(town)
    assert value(snapshot, "fresh") == pytest.approx(7 / 60)  # views are not known for all: every page counts


def test_fresh_looks_at_the_fifty_most_viewed() -> None:
    town = Building()
    for number in range(80):
        town.page("a", "team", updated=10 if number >= 60 else 400, views=number)
    assert (value(seal(town), "fresh"), measure(seal(town), "fresh").n) == (0.4, 50)


def test_competence_trust() -> None:
    town = team("a", "b")
    answering(town, "a", 9)
    assert "only 9 questions" in missing(seal(town), "C")
    answering(town, "b", 2)
    snapshot = seal(town)
    k = snapshot.competence.k
    row = {name: place for place, name in enumerate(snapshot.people.name)}
    # both are in the group, so each sees the other, and nobody recognised anybody
    assert value(snapshot, "C") == pytest.approx(0.6 * (k[row["a"]] + k[row["b"]]) / 2)


def test_topics_covered() -> None:
    town = team("ann", "bob", "cas")
    assert "tag" in missing(seal(town), "cov")
    for name in ("ann", "bob"):
        answering(town, name, 40, ("law",), accept=True)
    answering(town, "ann", 40, ("art",), accept=True)
    answering(town, "zed", 40, ("art",), accept=True)  # an expert, but no member
    assert "Only 2 topics" in missing(seal(town), "cov")
    answering(town, "cas", 5, ("golf",))
    snapshot = seal(town)
    assert (value(snapshot, "cov"), measure(snapshot, "cov").n) == (pytest.approx(1 / 3), 3)
    assert value(snapshot, "cov", "Community") == pytest.approx(2 / 3)


def test_what_is_entered_by_hand_is_missing_until_then() -> None:
    snapshot = seal(team("a"))
    assert "checklist" in missing(snapshot, "man")
    assert "idea" in missing(snapshot, "follow")
