"""The worker process: loads the host without Qt, runs one importer, writes the staging file. It may die or hang; the app may not.

`python -m cmdesk.worker` takes one Job as a line of JSON on stdin and tells what happens as lines of JSON on stdout (core.importing.job). When
stdin ends, the app is gone and the worker ends too.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

import msgspec

from cmdesk import pluginhost
from cmdesk.core import sweeping
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.importing import reader
from cmdesk.core.importing.job import Done, Failed, Job, Line, Tick
from cmdesk.core.importing.mishaps import mishap
from cmdesk.core.progress import Progress, Step
from cmdesk.core.reading.limits import limits_from
from cmdesk.core.settings import load as load_settings


def main() -> int:
    """Run the job that the first line of stdin tells; 0 if the staging file is complete."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a plugin that prints must not break the conversation

    def tell(line: Line) -> None:
        out.write(msgspec.json.encode(line) + b"\n")
        out.flush()

    def report(step: Step) -> None:
        tell(Tick(step.title, step.done, step.total, step.unit))

    staging = ""
    try:
        job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
        staging = job.staging
        threading.Thread(target=_end_with_the_app, daemon=True).start()
        _limit(limits_from(job.options).memory_bytes)
        settings, _trouble = load_settings()
        host = pluginhost.load(settings, plugins=job.plugins)
        sweeping.rarely()
        reader.read(job, host.importers, Progress(report))
        tell(Done())
        return 0
    except CmdeskError as error:
        tell(Failed(type(error).__name__, error.message, error.hint, error.details, error.seen))
    except (KeyboardInterrupt, Cancelled):
        tell(Failed("Cancelled", ""))
    except BaseException as error:  # noqa: BLE001 -- whatever an importer raises must reach the user in words
        tell(mishap(error, staging))
    return 1


def _end_with_the_app() -> None:
    """Wait for the end of stdin, which comes when the app closes it or dies, and end at once: nobody would read what we say."""
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(1)


def _limit(memory: int) -> None:
    """Bounds (`memory` in bytes of address space) for this process where the system has them; elsewhere the app's watchdog must do."""
    if os.name != "posix":
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    sys.exit(main())
