"""Beside the map, by mouse and key: the inspector, the periods, what-if questions, and what leaves the page."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cmdesk.core import dump
from cmdesk.core.community import Community
from cmdesk.ui.widgets.what_if_panel import WhatIfPanel
from tests.ui.conftest import Driver
from tests.ui.test_network_page import LEFT, Page

MEASURE = re.compile(r"\b0[.,]\d\d\b")


@pytest.fixture
def page(desk: Driver) -> Page:
    return Page(desk)


@pytest.fixture
def coded(desk: Driver) -> Page:
    """Under pseudonyms."""
    desk.window.session.show_names(False)
    desk.idle()
    return Page(desk)


def sheet(desk: Driver) -> QWidget:
    found = desk.window.inspector.sheet
    assert found is not None and desk.window.inspector.isVisible()
    return found


def words(desk: Driver) -> str:
    found = sheet(desk)
    return "\n".join(each.text() for kind in (QLabel, QPushButton) for each in found.findChildren(kind) if not each.isHidden())


def names_of(desk: Driver) -> list[str]:
    with desk.window.session.current().reading() as connection:
        return [row[0] for row in connection.execute("SELECT name FROM members WHERE length(name) > 3")]


def state(desk: Driver) -> list[str]:
    with desk.window.session.current().reading() as connection:
        return list(dump.text(connection))


def press(desk: Driver, button: QPushButton) -> None:
    desk.qtbot.mouseClick(button, LEFT)
    desk.idle()


# inspector


def test_a_click_tells_of_a_person_and_a_line_leads_to_the_tie(desk: Driver, coded: Page) -> None:
    person = coded.somebody()
    coded.click(coded.spot(person))
    told = words(desk)
    code = coded.scene.facts.snapshot.people.code
    assert told.startswith(code[person]) and "First seen" in told and MEASURE.search(told)
    assert not [name for name in names_of(desk) if name in told]
    other = next(each for each in sheet(desk).findChildren(QPushButton) if each.text().startswith("P-"))
    press(desk, other)
    told = words(desk)
    assert " and " in told.splitlines()[0] and "Both directions" in told and "brings to R" in told
    ends = [each for each in sheet(desk).findChildren(QPushButton) if each.text() in code]
    assert len(ends) == 2
    name = ends[1].text()
    press(desk, ends[1])
    assert words(desk).splitlines()[0] == name and "First seen" in words(desk)
    assert desk.failures == []


def test_with_names_no_measure_stands_beside_them(desk: Driver, page: Page) -> None:
    person = page.somebody()
    page.click(page.spot(person))
    assert page.scene.facts.snapshot.people.name[person] in words(desk)
    assert not MEASURE.search(words(desk)) and "Strong ones" not in words(desk)
    i, j = int(page.scene.ties.i[0]), int(page.scene.ties.j[0])
    page.widget.beside.tie(i, j)
    desk.idle()
    assert "under pseudonyms only" in words(desk) and not MEASURE.search(words(desk))
    desk.window.session.show_names(False)
    desk.idle()
    page.widget.beside.tie(i, j)
    desk.idle()
    assert MEASURE.search(words(desk))


def test_a_circle_tells_its_goal_fit_and_names_nobody(desk: Driver, page: Page) -> None:
    page.widget.open_circle(0)
    desk.idle()
    told = words(desk)
    assert told.startswith("Circle 1") and "Density of trust" in told and "Goal fit" in told and "As if this circle were a group" in told
    assert not [name for name in names_of(desk) if name in told]


def test_a_cell_of_the_matrix_tells_of_the_gap(desk: Driver, page: Page) -> None:
    page.choose("layouts", "matrix")
    view = page.widget.matrix.view
    target = next(each for each in view.targets() if re.fullmatch(r"unit:0:1", each))
    desk.qtbot.mouseClick(view.viewport(), LEFT, pos=view.place_of(target))
    desk.idle()
    assert words(desk).startswith("Between ") and "What bridges it" in words(desk) and "Who could" in words(desk)
    assert not [name for name in names_of(desk) if name in words(desk)]
    page.widget.beside.gap("unit:0:0")
    desk.idle()
    assert "people" in words(desk).splitlines()[0]


def test_fewer_than_five_people_together_are_told_nothing_of(desk: Driver, coded: Page) -> None:
    rows = coded.scene.rows
    coded.widget.select(rows[:3])
    desk.idle()
    assert "Of fewer than five people nothing is told" in words(desk) and not MEASURE.search(words(desk))
    coded.widget.select(rows[:8])
    desk.idle()
    assert "Density of trust" in words(desk)


# over time


def test_the_periods_by_slider_key_and_play(desk: Driver, page: Page) -> None:
    press(desk, page.widget.over_time)
    panel = page.widget.time.panel
    assert panel.isVisible() and not page.canvas.isVisible()
    last = panel.slider.maximum()
    assert last >= 3 and panel.number == last
    places = panel.now.scene.place.copy()
    desk.qtbot.keyClick(panel.slider, Qt.Key.Key_Left)
    desk.idle()
    assert panel.number == last - 1
    assert np.array_equal(panel.now.scene.place, places, equal_nan=True), "people keep their place"
    assert len(panel.now.scene.ties.i) != 0
    panel.setFocus()
    panel._timer.setInterval(10)
    desk.qtbot.keyClick(panel, Qt.Key.Key_Space)
    assert panel.playing()
    desk.qtbot.waitUntil(lambda: not panel.playing(), timeout=10_000)
    assert panel.number == last
    press(desk, page.widget.over_time)
    assert page.canvas.isVisible() and not panel.isVisible()
    assert desk.failures == []


def test_side_by_side_shows_two_periods_at_one_place_and_the_table_adds_up(desk: Driver, page: Page) -> None:
    press(desk, page.widget.over_time)
    panel = page.widget.time.panel
    press(desk, panel.beside)
    press(desk, panel.changed)
    assert panel.before.isVisible() and panel.before.camera == panel.now.camera
    desk.qtbot.keyClick(panel.now, Qt.Key.Key_Plus)
    desk.idle()
    assert panel.before.camera == panel.now.camera
    rows = [line.split("\t") for line in panel.table.as_text().splitlines()]
    frames = panel.stage.frames
    assert rows[0][1:] == ["ties before", "new", "lost", "kept", "ties after"]
    assert int(rows[1][1]) == len(frames[-2]) and int(rows[1][5]) == len(frames[-1])
    panel.since.setCurrentIndex(1)
    panel.since.activated.emit(1)
    desk.idle()
    assert panel.table.as_text().splitlines()[1].split("\t")[1] == str(len(frames[0]))
    assert len(panel.before.scene.ties.i) <= len(frames[0])


def test_a_selected_person_is_followed_and_nothing_is_worked_out_again(desk: Driver, coded: Page) -> None:
    press(desk, coded.widget.over_time)
    panel = coded.widget.time.panel
    before = panel.stage.frames
    row = int(panel.now.scene.rows[0])
    x, y = panel.now.camera.screen(panel.now.scene.place[row]).tolist()
    desk.qtbot.mouseClick(panel.now, LEFT, pos=QPoint(round(x), round(y)))
    desk.idle()
    desk.qtbot.wait(400)
    desk.idle()
    chosen = panel.now.scene.chosen().tolist()
    assert len(chosen) == 1 and panel.stage.frames is before
    assert words(desk).splitlines()[0] == coded.scene.facts.snapshot.people.code[chosen[0]]


# what if


def test_what_if_moves_the_map_and_the_fit_and_leaves_no_trace(desk: Driver, coded: Page) -> None:
    before, people = state(desk), coded.scene.counts.people
    person = coded.somebody()
    coded.click(coded.spot(person))
    press(desk, coded.widget.ask)
    panel = sheet(desk)
    assert isinstance(panel, WhatIfPanel) and panel.deeds["leave"].isEnabled(), "who is selected is picked"
    press(desk, panel.deeds["leave"])
    assert coded.scene.counts.people == people - 1 and not coded.scene.drawn[person]
    assert panel.rows and "nothing is changed" in coded.widget.foot.counts.text()
    assert np.array_equal(coded.scene.facts.found.place, coded.widget.facts.found.place, equal_nan=True)
    assert coded.widget.real_scene().counts.people == people, "what leaves the page is what is"
    press(desk, panel.start_again)
    assert coded.scene.counts.people == people
    panel.pick_people([int(coded.scene.facts.snapshot.people.id[person])])
    desk.idle()
    press(desk, panel.deeds["leave"])
    assert coded.scene.counts.people == people - 1
    desk.window.inspector.close_it()
    desk.qtbot.waitUntil(lambda: coded.widget.beside.supposed is None, timeout=5_000)
    assert coded.scene.counts.people == people and state(desk) == before and desk.failures == []


def test_while_a_question_is_open_a_click_picks_and_a_tie_shows_at_once(desk: Driver, coded: Page) -> None:
    press(desk, coded.widget.ask)
    panel = sheet(desk)
    assert isinstance(panel, WhatIfPanel)
    scene = coded.scene
    one = coded.somebody()
    other = next(row for row in scene.rows.tolist() if row != one and row not in scene.neighbours(one).tolist() and coded.clear_of(row))
    coded.click(coded.spot(one))
    coded.click(coded.spot(other))
    assert sheet(desk) is panel and len(panel._picked) == 2
    press(desk, panel.deeds["tie"])
    assert other in coded.scene.neighbours(one).tolist()


def test_a_circle_becomes_a_group(desk: Driver, coded: Page) -> None:
    coded.widget.open_circle(0)
    desk.idle()
    press(desk, next(each for each in sheet(desk).findChildren(QPushButton) if each.text().startswith("What if it were")))
    panel = sheet(desk)
    assert isinstance(panel, WhatIfPanel)
    press(desk, panel.deeds["circle"])
    new = [row for row in panel.rows if row.new]
    assert len({row.goal for row in new}) == 8 and any(row.after is not None for row in new)


# out


def entries(page: Page) -> dict[str, object]:
    page.widget.out.fill(page.widget.out)
    return {action.text(): action for action in page.widget.out.actions() if action.text()}


def write(desk: Driver, page: Page, begins: str) -> None:
    action = next(action for text, action in entries(page).items() if text.startswith(begins))
    action.trigger()  # type: ignore[attr-defined]
    desk.idle()


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_picture_leaves_the_page(desk: Driver, coded: Page, tmp_path: Path, answer_save: Callable[[Path], None], kind: str) -> None:
    out = tmp_path / f"network.{kind}"
    answer_save(out)
    write(desk, coded, "This picture")
    assert "network" in desk.window.messages.text.text()
    if kind == "png":
        assert not QImage(str(out)).isNull()
    else:
        text = "".join(ElementTree.fromstring(out.read_text("utf-8")).itertext())
        assert not [name for name in names_of(desk) if name in text]
    press(desk, coded.widget.over_time)
    write(desk, coded, "This picture")
    assert out.stat().st_size > 10_000 and desk.failures == []


@pytest.mark.parametrize("names", [True, False])
def test_tables_follow_the_names_switch(desk: Driver, tmp_path: Path, answer_save: Callable[[Path], None], names: bool) -> None:
    desk.window.session.show_names(names)
    desk.idle()
    page = Page(desk)
    answer_save(tmp_path / "people.csv")
    write(desk, page, "People of the network")
    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ("ties" in rows[0]) is not names
    assert {row["person"] for row in rows} <= set(names_of(desk) if names else page.scene.facts.snapshot.people.code)


def test_the_periods_leave_the_page_as_numbered_pictures(desk: Driver, page: Page, tmp_path: Path, answer_save: Callable[[Path], None]) -> None:
    answer_save(tmp_path / "film")
    write(desk, page, "Network, period by period")
    with zipfile.ZipFile(tmp_path / "film.zip") as film:
        assert film.namelist()[0] == "network-01.png" and film.namelist()[-1] == "periods.txt"


def test_the_menu_opens_by_key(desk: Driver, page: Page) -> None:
    page.widget.out.opener.setFocus()
    desk.qtbot.keyClick(page.widget.out.opener, Qt.Key.Key_Space)
    assert page.widget.out.isVisible() and len(entries(page)) >= 4
    page.widget.out.close()


# edges


def small(desk: Driver, path: Path, people: int) -> Page:
    from cmdesk.core import importing

    rows = ["source,target,weight", *(f"p{k},p{(k + 1) % people},1" for k in range(people) if people > 1)]
    table = path / "ties.csv"
    table.write_text("\n".join(rows) + "\n")
    with Community.create(path / "small.cmdesk", "Small") as community:
        if people > 1:
            importing.run(community, [table])
    desk.window.tasks.open_path(path / "small.cmdesk")
    desk.idle()
    return Page(desk)


@pytest.mark.parametrize("people", [0, 2, 7])
def test_communities_without_messages_open_every_side_of_the_page(empty_desk: Driver, tmp_path: Path, people: int) -> None:
    page = small(empty_desk, tmp_path, people)
    press(empty_desk, page.widget.over_time)
    press(empty_desk, page.widget.ask)
    press(empty_desk, page.widget.over_time)
    entries(page)
    if page.scene is not None and len(page.scene.rows) > 1:
        page.widget.select(page.scene.rows[:1])
        page.widget.beside.tie(0, 1)
        empty_desk.idle()
    assert empty_desk.failures == []


def test_an_import_that_lands_while_the_periods_show(desk: Driver, page: Page, tmp_path: Path) -> None:
    from cmdesk.core import importing

    press(desk, page.widget.over_time)
    stage = page.widget.time.panel.stage
    table = tmp_path / "ties.csv"
    table.write_text("source,target,weight\nnew1,new2,1\n")
    desk.window.session.long("Import", lambda community, progress: importing.run(community, [table]))
    desk.idle()
    desk.qtbot.waitUntil(lambda: page.widget.time.panel.stage is not stage, timeout=20_000)
    desk.idle()
    assert desk.failures == []
