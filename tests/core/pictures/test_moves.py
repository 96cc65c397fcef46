"""Arrows on the position chart: from where a group was to where it is, none for hidden or standing groups."""

from __future__ import annotations

import msgspec
import pytest

from cmdesk.core import invented
from cmdesk.core.drawing import Circle, Drawing, Path
from cmdesk.core.pictures import position
from cmdesk.core.reports import Report


def arrows(drawing: Drawing) -> list[Path]:
    return [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.closed]


def earlier(report: Report, **changes: object) -> Report:
    """The report as it was on an earlier day: every shown group half as large."""
    groups = tuple(msgspec.structs.replace(line, people=max(1, (line.people or 2) // 2), **changes) if not line.hidden else line for line in report.groups)
    return msgspec.structs.replace(report, groups=groups, as_of="2020-01-31")


@pytest.mark.parametrize("competence", [False, True])
def test_an_arrow_ends_at_its_dot(competence: bool) -> None:
    report = invented.report(9, seed=2)
    before = earlier(report)
    drawing = position.compose(report, before=before, competence=competence)
    dots = [shape for shape in drawing.shapes if isinstance(shape, Circle) and shape.target.startswith("group:")]
    found = arrows(drawing)
    assert found and len(found) <= len(dots)
    for arrow in found:
        x, y = arrow.points[0]
        assert min(abs(((x - dot.x) ** 2 + (y - dot.y) ** 2) ** 0.5 - dot.radius - 2) for dot in dots) < 0.01
        assert "2020-01-31" in arrow.tip
    assert "2020-01-31" in drawing.table[0][3] and len({len(row) for row in drawing.table}) == 1


def test_who_stands_still_was_not_there_or_is_hidden_has_no_arrow() -> None:
    report = invented.report(9, seed=2)
    assert not arrows(position.compose(report, before=report))
    assert not arrows(position.compose(report, before=msgspec.structs.replace(report, groups=())))
    hidden = msgspec.structs.replace(report, groups=tuple(msgspec.structs.replace(line, hidden=True, people=3) for line in report.groups))
    drawing = position.compose(report, before=hidden)
    assert not arrows(drawing) and all(row[3] == "–" for row in drawing.table[1:])
