"""The two open questions of the founding article and the debate under it, answered from the data (docs/goal-model.md §4.5, Q1–Q3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cmdesk.api import Analysis, Finding, Progress, _, hookimpl

if TYPE_CHECKING:
    from cmdesk.api import Snapshot


@hookimpl
def cmdesk_analyses() -> Iterable[Analysis]:
    """Q1, Q2 and Q3."""
    yield Analysis(
        name="open_questions.Q1", title=_("Small expertise groups"), question=_("Do small expertise groups carry the work?"), analyse=_later("q1")
    )
    yield Analysis(
        name="open_questions.Q2", title=_("Sharing across departments"), question=_("Does sharing across departments work?"), analyse=_later("q2")
    )
    yield Analysis(
        name="open_questions.Q3", title=_("Closeness or competence"), question=_("Closeness or competence: what makes an answer help?"),
        analyse=_later("q3"),
    )  # fmt: skip


def _later(module: str) -> Callable[[Snapshot, Any, Progress], Finding]:
    """`analyse` of a module of this package, loaded when first used."""

    def analyse(snapshot: Snapshot, options: Any, progress: Progress) -> Finding:
        finding: Finding = import_module("." + module, __package__).analyse(snapshot, progress)
        return finding

    return analyse
