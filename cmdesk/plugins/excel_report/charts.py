"""Excel's own charts and conditional formats, which read cells by their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from . import styles
from .texts import safe

_MOST_NOTES = 6
_INK = {"fits": "0B6F6A", "edge": "8A9499", "accent": "1F5D86"}
_REGIONS = ("2F6F9F", "C8741B", "3F8F5B", "A8476B", "6A5FA8", "8A7A1F", "1F8A93", "B4533C")


class Line(NamedTuple):
    """A series: its title, its columns for x and y (numbers from 1) and its rows; `look` is dots, line, dashes or region."""

    title: str
    x: int
    y: int
    first: int
    last: int
    look: str = "dots"
    colour: str = _INK["accent"]


class Note(NamedTuple):
    """Where a note's words stand: row and column; its day stands in the next column, and the height of its mark in the one after."""

    row: int
    column: int


def scatter(
    page: Any, lines: Sequence[Line], place: str, *, title: str, across: str, up: str, logarithmic: bool = False, days: bool = False, size: tuple[float, float] = (16.0, 7.5),
    notes: Sequence[Note] = (),
) -> None:  # fmt: skip
    """Put a scatter chart at `place`; the vertical axis goes from 0 to 1. `days`: x are dates, and the first six `notes` stand on their axis. `size` in cm."""
    from openpyxl.chart import Reference, ScatterChart, Series
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart: Any = ScatterChart()
    chart.style, chart.scatterStyle = 2, "lineMarker"
    chart.title, chart.x_axis.title, chart.y_axis.title = safe(title)[:200], across, up
    chart.width, chart.height = size
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.number_format = 0, 1, "0.0"
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl leaves them out otherwise
    if logarithmic:
        chart.x_axis.scaling.logBase, chart.x_axis.scaling.min = 10, 1
    chart.x_axis.number_format = "yyyy-mm" if days else "#,##0"
    chart.x_axis.majorGridlines = None
    chart.legend.position = "b"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="DDE1E0"))
    if days:
        chart.x_axis.majorUnit = 182.5
    for line in lines:
        series = Series(
            Reference(page, min_col=line.y, min_row=line.first, max_row=line.last), Reference(page, min_col=line.x, min_row=line.first, max_row=line.last),
            title=safe(line.title)[:200],
        )  # fmt: skip
        _dress(series, line)
        chart.series.append(series)
    for note in notes[:_MOST_NOTES]:
        chart.legend.legendEntry.append(_without_entry(len(chart.series)))
        chart.series.append(_note(page, note, len(chart.series)))
    page.add_chart(chart, place)


def _note(page: Any, note: Note, number: int) -> Any:
    """A mark on the axis, with the note's words beside it."""
    from openpyxl.chart import Reference, Series
    from openpyxl.chart.label import DataLabel, DataLabelList
    from openpyxl.chart.marker import Marker

    row, column = note
    series: Any = Series(Reference(page, min_col=column + 2, min_row=row), Reference(page, min_col=column + 1, min_row=row), title=None)
    series.tx = _title(page, row, column)
    series.idx = series.order = number
    series.smooth, series.marker = False, Marker(symbol="diamond", size=8)
    series.marker.graphicalProperties.solidFill = series.marker.graphicalProperties.line.solidFill = _INK["edge"]
    series.graphicalProperties.line.noFill = True
    flags = {"showVal": False, "showCatName": False, "showLegendKey": False, "showPercent": False, "showBubbleSize": False}
    series.dLbls = DataLabelList(dLbl=[DataLabel(idx=0, dLblPos="t", showSerName=True, **flags)], showSerName=False, **flags)
    return series


def _title(page: Any, row: int, column: int) -> Any:
    from openpyxl.chart import Reference
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel

    return SeriesLabel(strRef=StrRef(str(Reference(page, min_col=column, min_row=row))))


def _without_entry(number: int) -> Any:
    """Leaves a series out of the legend: its words stand beside it."""
    from openpyxl.chart.legend import LegendEntry

    return LegendEntry(idx=number, delete=True)


def _dress(series: Any, line: Line) -> None:
    from openpyxl.chart.marker import Marker

    series.smooth = False
    shown = line.look in ("dots", "line")
    series.marker = Marker(symbol="circle" if shown else "none", size=7 if shown else None)
    if shown:
        series.marker.graphicalProperties.solidFill = line.colour
        series.marker.graphicalProperties.line.solidFill = "FFFFFF"
    if line.look == "dots":
        series.graphicalProperties.line.noFill = True
        return
    series.graphicalProperties.line.solidFill = line.colour
    series.graphicalProperties.line.width = 22_000 if line.look == "line" else 14_000  # EMU: 12,700 are a point
    if line.look == "dashes":
        series.graphicalProperties.line.dashStyle = "sysDash"


def region(title: str, place: int, x: int, y: int, first: int, last: int) -> Line:
    """The outline of what a goal asks for."""
    return Line(title, x, y, first, last, "region", _REGIONS[place % len(_REGIONS)])


def verdicts(page: Any, area: str, shapes: Sequence[tuple[str, str]]) -> None:
    """Colour the cells of `area` that begin with the shape of a verdict: (shape, verdict) pairs."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    make: Any = FormulaRule
    first = area.partition(":")[0]
    for shape, verdict in shapes:
        ink, back = styles.colours(verdict)
        rule = make(formula=[f'LEFT({first},1)="{shape}"'], font=Font(bold=True, color=ink), fill=PatternFill("solid", bgColor=back))
        page.conditional_formatting.add(area, rule)


def places(columns: Sequence[str], first: int, step: int) -> Iterator[str]:
    """Places for charts from row `first` on, `step` rows apart, side by side in `columns`."""
    row = first
    while True:
        for column in columns:
            yield f"{column}{row}"
        row += step
