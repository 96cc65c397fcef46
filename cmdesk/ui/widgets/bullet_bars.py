"""One score as bullet bars: each criterion's value on its acceptable and ideal band, the costliest first."""

from __future__ import annotations

from collections.abc import Mapping

from cmdesk.core import lettering
from cmdesk.core.contributions import CriterionScore, Score
from cmdesk.core.drawing import Drawing, Path, Rect, Shape, Text
from cmdesk.core.goal_model import Band, GoalModel
from cmdesk.core.pictures import bands
from cmdesk.core.pictures.bands import Bar, bars
from cmdesk.core.text import _
from cmdesk.ui import words

ROW, NARROW_ROW = 44.0, 52.0
_SMALL = 12.0
_NAME, _VALUE, _COST, _GAP = 200.0, 84.0, 84.0, 16.0


def compose(score: Score, model: GoalModel, titles: Mapping[str, str], width: float, title: str) -> Drawing:
    """The picture; `titles` names the metrics, `width` in pixels (below 480 names stand above their bars)."""
    every = bars(score, model)
    shapes: list[Shape] = []
    row, top = (_wide, 0.0) if width >= 480 else (_narrow, 0.0)
    for bar in every:
        name, height = titles.get(bar.criterion.metric, bar.criterion.metric), _height(bar, width)
        if top:
            shapes.append(Path(points=((0, top), (width, top)), stroke="line"))
        shapes += row(bar, top, name, width, height)
        tip, target = sentence(bar, name), f"criterion:{bar.criterion.metric}"
        shapes.append(Rect(x=0, y=top + 2, width=width, height=height - 4, radius=4, tip=tip, target=target))
        top += height
    return Drawing(width=width, height=max(1.0, top), title=title, shapes=tuple(shapes), table=_table(every, titles))


def _reasons(each: CriterionScore, width: float) -> list[str]:
    """Why a criterion was not measured, whole, in lines."""
    room = width if width < 480 else width - min(_NAME, 0.3 * width) - _GAP
    return lettering.wrap(each.missing or _("not measured"), room / lettering.LOOSE, _SMALL, lines=9)


def _height(bar: Bar, width: float) -> float:
    lines = len(_reasons(bar.criterion, width)) if bar.criterion.score is None else 0
    return max(NARROW_ROW, 32.0 + 15 * lines) if width < 480 else max(ROW, 16.0 + 15 * lines)


def _wide(bar: Bar, top: float, name: str, width: float, height: float) -> list[Shape]:
    each, middle = bar.criterion, top + height / 2
    names, left = min(_NAME, 0.3 * width), min(_NAME, 0.3 * width) + _GAP
    track = width - left - _VALUE - _COST - 2 * _GAP
    shapes = _two(0, middle, name, _("must-have") if each.gate else "", names, "start", bold=False)
    if each.score is None:
        lines = _reasons(each, width)
        return [*shapes, *_said(lines, left, middle + 4 - 7.5 * (len(lines) - 1))]
    number, unit = _figure(each)
    at = left + track + _GAP + _VALUE
    cost = Text(x=width, y=middle + 5, text=cost_words(bar.cost), size=12, colour="muted", anchor="end", room=_COST)
    return [*shapes, *bands.strip(bar, left, middle, track), *_two(at, middle, number, unit, _VALUE, "end", bold=True), cost]


def _narrow(bar: Bar, top: float, name: str, width: float, height: float) -> list[Shape]:
    each = bar.criterion
    gate = _("must-have") if each.gate else ""
    value = " ".join(_figure(each)).strip() if each.score is not None else gate
    taken = lettering.width(value, 13, bold=True) + 12
    shapes: list[Shape] = [Text(x=0, y=top + 19, text=name, size=13, room=width - taken)]
    if each.score is None:
        shapes.append(Text(x=width, y=top + 19, text=gate, size=11, colour="muted", anchor="end"))
        return [*shapes, *_said(_reasons(each, width), 0, top + 37)]
    shapes.append(Text(x=width, y=top + 19, text=value, size=13, anchor="end", bold=True))
    below = " · ".join(part for part in (gate, cost_words(bar.cost)) if part)
    shapes.append(Text(x=width, y=top + 39, text=below, size=11, colour="muted", anchor="end", room=130))
    return [*shapes, *bands.strip(bar, 2, top + 35, width - 140)]


