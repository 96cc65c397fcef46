"""Files of an import read once more: to redo it, or with other options in its own place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from cmdesk.core import history
from cmdesk.core.community import Community
from cmdesk.core.errors import ImportProblem
from cmdesk.core.importing.ledger import ImportResult
from cmdesk.core.importing.running import files_hash, run
from cmdesk.core.progress import Progress
from cmdesk.core.text import _


def again(community: Community, imported: history.Imported, entry: int, progress: Progress | None = None, plugins: bool = True) -> None:
    """Redo an undone import from its file; ImportProblem if the file is gone or another one than before."""
    _same_files(imported.paths, imported.sha256)
    importer = "" if "+" in imported.importer else imported.importer
    run(
        community, [Path(name) for name in imported.paths], importer=importer, options=imported.options, progress=progress, plugins=plugins,
        entry=entry, import_id=imported.import_id, at=imported.at,
    )  # fmt: skip


def _same_files(paths: Sequence[str], sha256: str) -> None:
    """ImportProblem unless the files are where they were, and the same."""
    for name in paths:
        if not Path(name).exists():
            raise ImportProblem(
                _("{name} is no longer where it was imported from.").format(name=Path(name).name),
                _("Import it again from where it is now."),
            )
    if files_hash(paths) != sha256:
        raise ImportProblem(_("The file is not the one that was imported then."), _("Import it as a new import."))


def retry(
    community: Community, import_id: int, options: Mapping[str, str], *, importer: str = "", preview: bool = False,
    progress: Progress | None = None, plugins: bool = True,
) -> ImportResult:  # fmt: skip
    """Read the files of an import again with other options: it keeps its number, and holds what it would if it had been read so at once. An undo brings
    back what it held. ImportProblem if a file is gone or another one than before."""
    with community.reading() as connection:
        found = connection.execute("SELECT paths, sha256, options, importer FROM imports WHERE id = ?", (import_id,)).fetchone()
    if found is None:
        raise ImportProblem(_("There is no import {import_id}.").format(import_id=import_id), _("`cmdesk show FILE imports` lists them."))
    paths = msgspec.json.decode(found[0], type=list[str])
    _same_files(paths, found[1])
    before = msgspec.json.decode(found[2], type=dict[str, str])
    return run(
        community, [Path(name) for name in paths], importer=importer or ("" if "+" in found[3] else found[3]), options={**before, **options},
        preview=preview, progress=progress, plugins=plugins, import_id=import_id,
    )  # fmt: skip
