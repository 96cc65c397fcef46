"""A drawing on screen: what lies under the pointer, the walk by keyboard, the table, the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cmdesk.core.drawing import Circle, Drawing, Path, Rect, Text
from cmdesk.ui import theme
from cmdesk.ui.widgets.drawing_view import DrawingView
from cmdesk.ui.widgets.picture import Picture
from cmdesk.ui.widgets.table import Table

DRAWING = Drawing(
    width=300, height=200, title="Three things",
    shapes=(
        Rect(x=10, y=10, width=80, height=40, fill="accent/20", tip="the first", target="cell:1"),
        Text(x=12, y=30, text="one <b>", size=12),
        Rect(x=110, y=10, width=80, height=40, fill="fits", target="cell:2"),
        Circle(x=50, y=150, radius=30, fill="partly", tip="below", target="cell:3"),
        Path(points=((0.0, 100.0), (300.0, 100.0)), tip="a line"),
    ),
    table=(("Name", "Value"), ("one", "1"), ("two", "2")),
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> DrawingView:
    made = DrawingView(DRAWING)
    qtbot.addWidget(made)
    made.resize(320, 220)
    made.show()
    return made


def test_a_click_means_the_front_most_target(qtbot: QtBot, view: DrawingView) -> None:
    for target in ("cell:1", "cell:2", "cell:3"):
        with qtbot.waitSignal(view.activated) as clicked:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of(target))
        assert clicked.args == [target]


def test_a_circle_is_round_and_nothing_is_nothing(view: DrawingView) -> None:
    assert view.spot_at(QPointF(22, 122)) == -1
    assert view.spot_at(QPointF(50, 150)) >= 0
    assert view.spot_at(QPointF(280, 180)) == -1


def test_the_keyboard_walks_and_opens(qtbot: QtBot, view: DrawingView) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[str] = []
    view.pointed.connect(visited.append)
    opened: list[str] = []
    view.activated.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    if visited == ["cell:1"]:  # without window focus the first key comes to the first target
        qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["cell:2"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.accessibleDescription() == "the first"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert opened == ["cell:2", "cell:3"]


def test_a_narrow_view_shrinks_and_zoom_keeps_the_place(qtbot: QtBot, view: DrawingView) -> None:
    view.resize(200, 220)
    assert view.horizontalScrollBar().maximum() == 0
    place = QPointF(view.place_of("cell:2"))
    view.zoom_by(3, place)
    assert abs(view.place_of("cell:2").x() - place.x()) <= 3
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.horizontalScrollBar().maximum() == 0


def test_it_is_painted_and_follows_the_theme(qtbot: QtBot, view: DrawingView) -> None:
    def green() -> str:
        place = view.place_of("cell:2")
        return view.grab().toImage().pixelColor(place).name()

    theme.apply(QGuiApplication.instance(), "light")  # type: ignore[arg-type]
    assert green() == theme.LIGHT.fits
    theme.apply(QGuiApplication.instance(), "dark")  # type: ignore[arg-type]
    assert green() == theme.DARK.fits
    theme.apply(QGuiApplication.instance(), "light")  # type: ignore[arg-type]


def test_copying_gives_picture_and_table(qtbot: QtBot, view: DrawingView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.text() == "Name\tValue\none\t1\ntwo\t2"


def test_every_picture_has_its_table(qtbot: QtBot) -> None:
    picture = Picture()
    qtbot.addWidget(picture)
    picture.set_drawing(DRAWING)
    picture.resize(400, 300)
    picture.show()
    picture.turn()
    table = picture.findChild(Table)
    assert table is not None and table.isVisible() and not picture.view.isVisible()
    assert table.as_text().splitlines() == ["Name\tValue", "one\t1", "two\t2"]
    assert table.accessibleName() == "Three things"
    picture.turn()
    assert picture.view.isVisible()