def _two(x: float, middle: float, first: str, second: str, room: float, anchor: str, *, bold: bool) -> list[Shape]:
    """A line with a smaller one below it, or alone in the middle."""
    shapes: list[Shape] = [Text(x=x, y=middle - 2 if second else middle + 5, text=first, size=13, room=room, anchor=anchor, bold=bold)]
    if second:
        shapes.append(Text(x=x, y=middle + 14, text=second, size=11, colour="muted", room=room, anchor=anchor))
    return shapes


def _said(lines: list[str], x: float, y: float) -> list[Shape]:
    return [Text(x=x, y=y + 15 * number, text=text, size=_SMALL, colour="muted") for number, text in enumerate(lines)]


def _figure(each: CriterionScore) -> tuple[str, str]:
    """A value as number and unit."""
    told = words.value(each.value, each.unit)
    if each.at_least:  # part of the messages was not seen
        told = f"≥\N{NO-BREAK SPACE}{told}"
    number, _space, unit = told.partition(" ")
    return (told, "") if unit in ("", "%") else (number, unit)


def cost_words(cost: float | None) -> str:
    """What a criterion costs, in words."""
    if cost is None:
        return ""
    return _("costs nothing") if cost < 0.5 else _("costs {points}").format(points=round(cost))


def band_words(band: Band, unit: str) -> str:
    """The bands in a sentence."""
    parts = []
    for low, high, name in ((band.ideal_low, band.ideal_high, _("ideal")), (band.accept_low, band.accept_high, _("acceptable"))):
        if low is not None and high is not None:
            parts.append(_("{name} {low} to {high}").format(name=name, low=words.value(low, unit), high=words.value(high, unit)))
        elif low is not None:
            parts.append(_("{name} from {low}").format(name=name, low=words.value(low, unit)))
        elif high is not None:
            parts.append(_("{name} up to {high}").format(name=name, high=words.value(high, unit)))
    return ", ".join(parts)


def sentence(bar: Bar, name: str) -> str:
    """A criterion in one sentence."""
    each = bar.criterion
    if each.score is None:
        return f"{name}: {each.missing or _('not measured')}"
    value = words.value(each.value, each.unit)
    told = f"{name}: {_('at least {value}').format(value=value) if each.at_least else value} ({band_words(bar.band, each.unit)})"
    if each.low is not None and each.high is not None and each.high > each.low:
        told += "; " + _("likely between {low} and {high}").format(
            low=words.value(each.low, each.unit), high=words.value(each.high, each.unit)
        )
    if each.without_moderators is not None:
        told += "; " + _("without moderators {value}").format(value=words.value(each.without_moderators, each.unit))
    return told + "; " + _("from {n}, weight {weight}").format(n=words.count(each.n), weight=words.value(each.weight, ""))


def _table(every: list[Bar], titles: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    heads = (_("Criterion"), _("Value"), _("Ideal and acceptable"), _("Score"), _("Weight"), _("Costs"), _("Advice or what is missing"))
    rows = [
        (
            titles.get(bar.criterion.metric, bar.criterion.metric), words.value(bar.criterion.value, bar.criterion.unit),
            band_words(bar.band, bar.criterion.unit), words.percent(bar.criterion.score), words.value(bar.criterion.weight, ""),
            cost_words(bar.cost), bar.criterion.missing or bar.criterion.advice,
        )
        for bar in every
    ]  # fmt: skip
    return (heads, *rows)
