"""Bullet bars: what costs most stands first; what is missing is said, never drawn."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.drawing import Circle, Rect, Text
from cmdesk.core.goal_model import Band, Criterion, Goal, GoalModel, Position
from cmdesk.core.pictures.bands import bars
from cmdesk.ui.widgets.bullet_bars import band_words, compose


def _criterion(metric: str, score: float | None, weight: float, value: float | None = 0.4, **more: object) -> CriterionScore:
    return CriterionScore(
        metric=metric, value=value if score is not None else None, unit="share", n=30, low=None, high=None, score=score, weight=weight,
        gate=bool(more.get("gate")), missing=str(more.get("missing", "")), advice=f"do {metric}",
    )  # fmt: skip


def _score(*criteria: CriterionScore) -> Score:
    return Score(
        group=1, goal="find", chosen=True, fit=0.5, low=0.5, high=0.5, verdict="partly", provisional=True, coverage=0.8, reason="", people=40,
        criteria=criteria,
    )  # fmt: skip


def _model(*names: str, band: Band | None = None) -> GoalModel:
    criteria = tuple(Criterion(metric=name, band=band or Band(accept_low=0.3, ideal_low=0.6), weight=10) for name in names)
    goal = Goal(name="find", title="Find", meaning="", role="", criteria=criteria, position=Position(size=(1, 10), density=(0, 1)))
    return GoalModel(id="m", version="1", title="", sha256="", text="", goals={"find": goal})


def test_the_costliest_first_and_the_missing_last() -> None:
    score = _score(_criterion("a", 0.9, 50), _criterion("b", None, 90, missing="no data"), _criterion("c", 0.0, 25), _criterion("d", 1.0, 25))
    found = bars(score, _model("a", "b", "c", "d"))
    assert [bar.criterion.metric for bar in found] == ["c", "a", "d", "b"]
    assert [bar.cost for bar in found] == [pytest.approx(25), pytest.approx(5), pytest.approx(0), None]


def test_costs_add_up_to_what_the_fit_lacks() -> None:
    score = _score(_criterion("a", 0.9, 50), _criterion("b", 0.2, 30), _criterion("c", None, 20))
    fit = (0.9 * 50 + 0.2 * 30) / 80
    assert sum(bar.cost or 0 for bar in bars(score, _model("a", "b", "c"))) == pytest.approx(100 * (1 - fit))


@pytest.mark.parametrize("width", [300.0, 700.0])
def test_the_picture_says_it_all(width: float) -> None:
    score = _score(_criterion("a", 0.2, 50, gate=True), _criterion("b", None, 50, missing="no answers were marked"))
    drawing = compose(score, _model("a", "b"), {"a": "Answered"}, width, "Find")
    texts = [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    assert "Answered" in texts and any("must-have" in text for text in texts)
    assert any("no answers were marked" in text for text in texts)
    assert sum(isinstance(shape, Circle) for shape in drawing.shapes) == 1
    targets = [shape.target for shape in drawing.shapes if shape.target]
    assert targets == ["criterion:a", "criterion:b"]
    assert drawing.table[1][0] == "Answered" and drawing.table[2][-1] == "no answers were marked"
    assert all(shape.x >= 0 and shape.x + shape.width <= width + 0.01 for shape in drawing.shapes if isinstance(shape, Rect))


@given(
    st.floats(-1e6, 1e6, allow_nan=False), st.floats(0, 1), st.floats(300, 1400),
    st.builds(Band, accept_low=st.none() | st.floats(0, 100), accept_high=st.none() | st.floats(0, 1000), ideal_low=st.none() | st.floats(0, 100)),
    st.sampled_from(["share", "persons", "h", "0–1"]), st.booleans(),
)  # fmt: skip
def test_every_mark_stays_on_its_track(value: float, score: float, width: float, band: Band, unit: str, log: bool) -> None:
    criterion = CriterionScore(metric="a", value=value, unit=unit, n=3, low=None, high=None, score=score, weight=10, gate=False)
    model = _model("a", band=band)
    if log:
        part = model.goals["find"].criteria[0]
        wide = Criterion(metric="a", band=part.band, weight=10, scale="ln")
        goal = Goal(name="find", title="", meaning="", role="", criteria=(wide,), position=Position(size=(1, 10), density=(0, 1)))
        model = GoalModel(id="m", version="1", title="", sha256="", text="", goals={"find": goal})
    drawing = compose(_score(criterion), model, {}, width, "t")
    for shape in drawing.shapes:
        if isinstance(shape, Circle):
            assert math.isfinite(shape.x) and -7 <= shape.x <= width + 7
        if isinstance(shape, Rect):
            assert shape.width >= 0 and shape.x >= -0.01 and shape.x + shape.width <= width + 0.01


def test_bands_in_words() -> None:
    assert band_words(Band(accept_low=0.3, ideal_low=0.6), "share") == "ideal from 60 %, acceptable from 30 %"
    assert band_words(Band(accept_low=0.3, accept_high=1.6, ideal_low=0.6, ideal_high=1.2), "ratio") == "ideal 0.60 to 1.20, acceptable 0.30 to 1.60"
    assert band_words(Band(), "share") == ""
