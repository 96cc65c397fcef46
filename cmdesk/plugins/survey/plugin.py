"""Surveys of a network (ONA): CSV, TSV, XLSX; lists, matrices, forms of Google, Microsoft, SurveyMonkey, Qualtrics and LimeSurvey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cmdesk.api import Importer, Progress, Record, _, hookimpl

from .options import Options

if TYPE_CHECKING:
    from cmdesk.api import Source


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`survey.answers`."""
    yield Importer(
        name="survey.answers", title=_("Survey about ties between colleagues"), patterns=("*.csv", "*.tsv", "*.xlsx", "*.xls", "*.xlsb", "*.ods", "*.zip"), sniff=_sniff,
        read=_read, options=Options,
    )  # fmt: skip


def _sniff(source: Source) -> float:
    from cmdesk.api import CmdeskError, surveys

    try:
        return max((found.sure for found in surveys.find(source)), default=0.0)
    except CmdeskError:
        return 0.0


def _read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    from .reading import read

    yield from read(source, options, progress)
