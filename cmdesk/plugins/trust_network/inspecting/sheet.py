"""A told sheet in the window's inspector: lines that lead on are links, many of them a table to walk by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from cmdesk.api import _
from cmdesk.api_qt import ROW, Sheet, Table, ViewContext, button, label, text_table

from .telling import Line, Section, Told

FEW = 12
"""Lines up to which each is a link of its own."""
_TALL = 10
Follow = Callable[[str], object]


def show(context: ViewContext, told: Told, follow: Follow, deeds: Sequence[tuple[str, Callable[[], object]]] = ()) -> Sheet:
    """Put `told` into the inspector; `follow` gets the target of a line that is clicked; `deeds` are buttons below the title."""
    sheet = context.inspect(told.title, told.subtitle)
    for words, deed in deeds:
        sheet.add(button(words, deed))
    for part in told.sections:
        fill(sheet, part, follow)
    return sheet


def fill(sheet: Sheet, part: Section, follow: Follow) -> None:
    """Add a section at the end of `sheet`."""
    if part.title:
        sheet.section(part.title)
    if part.facts:
        sheet.facts(part.facts)
    for sentence in part.sentences:
        sheet.say(sentence, "small")
    if part.table:
        sheet.add(_grid(part.table))
    if len(part.lines) > FEW:
        sheet.add(_table(part.lines, part.title, follow))
    else:
        for line in part.lines:
            sheet.add(button(line.text, partial(follow, line.target), "link") if line.target else label(line.text, wrap=True, select=True))


def _grid(rows: Sequence[Sequence[str]]) -> QWidget:
    """A small table whose first column takes the room."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            grid.addWidget(label(cell, "small" if not number else "", wrap=True, select=bool(number)), number, column)
    return made


def _table(lines: Sequence[Line], title: str, follow: Follow) -> Table:
    """Many lines as a table: Enter or a double click follows one."""
    made = text_table([(title or _("Lines"),), *((line.text,) for line in lines)], title or _("Lines"))
    made.setFixedHeight(ROW * (min(len(lines), _TALL) + 1) + 4)

    def opened(row: object) -> None:
        number = getattr(row, "id", -1)
        if 0 <= number < len(lines) and lines[number].target:
            follow(lines[number].target)

    made.opened.connect(opened)
    return made
