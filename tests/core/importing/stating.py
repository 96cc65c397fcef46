"""Imports without a file: records straight into staging, then the real merge."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from cmdesk.core.community import Community
from cmdesk.core.importing import ImportResult, blocks
from cmdesk.core.importing.job import Job
from cmdesk.core.importing.running import store
from cmdesk.core.importing.staging import Staging
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.records import Record

_numbers = itertools.count()


def import_records(
    community: Community, folder: Path, records: Iterable[Record], *, keep_text: bool = False, preview: bool = False, repeating: bool = True
) -> ImportResult:
    """Import `records` as one export; `folder` is for the staging file. Not `repeating`: without naming blocks that are known."""
    path = folder / f"staging-{next(_numbers)}.db"
    with community.reading() as connection:
        known = blocks.standing(connection) if repeating else ()
    staging = Staging(path, keep_text=keep_text, known=known, shortest=1)
    staging.add_all(records)
    staging.finish(Summary(importer="test"), [])
    with community.attached(path):
        result = store(community, Job(paths=(), staging=str(path)), preview=preview, progress=Progress(), entry=None)
    path.unlink()
    return result


def import_records_again(community: Community, folder: Path, records: Iterable[Record], entry: int) -> ImportResult:
    """Redo the undone import of history line `entry`."""
    path = folder / f"staging-{next(_numbers)}.db"
    with community.reading() as connection:
        known = blocks.standing(connection)
    staging = Staging(path, keep_text=False, known=known, shortest=1)
    staging.add_all(records)
    staging.finish(Summary(importer="test"), [])
    with community.attached(path):
        result = store(community, Job(paths=(), staging=str(path)), preview=False, progress=Progress(), entry=entry)
    path.unlink()
    return result
