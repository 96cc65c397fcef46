"""The trend picture: points in order of time, notes on their days, nothing over the edge, and nothing of hidden quarters."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core import svg
from cmdesk.core.drawing import Circle, Drawing, Text
from cmdesk.core.goal_model import GOALS, shipped
from cmdesk.core.notes import Note
from cmdesk.core.periods import TrendPoint
from cmdesk.core.pictures import curve, extent, trend
from cmdesk.core.visibility import TOO_SMALL

FIRST = dt.date(2023, 1, 31)


def point(place: int, fit: float | None, *, hidden: str = "", verdict: str = "partly") -> TrendPoint:
    day = (FIRST + dt.timedelta(days=90 * place)).isoformat()
    low, high = (None, None) if fit is None else (max(0.0, fit - 0.1), min(1.0, fit + 0.1))
    return TrendPoint(as_of=day, fit=fit, low=low, high=high, verdict=verdict if fit is not None else "no_verdict", coverage=1.0, people=None if fit is None else 9, hidden=hidden)


def inside(drawing: Drawing) -> bool:
    boxes = [extent.of(shape) for shape in drawing.shapes if not (isinstance(shape, Text) and shape.angle)]
    return all(box[0] >= -1 and box[1] >= -1 and box[2] <= drawing.width + 1 and box[3] <= drawing.height + 1 for box in boxes)


@settings(max_examples=40, deadline=None)
@given(
    fits=st.lists(st.none() | st.floats(0, 1), min_size=0, max_size=20),
    noted=st.lists(st.tuples(st.integers(-100, 2000), st.text(min_size=1, max_size=200)), max_size=30),
    size=st.sampled_from([(0.0, 0.0), (460.0, 300.0), (1200.0, 700.0)]),
)
def test_it_holds_together_whatever_the_points_and_notes(fits: list[float | None], noted: list[tuple[int, str]], size: tuple[float, float]) -> None:
    points = [point(place, fit) for place, fit in enumerate(fits)]
    every = [Note((FIRST + dt.timedelta(days=days)).isoformat(), text) for days, text in noted]
    drawing = trend.compose(points, every, "Sales & <b> · Connect", "Club", simulated=True, width=size[0], height=size[1])
    assert inside(drawing)
    shown = [note for note in every if points and points[0].as_of <= note.day <= points[-1].as_of]
    assert len([shape for shape in drawing.shapes if isinstance(shape, Circle) and shape.target.startswith("note:")]) == len(shown)
    assert len(drawing.table) == 1 + len(points) + len(shown)
    assert svg.text(drawing) == svg.text(trend.compose(points, every, "Sales & <b> · Connect", "Club", simulated=True, width=size[0], height=size[1]))


def test_a_hidden_quarter_tells_why_and_no_number() -> None:
    drawing = trend.compose([point(0, 0.42), point(1, None, hidden=TOO_SMALL)], [], "A · B")
    assert drawing.table[2][1:5] == ("No verdict", "–", "", "") and "fewer than 5" in drawing.table[2][5]
    assert any("fewer than 5" in getattr(shape, "tip", "") for shape in drawing.shapes)


@pytest.mark.parametrize("goal", GOALS)
def test_the_curve_of_every_criterion_stays_in_its_picture(goal: str) -> None:
    for criterion in shipped().goals[goal].criteria:
        drawing = curve.compose(criterion, criterion.metric, [("one", 0.0), ("two", 1e6), ("three", 0.5)])
        assert inside(drawing)
        assert len(drawing.table) >= 6
