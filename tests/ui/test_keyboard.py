"""Everything is reached by Tab, and the picture of a page with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from cmdesk.ui.widgets.drawing_view import DrawingView
from cmdesk.ui.widgets.table import Table
from tests.ui.conftest import Driver


def reached(window: QWidget) -> list[QWidget]:
    """What Tab comes to, in its order."""
    found, here = [], window.nextInFocusChain()
    while here is not window:
        if here.isVisible() and here.isEnabled() and here.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(here)
        here = here.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", ["overview", "members", "groups", "goals", "network", "assessments", "imports", "plugins", "preferences", "import"])
def test_tab_reaches_every_control_of_a_page(desk: Driver, name: str) -> None:
    desk.go(name)
    page = desk.window.pages.page()
    assert page is not None
    way = reached(desk.window)
    controls = [
        each
        for kind in (QAbstractButton, QComboBox, QLineEdit, Table, DrawingView)
        for each in page.findChildren(kind)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    lost = [each for each in controls if each not in way and not each.window().focusProxy() and each.objectName() != "qt_spinbox_lineedit"]
    assert controls and lost == []
    for each in (*page.findChildren(Table), *page.findChildren(DrawingView)):
        if each.isVisible():
            assert each in way and each.accessibleName(), "a table or picture is walked by keyboard, and has a name"
