"""The three pictures: every title whole, nothing over the edge, labels apart, and invented people marked, at any width."""

from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core import invented
from cmdesk.core.drawing import Circle, Drawing, Rect, Text
from cmdesk.core.goal_model import GOALS
from cmdesk.core.pictures import extent, matrix, position
from cmdesk.core.pictures.placing import Places
from cmdesk.core.reports import Report
from cmdesk.core.snapshot import Snapshot
from cmdesk.simulation import CircleSizes, circles
from cmdesk.simulation.snapshots import snapshot as simulated

NOTICE = "Simulated: these people were invented"
WIDTHS = (0.0, 460.0, 620.0, 800.0, 1000.0, 1600.0)


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def said(drawing: Drawing) -> str:
    return " ".join(text.text for text in texts(drawing))


def inside(drawing: Drawing) -> bool:
    boxes = [extent.of(shape) for shape in drawing.shapes]
    return all(box[0] >= -1 and box[1] >= -1 and box[2] <= drawing.width + 1 and box[3] <= drawing.height + 1 for box in boxes)


def apart(every: list[Text]) -> bool:
    return all(extent.apart(extent.of(one), extent.of(other)) for one, other in combinations(every, 2))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("all_cells", [False, True])
def test_the_matrix_has_every_goal_title_whole(width: float, all_cells: bool) -> None:
    report = invented.report(14, seed=4)
    drawing = matrix.compose(report, all_cells=all_cells, width=width)
    for goal in GOALS:
        lines = [text for text in texts(drawing) if text.target == f"goal:{goal}"]
        title = report.model.goals[goal].title
        assert " ".join(text.text for text in sorted(lines, key=lambda text: (text.x if text.angle else 0, text.y))) == title
        assert not any(text.room for text in lines), "nothing cuts it when it is drawn"
    heads = [text for text in texts(drawing) if text.target.startswith("goal:")]
    assert apart(heads)
    assert inside(drawing)


@pytest.mark.parametrize("width", WIDTHS)
def test_invented_people_are_marked_on_every_picture(width: float) -> None:
    report = invented.report(6)
    real = msgspec.structs.replace(report, simulated=False)
    for compose in (matrix.compose, position.compose):
        assert said(compose(report, width=width)).count(NOTICE) == 1
        assert NOTICE not in said(compose(real, width=width))


def test_the_notice_does_not_touch_its_border() -> None:
    for drawing in (matrix.compose(invented.report(3)), position.compose(invented.report(3))):
        words = next(text for text in texts(drawing) if text.text == NOTICE)
        left, top, right, bottom = extent.of(words)
        spare = 0.16 * (right - left) / 2  # as much wider as the widest usual face
        frames = [extent.of(shape) for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill == "partly_back" and shape.radius == 13]
        assert any(box[0] + 8 <= left - spare and right + spare <= box[2] - 8 and box[1] + 4 <= top and bottom <= box[3] - 2 for box in frames)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(1, 99), st.booleans(), st.sampled_from([(0.0, 0.0), (430.0, 300.0), (640.0, 520.0), (1400.0, 900.0)]))
def test_the_position_chart_names_what_fits_and_counts_the_rest(groups: int, seed: int, competence: bool, room: tuple[float, float]) -> None:
    report = invented.report(groups, seed)
    drawing = position.compose(report, competence=competence, width=room[0], height=room[1])
    dots = [shape for shape in drawing.shapes if isinstance(shape, Circle)]
    named = [text for text in texts(drawing) if text.target.startswith("group:")]
    assert len(dots) == sum(line.people is not None for line in report.groups) == len(drawing.table) - 1
    assert apart(named)
    assert (len(dots) == len(named)) or f"{len(dots) - len(named)} of {len(dots)} dots" in said(drawing)
    for goal in report.model.goals.values():
        assert goal.title in [text.text for text in texts(drawing) if text.target == f"goal:{goal.name}"], "named where it stands, and whole"


def test_on_paper_the_regions_are_told_apart_in_place() -> None:
    drawing = position.compose(invented.report(0))
    names = [text for text in texts(drawing) if text.target.startswith("goal:")]
    assert len(names) == len(GOALS) and apart(names) and inside(drawing)


def test_a_label_finds_no_place_rather_than_a_taken_one() -> None:
    places = Places((0, 0, 100, 40))
    places.take((0, 0, 100, 40))
    assert places.beside(50, 20, 5, "name", 11, 80) == []


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return simulated(circles(5, CircleSizes(people=90, departments=4, circles=5, days=400)))


def test_a_report_of_nothing_is_a_picture_with_a_next_step() -> None:
    empty = msgspec.structs.replace(invented.report(0, small=0), scores=(), groups=())
    assert isinstance(empty, Report)
    assert "Choose a goal for a group first." in said(matrix.compose(empty))
    assert inside(position.compose(empty))
