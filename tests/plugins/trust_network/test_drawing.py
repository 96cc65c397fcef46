"""What is painted: labels never overlap, the picture is the same each time, exports hold legend and counts, and odd communities are drawn too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PySide6.QtGui import QImage, qGray
from PySide6.QtWidgets import QApplication

from cmdesk.core.building import Building
from cmdesk.core.snapshot import Snapshot, StatedTies
from cmdesk.plugins.trust_network import labels, legend, picking, picture, standing_out, unit_matrix, wishes
from cmdesk.plugins.trust_network.camera import Camera, fitted
from cmdesk.plugins.trust_network.labels import Wish
from cmdesk.plugins.trust_network.layers import Layers, paint
from cmdesk.plugins.trust_network.lines import Lines, path_of
from cmdesk.plugins.trust_network.look import Look
from tests.plugins.trust_network.towns import crowds, known, seen, town


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Pixmaps need one."""


spots = st.floats(-50, 900)
wished = st.lists(st.builds(Wish, words=st.text("abcdef ", min_size=1, max_size=30), x=spots, y=spots, away=st.floats(0, 60), middle=st.booleans()), max_size=400)


@settings(deadline=None, max_examples=40)
@given(wished)
def test_labels_never_overlap_and_stay_inside(wishes: list[Wish]) -> None:
    found = labels.place(wishes, lambda words, size, bold: 7.0 * len(words), (800.0, 600.0))
    assert len(found) <= labels.BUDGET
    for number, one in enumerate(found):
        assert one.left >= 0 and one.top >= 0 and one.left + one.width <= 800 and one.top + one.height <= 600
        for other in found[:number]:
            apart = one.left >= other.left + other.width or other.left >= one.left + one.width
            assert apart or one.top >= other.top + other.height or other.top >= one.top + one.height


def test_the_first_wish_gets_its_place() -> None:
    found = labels.place([Wish("first", 100, 100, 4), Wish("second", 101, 100, 4)], lambda words, size, bold: 7.0 * len(words), (800.0, 600.0))
    assert found[0].words == "first" and found[0].left == pytest.approx(108)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 30), st.integers(1, 5000))
