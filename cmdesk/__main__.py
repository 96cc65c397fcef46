"""python -m cmdesk, and the command `cmdesk`."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress


def main() -> None:
    """Run and end the process with its exit code."""
    code = 130
    with suppress(KeyboardInterrupt):
        from cmdesk.app import run
        from cmdesk.core import sweeping

        sweeping.rarely()
        code = run(sys.argv[1:], final=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: a late Ctrl+C must not change what is reported
    sys.exit(code)


if __name__ == "__main__":
    main()
