"""Imports without a file: records straight into staging, then the real merge."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from cmdesk.core import history
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
    community: Community, folder: Path, records: Iterable[Record], *, keep_text: bool = False, preview: bool = False, repeating: bool = True,
    entry: int | None = None, import_id: int | None = None, at: int = 0,
) -> ImportResult:  # fmt: skip
    """Import `records` as one export; `folder` is for the staging file. Not `repeating`: without naming blocks that are known. `entry`: the undone
    line of history that is redone; `import_id`: the number that the import has, in place of one that stands."""
    path = folder / f"staging-{next(_numbers)}.db"
    with community.reading() as connection:
        known = blocks.standing(connection, without=import_id) if repeating else ()
    staging = Staging(path, keep_text=keep_text, known=known, shortest=1)
    staging.add_all(records)
    staging.finish(Summary(importer="test"), [])
    with community.attached(path):
        job = Job(paths=(), staging=str(path), import_id=import_id, at=at)
        result = store(community, job, preview=preview, progress=Progress(), entry=entry)
    path.unlink()
    return result


def import_records_again(community: Community, folder: Path, records: Iterable[Record], imported: history.Imported, entry: int) -> ImportResult:
    """Redo the undone import of history line `entry`."""
    return import_records(community, folder, records, entry=entry, import_id=imported.import_id, at=imported.at)
