"""docs/exporters.md tells every exporter, its options and what becomes of its file, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from cmdesk import pluginhost
from cmdesk.core.contributions import Exporter
from cmdesk.core.errors import PluginProblem
from cmdesk.core.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "exporters.md"
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]


@pytest.fixture(scope="module")
def exporters() -> dict[str, Exporter]:
    return pluginhost.load(Settings(), plugins=False).exporters


def test_every_exporter_is_told(exporters: dict[str, Exporter]) -> None:
    named = [name for row in ROWS for name in re.findall(r"`([\w.]+)`", row[0])]
    assert sorted(named) == sorted(exporters)


def test_every_option_is_told(exporters: dict[str, Exporter]) -> None:
    for row in ROWS:
        for name in re.findall(r"`([\w.]+)`", row[0]):
            known = {field.encode_name for field in msgspec.structs.fields(exporters[name].options)}
            assert set(re.findall(r"`(\w+)`", row[2])) == known, name


def test_every_exporter_checks_what_it_wrote(exporters: dict[str, Exporter]) -> None:
    assert [name for name, exporter in exporters.items() if exporter.check is None] == []
    assert all(exporter.title and exporter.suffix.startswith(".") for exporter in exporters.values())


CUT = {"graph_files.graphml": "<graphml><graph>", "graph_files.edges": "a,b\n1\n", "graph_files.gml": "graph [", "lists.to_fill_in": "PK", "picture.matrix": "<svg><g>"}


@pytest.mark.parametrize("name", CUT)
def test_what_is_not_whole_is_refused(name: str, exporters: dict[str, Exporter], tmp_path: Path) -> None:
    path = tmp_path / f"out{exporters[name].suffix}"
    path.write_text(CUT[name])
    check = exporters[name].check
    assert check is not None
    with pytest.raises(PluginProblem):
        check(None, path)
