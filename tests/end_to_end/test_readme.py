"""The tour of the README, word for word."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cmdesk.core import paths
from tests.end_to_end.conftest import Run

README = Path(__file__).parents[2] / "README.md"


def tours() -> list[list[list[str]]]:
    """The commands of each block of the README that begins with a new community or a simulation."""
    blocks = re.findall(r"^```\n(cmdesk (?:new|simulate) .*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [[shlex.split(line, comments=True)[1:] for line in block.splitlines()] for block in blocks]


@pytest.mark.parametrize("tour", tours(), ids=lambda tour: tour[0][0])
def test_the_tour_works_as_it_is_written(tour: list[list[str]], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").symlink_to(paths.resource("samples").parent)
    monkeypatch.chdir(tmp_path)
    assert len(tour) >= 5
    for words in tour:
        done = run(*words)
        assert done.out.strip(), words
        if "--to" in words:
            assert Path(words[words.index("--to") + 1]).stat().st_size > 1_000


def test_the_map_of_the_folders_is_true() -> None:
    section = README.read_text("utf-8").split("## The folders")[1].split("## ")[0]
    for name in re.findall(r"^([a-z_/.]+)\s{2,}", section, re.MULTILINE):
        assert (README.parent / name).exists(), name
