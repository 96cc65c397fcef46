"""One import from files to facts: worker, staging, merge, ledger, history; or all of it and then nothing, which is the preview."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cmdesk.core import derived, history, when
from cmdesk.core.community import Community
from cmdesk.core.errors import Cancelled, FileProblem, ImportProblem
from cmdesk.core.importing import blocks, process, remembered, replacing, temporary, text_rules, zones
from cmdesk.core.importing.first_rows import first_rows
from cmdesk.core.importing.job import Job
from cmdesk.core.importing.ledger import Facts, ImportResult, Problem, Records
from cmdesk.core.importing.merge import merge
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.text import N_, _

SHOWN_PROBLEMS = 1_000
_PROBLEMS = "SELECT place, why, records FROM set_aside WHERE import_id = ? ORDER BY id"
"""Problems that a result carries; all of them are kept in the file."""

_TABLES = ("facts", "members", "groups", "imports", "history")


class ImportRow(msgspec.Struct, frozen=True):
    """An import as listed; times in µs UTC. `again` is when it was last read again with other options, `zone` the one whose clock wrote the local
    times ("" unknown)."""

    id: int
    at: int
    importer: str
    file: str
    read: int
    used: int
    left_out: dict[str, int]
    set_aside: int
    facts: dict[str, Facts]
    ignored: dict[str, str]
    first: int | None
    last: int | None
    paths: tuple[str, ...]
    options: dict[str, str] = {}
    again: int | None = None
    zone: str = ""


def run(
    community: Community, paths: Sequence[Path], *, importer: str = "", options: Mapping[str, str] | None = None, preview: bool = False,
    progress: Progress | None = None, plugins: bool = True, entry: int | None = None, import_id: int | None = None, at: int = 0,
    worker: Sequence[str] = process.WORKER,
) -> ImportResult:  # fmt: skip
    """Import `paths` as one import and return its ledger; with `preview` the same numbers and an unchanged file. `import_id`: the number that
    the import gets, in place of the import that stands under it; `entry`: the undone history line that it renews, `at`: when it was first made. Raises ImportProblem, FileProblem, StoreProblem or Cancelled, and then nothing is stored."""
    progress = progress or Progress()
    absolute = [Path(path).absolute() for path in paths]
    for path in absolute:
        if path == community.path.absolute():
            raise ImportProblem(_("A community cannot be imported into itself."), _("Choose an export of a platform."))
        if not path.exists():
            raise FileProblem(_("{path} does not exist.").format(path=path), _("Check the name of the file."))
    with temporary.folder() as folder:
        staging = folder / "staging.db"
        job = Job(
            paths=tuple(map(os.fspath, absolute)),
            staging=os.fspath(staging),
            importer=importer,
            options=dict(options or {}),
            plugins=plugins,
            import_id=import_id,
            at=at,
        )
        with community.reading() as connection:
            known = tuple(blocks.standing(connection, without=import_id))
        try:
            process.carry_out(msgspec.structs.replace(job, known=known), progress, worker)
            with community.attached(staging):
                return store(community, job, preview=preview, progress=progress, entry=entry)
        except blocks.Stale:  # an import was undone meanwhile
            staging.unlink()
            process.carry_out(job, progress, worker)
            with community.attached(staging):
                return store(community, job, preview=preview, progress=progress, entry=entry)


class _Preview(Exception):
    """Thrown to roll back what a preview merged."""


def store(community: Community, job: Job, *, preview: bool, progress: Progress, entry: int | None) -> ImportResult:
    """Merge the attached staging file of a finished job in one transaction; with `preview` roll it back again."""
    result: ImportResult | None = None
    try:
        # Every id that the merge writes was looked up in this transaction, so there is no reference to check row by row.
        unchecked = community.pragma("foreign_keys=OFF", "foreign_keys=ON")
        with unchecked, community.writing(*(() if preview else _TABLES)) as connection, _interruptible(connection, progress):
            result = _merge(connection, job, progress, entry, preview=preview)
            if preview:
                raise _Preview
            progress.step(_("Writing to disk"))
    except _Preview:
        assert result is not None
        return msgspec.structs.replace(result, import_id=None, preview=True)
    community.checkpoint()
    return result


@contextmanager
def _interruptible(connection: sqlite3.Connection, progress: Progress) -> Iterator[None]:
    connection.set_progress_handler(lambda: int(progress.cancelled), 20_000)
    try:
        yield
    except sqlite3.OperationalError as error:
        if progress.cancelled:
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _merge(connection: sqlite3.Connection, job: Job, progress: Progress, entry: int | None, *, preview: bool) -> ImportResult:
    text = connection.execute("SELECT value FROM staging.meta WHERE key = 'summary'").fetchone()[0]
    summary = msgspec.json.decode(text, type=Summary)
    zones.lift(connection)
    before = replacing.withdrawn(connection, job, preview=preview)
    known = blocks.repeated(connection)
    known.add_to(summary)
    job = msgspec.structs.replace(job, options=remembered.used(job.options, summary.tables), at=before.at if before else job.at or when.now())
    file = ", ".join(Path(path).name for path in job.paths)
    sha256 = files_hash(job.paths)
    import_id = _insert_import(connection, job, summary, file, sha256, again=when.now() if before else None)
    post_base = connection.execute("SELECT coalesce(max(id), 0) FROM posts").fetchone()[0]
    facts = merge(connection, import_id, summary, known, progress)
    connection.execute(
        "INSERT INTO set_aside (import_id, place, why, records) SELECT ?, place, why, records FROM staging.set_aside ORDER BY id", (import_id,)
    )
    connection.execute("UPDATE imports SET facts = ? WHERE id = ?", (msgspec.json.encode(facts).decode(), import_id))
    progress.step(_("Counting members and groups"))
    if before:
        before.settle(connection)
    else:
        derived.after_merge(connection, import_id, facts, post_base)
    imported = history.Imported(import_id, job.paths, summary.importer, dict(job.options), sha256, job.at, before is not None)
    line = _note(connection, imported, file, summary.read, entry)
    if before and not preview:
        before.keep(connection, line)
    problems = connection.execute(f"{_PROBLEMS} LIMIT ?", (import_id, SHOWN_PROBLEMS))
    return ImportResult(
        importer=summary.importer, import_id=import_id, file=file, title=summary.title, confidence=summary.confidence,
        records=Records(summary.read, summary.used, summary.left_out, summary.set_aside), facts=facts, first=summary.first, last=summary.last,
        problems=[Problem(*row) for row in problems], ignored=summary.ignored, tables=summary.tables,
        first_rows=first_rows(connection), local=zones.locals_of(connection, import_id), before=before.records if before else None,
    )  # fmt: skip


def _note(connection: sqlite3.Connection, imported: history.Imported, file: str, read: int, entry: int | None) -> int:
    """The line of history for an import: a new one, or the undone `entry`, which stands again."""
    if entry is not None:
        history.renew(connection, entry, imported)
        return entry
    title = N_("{file} read again") if imported.again else N_("Import of {file}")
    return history.record(connection, "import", title.format(file=file), N_("{read:,} records read").format(read=read), imported)


def _insert_import(connection: sqlite3.Connection, job: Job, summary: Summary, file: str, sha256: str, *, again: int | None) -> int:
    cursor = connection.execute(
        "INSERT INTO imports (id, at, importer, file, paths, sha256, options, text_rules, read, used, left_out, set_aside, facts, ignored, first,"
        " last, again) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'{}',?,?,?,?)",
        (
            job.import_id, job.at, summary.importer, file, _json(job.paths), sha256, _json(job.options), text_rules.VERSION, summary.read,
            summary.used, _json(summary.left_out), summary.set_aside, _json(summary.ignored), summary.first, summary.last, again,
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def files_hash(paths: Sequence[str]) -> str:
    """SHA-256 over all files of an import, in order; folders count by the names and sizes inside."""
    digest = hashlib.sha256()
    for name in paths:
        path = Path(name)
        if path.is_dir():
            for inside in sorted(path.rglob("*")):
                digest.update(f"{inside.relative_to(path)}\0{inside.stat().st_size if inside.is_file() else -1}\n".encode())
        else:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()


def rows(connection: sqlite3.Connection) -> list[ImportRow]:
    """The imports that stand, newest first."""
    found = connection.execute(
        "SELECT id, at, importer, file, read, used, left_out, set_aside, facts, ignored, first, last, paths, options, again FROM imports ORDER BY id DESC"
    )
    zone = zones.said(connection)
    decode = msgspec.json.decode
    return [
        ImportRow(
            row[0], row[1], row[2], row[3], row[4], row[5], decode(row[6]), row[7], decode(row[8], type=dict[str, Facts]), decode(row[9]),
            row[10], row[11], tuple(decode(row[12])), decode(row[13]), row[14], zone.get(row[0], ""),
        )
        for row in found
    ]  # fmt: skip


def problems(connection: sqlite3.Connection, import_id: int) -> list[Problem]:
    """Everything that an import set aside, in order."""
    return [Problem(*row) for row in connection.execute(_PROBLEMS, (import_id,))]
