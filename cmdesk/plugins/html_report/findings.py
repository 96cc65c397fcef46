"""The three questions, the circles, and what changed since the last assessment, as the template shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from cmdesk.api import Drawing, Figure, Report, frame, wording


class Number(NamedTuple):
    """A number behind an answer; `missing` says why it cannot be told."""

    title: str
    value: str
    span: str
    n: str
    least: str
    missing: str


class Question(NamedTuple):
    """A question with its answer."""

    title: str
    question: str
    word: str
    sentence: str
    needs: str
    numbers: tuple[Number, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    picture: Markup | None


class Change(NamedTuple):
    """A fit before and after."""

    group: str
    goal: str
    before: str
    verdict_before: str
    after: str
    verdict_after: str
    change: str
    people: str
    ties: str
    rules: str


def questions(report: Report, picture: Callable[[Drawing], Markup]) -> list[Question]:
    """Every question that was asked."""
    found = []
    for line in report.questions:
        one = line.finding
        cells = [tuple(_cell(cell) for cell in row) for row in one.table]
        found.append(
            Question(
                line.title, line.question, one.word, one.sentence, one.needs, tuple(map(_number, one.figures)), cells[0] if cells else (),
                tuple(cells[1:]), None if one.picture is None else picture(one.picture),
            )
        )  # fmt: skip
    return found


def _number(figure: Figure) -> Number:
    known = figure.value is not None
    said = f"{wording.value(figure.value, figure.unit)}{f' ({figure.word})' if figure.word else ''}" if known else "–"
    return Number(
        figure.title, said, wording.interval(figure.low, figure.high, figure.unit) if known else "", wording.count(figure.n),
        wording.count(figure.least) if figure.least else "", figure.missing,
    )  # fmt: skip


def _cell(cell: str | float | None) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    return wording.count(int(cell)) if cell == int(cell) and abs(cell) != 1 else wording.decimal(cell)


def circles(report: Report) -> list[tuple[int, str, str]]:
    """(number, people, the goals that its structure fits) of each circle of five people or more."""
    titles = {name: goal.title for name, goal in report.model.goals.items()}
    shown = [line for line in report.circles if line.people is not None]
    return [(line.number, wording.count(line.people), ", ".join(titles.get(goal, goal) for goal in line.fits) or "–") for line in shown]


def pulse(report: Report) -> list[tuple[str, str, str, str, str]]:
    """(group, question, mean, interval, answers) of what enough members of a group that may be shown answered."""
    titles = {line.name: line.title for line in report.metrics}
    lines = sorted(report.groups, key=lambda line: (line.parent is not None, line.path.casefold(), line.id))
    return [
        (
            line.path or line.name, titles.get(one.metric, one.metric), wording.decimal(one.value), wording.interval(one.low, one.high, "0–1"),
            wording.count(one.n),
        )
        for line in lines if not line.hidden for one in line.pulse
    ]  # fmt: skip


def changes(report: Report) -> list[Change]:
    """What changed since the last assessment, in the order of its groups."""
    if report.since is None:
        return []
    titles = {name: goal.title for name, goal in report.model.goals.items()}
    return [
        Change(
            each.group, titles.get(each.goal, each.goal), frame.word(each.verdict_before) + _fit(each.fit_before), each.verdict_before,
            frame.word(each.verdict_after) + _fit(each.fit_after), each.verdict_after, _signed(each.change), _signed(each.people),
            _signed(each.ties), _signed(each.rules),
        )
        for each in report.since.scores
    ]  # fmt: skip


def _fit(fit: float | None) -> str:
    return "" if fit is None else f" {wording.decimal(fit)}"


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    said = wording.decimal(abs(value))
    return said if round(value, 2) == 0 else f"{'+' if value > 0 else '−'}{said}"
