"""Trust before a moment is the trust of a snapshot that ends just before it: the fast way against the slow one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.before import Skill, Ties
from cmdesk.core.building import Building
from cmdesk.core.earlier import earlier
from cmdesk.core.past import Past
from cmdesk.core.snapshot import Snapshot

NAMES = "abcdefg"


def town(seed: int, posts: int = 60, days: float = 400.0, groups: bool = True) -> Snapshot:
    """Random questions, answers, mentions, reactions and acceptances among seven people in three channels."""
    rng = np.random.default_rng(seed)
    made = Building(dt.date(2025, 6, 30))
    for name in NAMES:
        made.person(name, profile=float(rng.random()))
    for group in ("x", "y", "z"):
        made.group(group, members=list(NAMES[:3]) if groups else [])
    starts: list[tuple[int, float]] = []
    for age in sorted(rng.uniform(0.5, days, posts), reverse=True):
        author, other = (NAMES[int(k)] for k in rng.choice(len(NAMES), 2, replace=False))
        if starts and rng.random() < 0.65:
            thread, _begun = starts[int(rng.integers(len(starts)))]
            handle = made.reply(author, thread, age)
        else:
            handle = made.post(author, "xyz"[int(rng.integers(3))], age, question=bool(rng.random() < 0.7), mentions=[other] if rng.random() < 0.3 else [])
            starts.append((handle, age))
        for _k in range(int(rng.integers(0, 4))):
            made.react(NAMES[int(rng.integers(len(NAMES)))], handle, float(rng.uniform(0, age)), positive=bool(rng.random() < 0.8))
        if rng.random() < 0.3:
            made.accept(handle, float(rng.uniform(0, age)))
    return made.snapshot()


def queries(snapshot: Snapshot, seed: int, many: int = 12) -> tuple[Any, Any, Any]:
    rng = np.random.default_rng(seed)
    pairs = np.array([rng.choice(len(NAMES), 2, replace=False) for _ in range(many)], np.int32)
    moments = rng.choice(snapshot.posts.at, many)
    return pairs[:, 0], pairs[:, 1], moments


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_r_before_a_moment(seed: int) -> None:
    snapshot = town(seed)
    i, j, at = queries(snapshot, seed + 1)
    fast = Ties(snapshot)
    found = fast.r(i, j, at)
    close = fast.close(i, j, at)
    for k in range(len(i)):
        past = earlier(snapshot, int(at[k]) - 1)
        low, high = min(i[k], j[k]), max(i[k], j[k])
        row = np.flatnonzero((past.trust.i == low) & (past.trust.j == high))
        wanted = float(past.trust.r[row[0]]) if len(row) else 0.0
        assert found[k] == pytest.approx(wanted, abs=1e-12)
        assert close[k] == (wanted >= 0.2) or abs(wanted - 0.2) < 1e-9


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_c_before_a_moment(seed: int, groups: bool) -> None:
    snapshot = town(seed, groups=groups)
    i, j, at = queries(snapshot, seed + 1)
    fast = Skill(snapshot)
    found = fast.c(i, j, at)
    able = fast.able(i, j, at, 0.4)
    for k in range(len(i)):
        past = earlier(snapshot, int(at[k]) - 1)
        wanted = float(past.competence.trust(i[k : k + 1], j[k : k + 1])[0])
        assert found[k] == pytest.approx(wanted, abs=1e-9)
        assert able[k] == (wanted >= 0.4) or abs(wanted - 0.4) < 1e-9


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 300))
def test_an_earlier_snapshot_knows_what_one_of_that_day_knew(seed: int, days: int) -> None:
    snapshot = town(seed)
    until = snapshot.until - days * 86_400_000_000
    past = earlier(snapshot, until)
    assert len(past.posts) == int((snapshot.posts.at <= until).sum())
    fresh = earlier(snapshot, until)
    del fresh.__dict__["events"]  # derive them anew instead of taking the prefix
    for name in ("actor", "target", "kind", "at", "group", "post", "m"):
        order = [np.lexsort((e.post, e.at, e.target, e.actor, e.kind)) for e in (past.events, fresh.events)]
        assert np.array_equal(getattr(past.events, name)[order[0]], getattr(fresh.events, name)[order[1]]), name
    with pytest.raises(ValueError, match="later"):
        earlier(past, snapshot.until)


def test_sums_before_a_moment_leave_the_moment_out() -> None:
    past = Past(np.array([0, 0, 1, 0]), np.array([5, 7, 6, 5]), 3, x=np.array([1.0, 2.0, 4.0, 8.0]))
    owner, before = np.array([0, 0, 0, 0, 1, 2]), np.array([5, 6, 7, 8, 100, 100])
    assert past.sums(owner, before, "x")[0].tolist() == [0.0, 9.0, 9.0, 11.0, 4.0, 0.0]
    assert past.sums(owner, before, "x", since=np.full(6, 5))[0].tolist() == [0.0, 0.0, 0.0, 2.0, 4.0, 0.0]
    assert Past(np.zeros(0, np.int64), np.zeros(0, np.int64), 2, x=np.zeros(0)).sums(np.array([1]), np.array([3]), "x")[0].tolist() == [0.0]
