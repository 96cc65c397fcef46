"""The second and last module that a plugin's view imports: the window's side of `ViewContext`, and widgets that look like the rest.

from cmdesk.api_qt import Picture, ViewContext

class MyView(QWidget):
    def __init__(self, context: ViewContext) -> None: ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.ui.painting import application as application, face as face, paint as paint, png_bytes as png_bytes, save as save
from cmdesk.ui.table_model import Column as Column, RowsModel as RowsModel
from cmdesk.ui.theme import GRID as GRID, ROW as ROW, Tokens as Tokens, colour as colour
from cmdesk.ui.view_context import Reader as Reader, ViewContext as ViewContext
from cmdesk.ui.widgets.chooser import Chooser as Chooser
from cmdesk.ui.widgets.drawing_view import DrawingView as DrawingView
from cmdesk.ui.widgets.inspector import Sheet as Sheet
from cmdesk.ui.widgets.picture import Picture as Picture
from cmdesk.ui.widgets.plain import (
    box as box,
    button as button,
    column as column,
    label as label,
    line as line,
    scrolled as scrolled,
    tip as tip,
)
from cmdesk.ui.widgets.table import Table as Table, text_table as text_table
from cmdesk.ui.words import as_day as as_day

if TYPE_CHECKING:
    from cmdesk.ui.widgets.what_if_panel import WhatIfPanel as WhatIfPanel
