"""pytest fixtures for authors of plugins; pytest finds them where cmdesk is installed (docs/plugin-guide.md, "Test it").

`community`: an empty community file in a temporary folder. `import_file(path)`: import a file through the plugin under test, as a user would.
`source(name, content)`: what an importer's `sniff` and `read` get. `read_all(importer, source)`: its records as a list, with the ledger checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cmdesk.core.community import Community
    from cmdesk.core.contributions import Importer
    from cmdesk.core.importing.ledger import ImportResult
    from cmdesk.core.reading.source import Source
    from cmdesk.core.records import Record
    from cmdesk.core.snapshot import Snapshot
    from cmdesk.pluginhost import Host


@pytest.fixture(scope="session")
def host() -> Host:
    """A host with every plugin of the environment; a plugin that failed fails the test that asks for it."""
    from cmdesk import pluginhost

    loaded = pluginhost.load(folders=False)
    failed = [f"{plugin.name}: {plugin.problem}\n{plugin.details}" for plugin in loaded.plugins if plugin.state == "failed"]
    assert not failed, "\n".join(failed)
    return loaded


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    """An empty community, closed after the test."""
    from cmdesk.core.community import Community

    with Community.create(tmp_path / "test.cmdesk", "Test") as made:
        yield made


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str, bytes | str], Source]:
    """`source(name, content)`: a Source on a file of that name."""
    from cmdesk.core.reading.source import Source

    def make(name: str, content: bytes | str) -> Source:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Source(path)

    return make


def read_all(importer: Importer, source: Source, options: Any = None) -> list[Record]:
    """All records that `importer` states about `source`; fails where its ledger does not add up or no Origin comes first."""
    from cmdesk.core.progress import Progress
    from cmdesk.core.records import Origin

    records = list(importer.read(source, importer.options() if options is None else options, Progress()))
    ledger = source.ledger
    assert records and isinstance(records[0], Origin), "an importer yields its Origin first"
    accounted = ledger.used + sum(ledger.left_out.values()) + ledger.set_aside
    assert ledger.read == accounted, f"{ledger.read} records were read and {accounted} accounted for"
    return records


@pytest.fixture
def import_file(community: Community) -> Callable[..., ImportResult]:
    """`import_file(path, importer="", **options)`: import into `community` through the worker; returns the ImportResult."""
    from cmdesk.core import importing

    def run(path: Path, importer: str = "", **options: str) -> ImportResult:
        return importing.run(community, [path], importer=importer, options=options)

    return run


@pytest.fixture
def take_snapshot(community: Community, host: Host) -> Callable[..., Snapshot]:
    """`take_snapshot(as_of=None, window_days=180)`: what a metric gets, from `community` as it is now."""
    from cmdesk.core import loading

    def take(as_of: Any = None, window_days: int = 180) -> Snapshot:
        with community.reading() as connection:
            return loading.load(connection, as_of=as_of, window_days=window_days, metrics=host.metrics)

    return take
