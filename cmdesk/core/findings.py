"""The answers of the analyses: found with an assessment, stored with it, read back for the window and the reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from cmdesk.core.contributions import Analysis, Figure, Finding
from cmdesk.core.drawing import Drawing
from cmdesk.core.errors import Cancelled, PluginProblem
from cmdesk.core.progress import Progress
from cmdesk.core.reports import QuestionLine
from cmdesk.core.retelling import told
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

CANNOT_TELL = "cannot_tell"
_FIGURE = tuple(Figure.__struct_fields__)


class Analysts(Protocol):
    """What is needed of the host."""

    @property
    def analyses(self) -> Mapping[str, Analysis]:
        """Every analysis by name."""

    def problem(self, name: str, error: BaseException) -> PluginProblem:
        """What to tell when the contribution `name` failed."""


def answer(plugins: Analysts, snapshot: Snapshot, progress: Progress) -> list[QuestionLine]:
    """Every analysis on this snapshot, in load order. One that fails says so as its finding; the others go on."""
    found = []
    for name, analysis in plugins.analyses.items():
        progress.step(told(analysis.title))
        try:
            finding = analysis.analyse(snapshot, analysis.options(), progress)
            if not isinstance(finding, Finding):
                raise TypeError(f"it gave {type(finding).__name__} instead of a Finding")
            finding = msgspec.convert(msgspec.to_builtins(finding), Finding)  # structs hold whatever a plugin put in them
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 -- a plugin's failure is its own; the assessment stands without it
            problem = plugins.problem(name, error)
            finding = Finding(answer=CANNOT_TELL, word=_("cannot tell yet"), sentence=problem.message, needs=problem.hint)
        found.append(QuestionLine(name=name, title=analysis.title, question=analysis.question, finding=finding))
    return found


def store(connection: sqlite3.Connection, assessment_id: int, found: Sequence[QuestionLine]) -> None:
    """Keep findings with an assessment, in the caller's transaction."""
    for place, line in enumerate(found):
        one = line.finding
        picture = None if one.picture is None else msgspec.json.encode(one.picture).decode()
        connection.execute(
            "INSERT INTO findings VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (assessment_id, place, line.name, line.title, line.question, one.answer, one.word, one.sentence, one.needs,
             msgspec.json.encode(one.table).decode(), picture),
        )  # fmt: skip
        rows = [(assessment_id, place, k, *(getattr(figure, name) for name in _FIGURE)) for k, figure in enumerate(one.figures)]
        connection.executemany(
            f"INSERT INTO figures (assessment_id, place, line, {', '.join(_FIGURE)}) VALUES ({','.join('?' * (3 + len(_FIGURE)))})", rows
        )


def load(connection: sqlite3.Connection, assessment_id: int) -> tuple[QuestionLine, ...]:
    """The findings of an assessment, in the order in which they were stored."""
    figures = connection.execute(
        f"SELECT place, {', '.join(_FIGURE)} FROM figures WHERE assessment_id = ? ORDER BY place, line", (assessment_id,)
    )
    numbers = {place: tuple(Figure(**dict(zip(_FIGURE, row[1:], strict=True))) for row in part) for place, part in groupby(figures, lambda row: row[0])}
    rows = connection.execute(
        "SELECT place, name, title, question, answer, word, sentence, needs, cells, picture FROM findings WHERE assessment_id = ? ORDER BY place",
        (assessment_id,),
    ).fetchall()
    return tuple(
        QuestionLine(
            name=row[1], title=row[2], question=row[3],
            finding=Finding(
                answer=row[4], word=row[5], sentence=row[6], needs=row[7], figures=numbers.get(row[0], ()),
                table=msgspec.json.decode(row[8], type=tuple[tuple[str | float | None, ...], ...]),
                picture=None if row[9] is None else msgspec.json.decode(row[9], type=Drawing),
            ),
        )
        for row in rows
    )  # fmt: skip


def as_json(lines: Sequence[QuestionLine]) -> list[dict[str, Any]]:
    """Findings for a JSON document: everything but the picture, whose numbers stand in the figures and the table."""
    documents = []
    for line in lines:
        finding = msgspec.to_builtins(line.finding)
        finding.pop("picture")
        documents.append({"name": line.name, "title": line.title, "question": line.question, **finding})
    return documents
