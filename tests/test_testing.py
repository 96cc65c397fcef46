"""The fixtures that authors of plugins get, used as their guide shows them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cmdesk.api import Importer, Post, Source
from cmdesk.core.community import Community
from cmdesk.testing import read_all

PLUGIN = Path(__file__).parent / "example_plugin" / "src" / "cmdesk_example" / "__init__.py"
LINES = "tinychat 1 Corner\n2024-03-01T09:00:00Z\tgarden\tann\tHello\nnonsense\n"

Make = Callable[[str, bytes | str], Source]


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cmdesk_example_for_fixtures", PLUGIN)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_source_is_made_from_text_and_recognised(example: ModuleType, source: Make) -> None:
    assert example.sniff(source("a.tinychat", LINES)) == 1.0
    assert example.sniff(source("b.txt", "something else")) == 0.0
    assert example.sniff(source("c.bin", b"\x00\xff")) == 0.0


def test_all_records_are_read_and_the_ledger_adds_up(example: ModuleType, source: Make) -> None:
    [importer] = example.cmdesk_importers()
    records = read_all(importer, source("a.tinychat", LINES))
    assert [type(record).__name__ for record in records] == ["Origin", "Person", "Group", "Membership", "Post"]
    assert isinstance(records[-1], Post) and records[-1].text == "Hello"


def test_an_importer_that_forgets_a_record_fails_the_test(example: ModuleType, source: Make) -> None:
    def forgetful(source: Source, options: Any, progress: Any) -> Iterator[Any]:
        source.ledger.read += 1
        yield from example.read(source, options, progress)

    importer = Importer(name="x.y", title="", patterns=(), sniff=example.sniff, read=forgetful)
    with pytest.raises(AssertionError, match="4 records were read and 3 accounted for"):
        read_all(importer, source("a.tinychat", LINES))


def test_a_community_is_empty_and_imports_a_file(community: Community, import_file: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,email,department\nAnn,ann@example.org,Garden\nBob,bob@example.org,Kitchen\n")
    result = import_file(path, importer="spreadsheet.people")
    assert result.facts["person"].stored == 2
    with community.reading() as connection:
        assert connection.execute("SELECT count(*) FROM members").fetchone()[0] == 2
