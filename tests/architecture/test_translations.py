"""The template holds every message of the program, and Dutch translates each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_catalogues_are_complete() -> None:
    done = subprocess.run([sys.executable, ".ci/translations.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run: python .ci/translations.py, then translate what is empty."
