"""One file through one importer in this process, as the worker reads it: what may come out of that, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from cmdesk.core.contributions import Importer
from cmdesk.core.errors import CmdeskError
from cmdesk.core.importing.staging import Staging
from cmdesk.core.importing.staging_file import Summary
from cmdesk.core.progress import Progress
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source


def importers() -> dict[str, Importer]:
    """All importers that come with cmdesk."""
    from cmdesk import pluginhost

    return dict(pluginhost.load(folders=False).importers)


def read(importer: Importer, path: Path) -> bool:
    """Sniff, read and stage `path`; False if it was refused in words. Raises whatever is a fault: another exception, a ledger that does not
    add up, a fact that was neither staged nor set aside."""
    with tempfile.TemporaryDirectory(dir=_quick()) as folder:
        staging: Any = None
        try:
            with Source(path, Limits()) as source:
                importer.sniff(source)
                staging = Staging(Path(folder) / "staging.db", keep_text=False)
                staging.add_all(importer.read(source, importer.options(), Progress()))
                assert source.ledger.adds_up, f"the ledger of {importer.name} does not add up: {source.ledger}"
                problems = [(problem.where, problem.why, problem.records) for problem in source.ledger.problems]
                staging.finish(Summary(), problems)
        except CmdeskError as refusal:
            assert refusal.message.endswith("."), refusal.message
            return False
        finally:
            if staging is not None:
                staging._connection.close()
    return True


def _quick() -> str | None:
    """A folder in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
