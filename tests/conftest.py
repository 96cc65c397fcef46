"""Every test runs without a screen, in English, with settings and plugins of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cmdesk.core import text

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(_name, None)

# How long a draw takes says something of the machine, nothing of the program.
settings.register_profile("cmdesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cmdesk")

_number = count()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No test sees the settings or plugins of the person who runs it, nor those of another test."""
    home = _homes / str(next(_number))
    monkeypatch.setenv("CMDESK_HOME", str(home))
    before = list(sys.path)
    yield home
    sys.path[:] = before
    text.set_language("en")
