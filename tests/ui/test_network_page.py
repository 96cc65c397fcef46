"""Network: used by mouse and key on the real page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from cmdesk.core import history
from cmdesk.core.community import Community
from cmdesk.ui import theme
from cmdesk.ui.session import Period
from tests.ui.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Page:
    """The page as a person uses it."""

    def __init__(self, desk: Driver) -> None:
        self.desk = desk
        page = desk.go("network")
        desk.idle()
        self.widget = next(each for each in page.findChildren(QWidget) if type(each).__name__ == "NetworkPage")  # type: ignore[attr-defined]
        self.canvas = self.widget.canvas

    @property
    def scene(self):  # type: ignore[no-untyped-def]
        return self.widget.scene

    def spot(self, person: int) -> QPoint:
        x, y = self.canvas.camera.screen(self.scene.place[person]).tolist()
        return QPoint(round(x), round(y))

    def clear_of(self, person: int) -> bool:
        """Nobody else under that pixel."""
        from cmdesk.plugins.trust_network import picking

        at = self.spot(person)
        return picking.person_at(self.scene, self.canvas.camera, at.x(), at.y(), 4.0) == person

    def somebody(self) -> int:
        """A person with neighbours, free of others."""
        return next(row for row in self.scene.rows.tolist() if len(self.scene.neighbours(row)) > 1 and self.clear_of(row))

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        self.desk.qtbot.mouseClick(self.canvas, LEFT, keys, at)
        self.desk.idle()

    def drag(self, *places: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        bot = self.desk.qtbot
        bot.mousePress(self.canvas, LEFT, keys, places[0])
        for place in places[1:]:
            bot.mouseMove(self.canvas, place)
        bot.mouseRelease(self.canvas, LEFT, keys, places[-1])
        self.desk.idle()

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        self.desk.qtbot.keyClick(self.canvas, key, keys)
        self.desk.idle()

    def choose(self, box: str, value: object) -> None:
        """Choose an entry of a chooser as the keyboard does."""
        chooser = getattr(self.widget.controls, box)
        chooser.setCurrentIndex(chooser.findData(value))
        chooser.activated.emit(chooser.currentIndex())
        self.desk.idle()


@pytest.fixture
def page(desk: Driver) -> Page:
    return Page(desk)


def inspected(page: Page) -> str:
    sheet = page.desk.window.inspector.sheet
    assert sheet is not None
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_the_page_says_what_a_circle_is_and_counts_what_it_shows(page: Page) -> None:
    shown = page.desk.window.pages.page()
    assert shown is not None and shown.sentence.text().startswith("Circles are people")
    counts = page.scene.counts
    assert f"{counts.people} people" in page.widget.foot.counts.text() and page.widget.foot.counts.isVisible()
    assert not page.desk.failures


def test_a_click_selects_and_lights_the_neighbours_up(page: Page) -> None:
    person = page.somebody()
    page.click(page.spot(person))
    people, ties = page.canvas.lights()
    assert set(np.flatnonzero(people)) == {person, *page.scene.neighbours(person).tolist()}
    assert set(ties.tolist()) == set(page.scene.ties_of(person).tolist())
    assert page.scene.label(person) in inspected(page)
    page.choose("steps", 2)
    wider, _ties = page.canvas.lights()
    assert wider.sum() >= people.sum() and (wider | people == wider).all()
    page.key(Qt.Key.Key_Escape)
    assert page.canvas.lights() is None


def test_hovering_dims_the_rest_until_the_pointer_leaves(page: Page) -> None:
    person = page.somebody()
    page.desk.qtbot.mouseMove(page.canvas, page.spot(person))
    assert page.canvas.hover == person and page.canvas.lights() is not None
    page.desk.qtbot.mouseMove(page.canvas, QPoint(2, 2))
    assert page.canvas.hover == -1 and page.canvas.lights() is None


def test_drag_pans_wheel_zooms_and_0_shows_all(page: Page) -> None:
    before = page.canvas.camera
    page.drag(QPoint(5, 5), QPoint(40, 30), QPoint(65, 45))
    assert page.canvas.camera.scale == before.scale and (page.canvas.camera.x, page.canvas.camera.y) == (before.x + 60, before.y + 40)
    place = QPointF(100, 100)
    turn = QWheelEvent(place, page.canvas.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False)
    under = page.canvas.camera.world(100, 100)
    QApplication.sendEvent(page.canvas, turn)
    assert page.canvas.camera.scale > before.scale and np.allclose(page.canvas.camera.world(100, 100), under)
    page.key(Qt.Key.Key_0)
    assert page.canvas.camera == before


def test_box_and_lasso_select_who_is_inside(page: Page) -> None:
    size = page.canvas.size()
    page.drag(QPoint(1, 1), QPoint(50, 50), QPoint(size.width() - 2, size.height() - 2), keys=Qt.KeyboardModifier.ShiftModifier)
    assert len(page.scene.chosen()) == page.scene.counts.people
    page.desk.qtbot.mouseClick(page.widget.foot.tools["lasso"], LEFT)
    at = page.spot(page.somebody())
    page.drag(*(at + QPoint(x, y) for x, y in ((-6, -6), (6, -6), (6, 6), (-6, 6), (-6, -6))))
    assert 1 <= len(page.scene.chosen()) < page.scene.counts.people


def test_the_keyboard_walks_from_person_to_neighbour(page: Page) -> None:
    page.canvas.setFocus()
    page.key(Qt.Key.Key_Right)
    first = page.canvas.focus
    assert first in page.scene.rows
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
        here = page.canvas.focus
        page.key(key)
        assert page.canvas.focus == here or page.canvas.focus in page.scene.neighbours(here)
        assert page.canvas.accessibleDescription() == page.scene.label(page.canvas.focus)
    page.key(Qt.Key.Key_Return)
    assert page.scene.chosen().tolist() == [page.canvas.focus]


def test_the_threshold_tells_how_many_ties_it_keeps(page: Page) -> None:
    page.widget.controls.slider.setValue(60)
    page.desk.idle()
    kept = int((page.scene.facts.every.weight >= 0.6).sum())
    assert f"keeps {kept:,} of" in page.widget.controls.kept.text()
    assert (page.scene.ties.weight >= 0.6 - 1e-9).all() and page.scene.counts.ties <= kept


def test_kinds_of_exchange_and_kinds_of_trust(page: Page) -> None:
    every = len(page.scene.facts.every.i)
    menu = QMenu()
    page.widget.controls.fill_kinds(menu)
    reactions = next(action for action in menu.actions() if action.text() == "Reactions")
    reactions.trigger()
    page.desk.idle()
    assert "reaction" not in page.widget.trail.now.kinds and len(page.scene.facts.every.i) <= every
    page.choose("trusts", "competence")
    assert page.scene.facts.trust == "competence"
    page.choose("trusts", "asked")
    assert page.widget.scene is None and page.widget.words.isVisible() and "another kind of trust" in page.widget.words.text()
    page.choose("trusts", "relational")
    assert page.scene is not None and page.scene.facts.trust == "relational"


def test_a_key_of_the_legend_filters_and_its_chip_takes_it_away(page: Page) -> None:
    people = page.scene.counts.people
    view = page.widget.legend.view
    page.desk.qtbot.mouseClick(view.viewport(), LEFT, pos=view.place_of("key:0"))
    page.desk.idle()
    assert page.scene.counts.people < people and page.scene.counts.filtered > 0 and len(page.widget.filters.chips) == 1
    assert "hidden by filters" in page.widget.foot.counts.text()
    page.desk.qtbot.mouseClick(page.widget.filters.chips[0], LEFT)
    page.desk.idle()
    assert page.scene.counts.people == people and not page.widget.filters.chips


def test_back_and_forward_walk_through_views_then_through_pages(page: Page) -> None:
    page.choose("colours", "circle")
    page.choose("layouts", "free")
    assert page.scene.choice.layout == "free" and page.scene.facts.free is not None
    window = page.desk.window
    window.pages.back()
    assert page.scene.choice.layout == "circles" and page.scene.choice.colour == "circle"
    window.pages.forward()
    assert page.scene.choice.layout == "free"
    window.pages.back()
    window.pages.back()
    assert page.scene.choice.colour == "unit" and window.pages.name == "network"
    window.pages.back()
    assert window.pages.name != "network"


def test_a_named_view_is_kept_in_the_file_and_can_be_undone(page: Page) -> None:
    page.choose("colours", "role")
    page.canvas.zoom(2.0)
    page.widget.foot.view_kept.emit("My  view")
    page.desk.idle()
    page.choose("colours", "unit")
    menu = QMenu()
    page.widget.foot.fill(menu)
    next(action for action in menu.actions() if action.text() == "My view").trigger()
    page.desk.idle()
    assert page.scene.choice.colour == "role"
    community = page.desk.window.session.current()
    assert history.undo(community) == "View kept: My view"
    page.widget.foot.fill(menu)
    assert [action.text() for action in menu.actions()] == ["Keep this view …"]


def test_search_centres_and_names_first(page: Page) -> None:
    person = page.scene.rows[-1]
    page.desk.qtbot.keyClicks(page.widget.controls.search, page.scene.facts.snapshot.people.name[person])
    page.desk.qtbot.keyClick(page.widget.controls.search, Qt.Key.Key_Return)
    page.desk.idle()
    at = page.spot(page.canvas.focus)
    assert abs(at.x() - page.canvas.width() / 2) < 3 and abs(at.y() - page.canvas.height() / 2) < 3
    assert page.scene.label(page.canvas.focus) in [label.words for label in page.canvas.writer.written]


def test_the_table_is_linked_both_ways(page: Page) -> None:
    page.desk.qtbot.mouseClick(page.widget.foot.switch, LEFT)
    table = page.widget.linked.table
    assert table is not None and table.rows.rowCount() == page.scene.counts.people
    assert "Contacts" not in table.as_text().splitlines()[0], "names are shown, so no measure"
    person = page.somebody()
    page.click(page.spot(person))
    assert page.widget.linked.table.current().id == person
    other = page.widget.linked.table.rows.id_at(0 if page.widget.linked.table.rows.row_of(person) else 1)
    page.widget.linked.table.choose(other)
    page.desk.idle()
    assert page.scene.chosen().tolist() == [other]


def test_pseudonyms_bring_sizes_and_take_names(page: Page) -> None:
    assert not page.widget.controls.sizes.isEnabled()
    page.desk.window.session.show_names(False)
    page.desk.idle()
    page.choose("sizes", "contacts")
    assert len(set(page.scene.size.tolist())) > 1
    names = set(page.scene.facts.snapshot.people.name)
    assert page.scene.label(int(page.scene.rows[0])) not in names
    page.desk.window.session.show_names(True)
    page.desk.idle()
    assert set(page.scene.size.tolist()) == {1.0}


def test_a_double_click_opens_a_circle(page: Page) -> None:
    found = page.scene.facts.found
    circle = int(page.scene.rows[0]) and int(found.label[page.scene.rows[0]])
    x, y = page.canvas.camera.screen(found.centre[circle]).tolist()
    page.desk.qtbot.mouseDClick(page.canvas, LEFT, pos=QPoint(round(x), round(y)))
    page.desk.idle()
    assert found.radius[circle] * page.canvas.camera.scale > 60
    words = inspected(page)
    assert "People" in words and not [name for name in page.scene.facts.snapshot.people.name if len(name) > 3 and name in words]


def test_another_period_draws_another_map(page: Page) -> None:
    before = page.scene
    page.desk.window.session.set_period(Period(date(2023, 3, 1), 90))
    page.desk.idle()
    assert page.widget.scene is not before


def test_an_empty_community_says_what_brings_circles(empty_desk: Driver, tmp_path: Path) -> None:
    Community.create(tmp_path / "empty.cmdesk", "Empty").close()
    empty_desk.window.tasks.open_path(tmp_path / "empty.cmdesk")
    empty_desk.idle()
    page = Page(empty_desk)
    assert page.widget.words.isVisible() and "import an export" in page.widget.words.text()


def test_an_import_that_lands_while_the_page_is_open_shows(page: Page, tmp_path: Path) -> None:
    from cmdesk.core import importing

    before = page.scene
    (tmp_path / "ties.csv").write_text("source,target,weight\n" + "".join(f"n{a},n{b},1\n" for a in range(6) for b in range(6) if a != b))
    session = page.desk.window.session
    session.long("Importing", lambda community, _progress: importing.run(community, [tmp_path / "ties.csv"]))
    page.desk.idle()
    page.desk.qtbot.waitUntil(lambda: page.widget.scene is not before, timeout=20_000)
    page.desk.idle()
    assert len(page.scene.facts.snapshot.people) == len(before.facts.snapshot.people) + 6 and not page.desk.failures


@pytest.mark.parametrize("size", [(300, 200), (7680, 4320)])
def test_any_window_is_drawn(page: Page, size: tuple[int, int]) -> None:
    page.canvas.setParent(None)
    page.canvas.resize(*size)
    page.canvas.show()
    page.canvas.finish()
    image = page.canvas.grab().toImage()
    assert image.width() >= size[0] and not page.canvas.broken and not page.desk.failures
    page.canvas.hide()
    page.canvas.deleteLater()


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_the_theme_is_followed(page: Page, choice: str, app: QApplication) -> None:
    theme.apply(app, choice)
    try:
        page.desk.idle()
        page.canvas.finish()
        corner = page.canvas.grab().toImage().pixelColor(1, 1)
        assert corner == theme.colour("surface")
    finally:
        theme.apply(app, "light")


def test_a_picture_that_cannot_be_painted_is_told_once(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    from cmdesk.plugins.trust_network import layers

    def broken(*_args: object, **_more: object) -> object:
        raise ValueError("no colour")

    monkeypatch.setattr(layers.Layers, "steps", broken)
    for _frame in range(3):
        page.canvas.zoom(1.1)
        page.canvas.repaint()
        page.desk.qtbot.waitUntil(lambda: bool(page.canvas.broken and page.desk.failures), timeout=20_000)
    assert len(page.desk.failures) == 1 and "trust_network failed" in page.desk.failures[0]
    monkeypatch.undo()
    page.choose("colours", "circle")
    page.canvas.repaint()
    assert not page.canvas.broken


def test_cancelling_the_refinement_keeps_the_picture(page: Page) -> None:
    before = page.scene.place.copy()
    page.widget.controls.layouts.setCurrentIndex(1)
    page.widget.controls.layouts.activated.emit(1)
    for job in page.desk.window.session.jobs.running():
        job.cancel()
    page.desk.idle()
    assert page.scene.choice.layout == "free" and not page.desk.failures
    if page.scene.facts.free is None:
        assert np.array_equal(page.scene.place, before, equal_nan=True)
    page.choose("layouts", "circles")
    assert np.array_equal(page.scene.place, before, equal_nan=True)


@pytest.mark.timeout(600)
def test_the_community_can_be_closed_200_times_during_layout(empty_desk: Driver, tmp_path: Path) -> None:
    """At any moment: before the job begins, while it works, when its result is on the way."""
    from cmdesk.core import importing

    path, window, rng = tmp_path / "c.cmdesk", empty_desk.window, np.random.default_rng(7)
    (tmp_path / "ties.csv").write_text("source,target,weight\n" + "".join(f"n{a},n{b},1\n" for a in range(12) for b in range(12) if a != b))
    with Community.create(path, "Twelve") as community:
        importing.run(community, [tmp_path / "ties.csv"])
    window.tasks.open_path(path)
    empty_desk.idle()
    page = Page(empty_desk)
    for _time in range(200):
        page.widget.controls.layouts.setCurrentIndex(1)
        page.widget.controls.layouts.activated.emit(1)
        page.desk.qtbot.wait(int(rng.integers(0, 25)))
        window.session.close_community()
        QApplication.processEvents()
        window.tasks.open_path(path)
        page.desk.qtbot.waitUntil(lambda: window.session.community is not None, timeout=20_000)
        window.show_page("network")
        page.widget = next(each for each in window.pages.page().findChildren(QWidget) if type(each).__name__ == "NetworkPage")
    page.desk.idle()
    again = Page(page.desk)
    again.choose("layouts", "free")
    assert again.scene.facts.free is not None and not page.desk.failures
