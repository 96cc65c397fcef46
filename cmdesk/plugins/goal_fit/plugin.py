"""Goal fit: every metric of the goal model, and the assessor that judges how well groups' structures fit their goals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.api import Assessor, Exporter, GoalModel, Measure, Metric, Progress, Score, _, hookimpl

from .catalogue import catalogue

if TYPE_CHECKING:
    from cmdesk.api import Snapshot


class FitOptions(msgspec.Struct, frozen=True):
    """`model`: the goal model to judge by; None: the one that ships as "closeness"."""

    model: GoalModel | None = None


@hookimpl
def cmdesk_metrics() -> Iterable[Metric]:
    """Every metric of docs/goal-model.md."""
    for entry in catalogue():
        compute = _later(entry.name, entry.home)
        yield Metric(name=entry.name, title=entry.title, unit=entry.unit, meaning=entry.meaning, compute=compute)


@hookimpl
def cmdesk_assessors() -> Iterable[Assessor]:
    """`goal_fit.fit`."""
    yield Assessor(name="goal_fit.fit", title=_("Goal fit"), assess=_assess, options=FitOptions)


@hookimpl
def cmdesk_exporters() -> Iterable[Exporter]:
    """The fit matrix, the position chart and a trend as PNG or SVG."""
    for name, title in (("matrix", _("Fit matrix")), ("position", _("Position chart"))):
        yield Exporter(name=f"picture.{name}", title=title, suffix=".png", accepts="report", write=_drawn(name), check=_check)
    yield Exporter(name="picture.trend", title=_("Trend"), suffix=".png", accepts="drawing", write=_drawn("drawn"), check=_check)


def _drawn(name: str) -> Callable[[Any, Path, Any, Progress], None]:
    def write(report: Any, path: Path, options: Any, progress: Progress) -> None:
        getattr(import_module(".pictures", __package__), name)(report, path, options, progress)

    return write


def _check(subject: Any, path: Path) -> None:
    from cmdesk.api import written

    written.picture(path)


def _later(metric: str, home: str) -> Callable[[Snapshot, Sequence[int], Progress], list[Measure]]:
    """The function at "module.function" of this package, loaded when first used; under a plan of resampling with replicates."""
    module, name = home.split(".")

    def compute(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
        function = getattr(import_module("." + module, __package__), name)
        measures: list[Measure] = function(snapshot, groups, progress)
        if snapshot.plan is None:
            return measures
        from .spread import spread

        return spread(snapshot, metric, groups, measures, progress)

    return compute


def _assess(snapshot: Snapshot, groups: Sequence[int], goals: Sequence[str], options: Any, progress: Progress) -> Iterator[Score]:
    from .assess import assess

    yield from assess(snapshot, groups, goals, getattr(options, "model", None), progress, getattr(options, "circles", ()))