def test_lines_keep_every_line(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    place = rng.random((50, 2)) * 100
    i, j = rng.integers(0, 50, (2, count)).astype(np.int32)
    lines = Lines(place, i, j)
    from PySide6.QtCore import QRectF

    paths = list(lines.inside(QRectF(-1, -1, 102, 102)))
    assert sum(path.elementCount() for path in paths) == 2 * count == 2 * lines.count
    far = sum(path.elementCount() for path in lines.inside(QRectF(500, 500, 10, 10)))
    assert far == 0
    assert path_of(np.array([[1.0, 2.0, 3.0, 4.0]])).elementAt(1).x == 3.0


def ink(image: QImage) -> int:
    """How many pixels are not white."""
    small = image.scaled(200, 150)
    return sum(qGray(small.pixel(x, y)) < 250 for x in range(200) for y in range(150))


def shot(snapshot: Snapshot, **changes: object) -> QImage:
    scene = seen(known(snapshot), **changes)
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    paint(Layers(scene), image, fitted(scene.box(), 800, 600), Look())
    return image


ODD = {
    "one circle": town(30, crowds(30)),
    "a star": town(2_000, [(0, k) for k in range(1, 2_000)]),
    "twice and to oneself": town(10, [*crowds(10), *crowds(10), (3, 3)]),
    "no number": town(10, crowds(10), weights=[float("nan")] * 40 + [1.0] * 50),
    "no departments": town(20, crowds(10, 10), units=0),
    "long and turning names": town(6, crowds(6), names=["x" * 10_000, "\u202eabc", "שלום עולם", "a\nb", "<b>&amp;", "🙂" * 500]),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("layout", ["circles", "free"])
def test_odd_communities_are_drawn(name: str, layout: str) -> None:
    first, second = shot(ODD[name], layout=layout), shot(ODD[name], layout=layout)
    assert ink(first) > 20 and first == second


@pytest.mark.parametrize("layout", ["circles", "free"])
def test_a_star_of_20_000_is_drawn(layout: str) -> None:
    """Everybody knows one person: one circle of all, or many that hold nobody back, but never a picture without people."""
    scene = seen(known(town(20_000, [(0, k) for k in range(1, 20_000)], units=0)), layout=layout)
    counts = scene.counts
    assert counts.people + counts.small == 20_000 and counts.people > 10_000 and counts.ties + counts.hidden_ties == 19_999
    assert np.isfinite(scene.place[scene.drawn]).all()
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    paint(Layers(scene), image, fitted(scene.box(), 800, 600), Look())
    assert ink(image) > 200


def test_5_000_people_without_a_tie_are_counted_and_not_drawn() -> None:
    scene = seen(known(town(5_030, crowds(30), units=3)))
    assert (scene.counts.people, scene.counts.loose) == (30, 5_000)
    assert "5,000 more have no tie and are not drawn" in wishes.counted(scene, 0)


@pytest.mark.parametrize("suffix", [".png", ".svg"])
@pytest.mark.parametrize("layout", ["circles", "free", "matrix"])
def test_what_leaves_the_window_says_what_it_is(tmp_path: Path, suffix: str, layout: str) -> None:
    scene = seen(known(town(40, crowds(20, 20))), layout=layout)
    path = tmp_path / f"out{suffix}"
    picture.write(scene, path)
    if suffix == ".svg":
        text = path.read_text("utf-8")
        assert "as of 2025-06-30" in text and "40 people" in text and "Leiden" in text and "<script" not in text and "http://" not in text.replace("http://www.w3.org", "")
        assert layout == "matrix" or ("Department 1 (20)" in text and "strong tie" in text)
        assert text.count("<image") == 0
        again = tmp_path / "again.svg"
        picture.write(scene, again)
        assert again.read_bytes() == path.read_bytes()
    else:
        assert QImage(str(path)).width() == 2800 and ink(QImage(str(path))) > 100


def test_names_are_written_only_where_they_are_shown(tmp_path: Path) -> None:
    facts = known(town(6, crowds(6), names=["Ada", "Bob", "Cem", "Dee", "Eve", "Fay"]))
    for names in (True, False):
        picture.write(seen(facts, names=names), tmp_path / "n.svg", (-10.0, -8.0, 10.0, 8.0))
        assert ("Ada" in (tmp_path / "n.svg").read_text("utf-8")) is names


def test_the_legend_says_what_stands_for_what() -> None:
    scene = seen(known(town(60, crowds(60), units=12)))
    drawn = legend.compose(scene)
    assert [row[0] for row in drawn.table[1:]] == [key.words for key in scene.keys]
    assert {shape.target for shape in drawn.shapes if shape.target} == {f"key:{row}" for row in range(12)}


def test_the_legend_says_what_stands_out_as_counted_from_the_ties() -> None:
    """Circles of 6, 7 and 8 people, each a department of its own but the last, which mixes two; one tie between the first two, three to the last."""
    ties = [*crowds(6, 7, 8), (1, 14), (2, 15)]
    scene = seen(known(town(21, ties, names=[f"p{k}" for k in range(21)], units=3)))
    words = " ".join(standing_out.sentences(scene))
    bands = {frozenset((int(a), int(b))): float(t) for a, b, t, _n in zip(*scene.bands, strict=True)}
    widest = sorted(max(bands, key=bands.__getitem__))
    assert f"Widest band: circles {widest[0] + 1} and {widest[1] + 1}." in words
    pairs = standing_out.touching(scene)
    counted = sum(1 for i, j in zip(scene.ties.i, scene.ties.j, strict=True) if {int(scene.facts.unit[i]), int(scene.facts.unit[j])} == set(pairs[0][:2]))
    assert pairs[0][3] == counted == min(pair[3] for pair in pairs)
    assert set(standing_out.circles(scene)) <= set(range(len(scene.facts.found.size)))
    camera = fitted(scene.box(), 900, 700)
    written = {wish.words.split(" ")[0] for wish in wishes.wishes(scene, camera, np.empty(0, np.int32), None, 4.0, (900.0, 700.0))}
    assert {str(k + 1) for k in standing_out.circles(scene)} <= written, "what the legend speaks of has its number on the map"


def test_nothing_stands_out_where_there_is_nothing_to_compare() -> None:
    assert standing_out.sentences(seen(known(town(8, crowds(8), units=0)))) == []
    assert standing_out.sentences(seen(known(town(8, crowds(3))))) == []


def test_the_matrix_shows_groups_where_the_picture_is_coloured_by_group() -> None:
    building = Building()
    people = [building.person(f"p{k}") for k in range(11)]
    building.group("first", people[:6])
    building.group("second", people[6:])
    pairs = np.array(crowds(6, 5), np.int32)
    stated = StatedTies(pairs[:, 0], pairs[:, 1], np.zeros(len(pairs), np.int32), ("knows",), np.ones(len(pairs)))
    facts = known(replace(building.snapshot(), stated_ties=stated))
    scene = seen(facts, colour="group", layout="matrix")
    mean, ties, people = unit_matrix.means(scene, "group")
    assert people.tolist() == [6, 5] and ties[0, 1] == ties[1, 0] == 1 and mean[0, 1] == pytest.approx(0.5 / 30)
    drawn = unit_matrix.compose(scene)
    assert drawn.title == "Trust between groups" and drawn.table[0][0] == "Group" and "group:0:1" in {getattr(shape, "target", "") for shape in drawn.shapes}


def test_the_matrix_of_a_community_without_departments_says_what_brings_them() -> None:
    drawn = unit_matrix.compose(seen(known(town(8, crowds(8), units=0)), layout="matrix"))
    assert len(drawn.table) == 1 and "import a spreadsheet" in " ".join(getattr(shape, "text", "") for shape in drawn.shapes)


def test_a_part_of_the_map_counts_who_lies_outside(tmp_path: Path) -> None:
    scene = seen(known(town(30, crowds(10, 20))))
    x, y = scene.place[0].tolist()
    part = (x - 0.1, y - 0.1, x + 0.1, y + 0.1)
    assert any(line == "A part of the map: 29 people lie outside." for line in picture.notes(scene, 1, part))
    assert not any("part of the map" in line for line in picture.notes(scene, 1))
    picture.write(scene, tmp_path / "part.svg", part)
    picture.write(scene, tmp_path / "all.svg")
    assert "29 people lie outside" in (tmp_path / "part.svg").read_text("utf-8") and "lie outside" not in (tmp_path / "all.svg").read_text("utf-8")


def test_the_matrix_means_are_per_pair_of_people() -> None:
    scene = seen(known(town(10, [(0, 1), (1, 0), (0, 5), (5, 0), *crowds(10)], units=2)))
    mean, ties, people = unit_matrix.means(scene)
    assert people.tolist() == [5, 5] and ties.tolist() == [[10, 25], [25, 10]]
    assert mean.tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert len(unit_matrix.compose(scene).table) == 4


def test_a_lasso_holds_who_is_inside() -> None:
    scene = seen(known(town(30, crowds(30))))
    camera = fitted(scene.box(), 800, 600)
    assert len(picking.within(scene, camera, [(0, 0), (800, 0), (800, 600), (0, 600)])) == 30
    assert len(picking.within(scene, camera, [(0, 0), (5, 0), (5, 5)])) == 0
    x, y = camera.screen(scene.place[7]).tolist()
    assert picking.within(scene, camera, [(x - 2, y - 2), (x + 2, y - 2), (x + 2, y + 2), (x - 2, y + 2)]).tolist() == [7]
    assert picking.person_at(scene, camera, x, y, 3.0) == 7


@given(st.floats(0.1, 100), st.floats(-500, 500), st.floats(-500, 500), st.floats(0.2, 5))
def test_zooming_keeps_what_is_under_the_pointer(scale: float, x: float, y: float, factor: float) -> None:
    camera = Camera(scale, x, y)
    before, after = camera.world(120, 90), camera.zoomed(factor, 120, 90).world(120, 90)
    assert np.allclose(before, after, atol=1e-6)
