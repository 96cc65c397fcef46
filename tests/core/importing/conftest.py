"""An empty community for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core.community import Community


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        yield opened
