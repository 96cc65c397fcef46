"""A plugin by somebody else: installed with pip as a user would, its importer and metric work; one that fails everywhere stops nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent / "example_plugin"
ROOT = Path(__file__).parents[1]
CHAT = (
    "tinychat 1 Corner\n"
    "2024-03-01T09:00:00Z\tgarden\tann\tWho has a ladder?\n"
    "2024-03-01T09:05:00Z\tgarden\tbob\t>ann I have one.\n"
    "yesterday\tgarden\tann\tthis line has no time\n"
    "2024-03-02T10:00:00Z\tkitchen\tcas\tSoup at noon.\n"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the example, from a copy, without a network."""
    folder = tmp_path_factory.mktemp("installed")
    copy = folder / "source"
    shutil.copytree(EXAMPLE, copy)
    command = ["install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([sys.executable, "-m", "pip", *command, "--target", str(folder / "packages"), str(copy)], check=True, timeout=110)
    return folder / "packages"


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "corner.tinychat"
    path.write_text(CHAT, encoding="utf-8")
    return path


def cmdesk(packages: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)])}
    command = [sys.executable, "-m", "cmdesk", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110)


def said(packages: Path, *arguments: object) -> dict[str, object] | list[dict[str, object]]:
    done = cmdesk(packages, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_an_installed_plugin_is_listed_with_what_it_adds(installed: Path) -> None:
    listed = cmdesk(installed, "plugins", "--json")
    assert listed.returncode == 0, listed.stderr
    for word in ("example.tinychat", "example.length", "example.night", "1.2.0", "An Example"):
        assert word in listed.stdout


def test_an_installed_importer_works(installed: Path, chat: Path, tmp_path: Path) -> None:
    file = tmp_path / "corner.cmdesk"
    assert cmdesk(installed, "new", file).returncode == 0
    result = said(installed, "import", file, chat)
    assert isinstance(result, dict)
    assert result["importer"] == "example.tinychat"
    assert result["records"] == {"read": 5, "used": 3, "left_out": {"heading": 1}, "set_aside": 1}
    stored = {kind: line["stored"] for kind, line in result["facts"].items()}  # type: ignore[attr-defined]
    assert {kind: stored[kind] for kind in ("person", "group", "membership", "post")} == {"person": 3, "group": 2, "membership": 3, "post": 3}
    assert "line 4" in json.dumps(result["problems"])

    again = said(installed, "import", file, chat)
    assert isinstance(again, dict)
    assert {line["stored"] for line in again["facts"].values()} == {0}  # type: ignore[attr-defined]
    assert cmdesk(installed, "dump", file).stdout.count("Corner") >= 1


def test_without_plugins_the_file_is_of_a_kind_that_nobody_knows(installed: Path, chat: Path, tmp_path: Path) -> None:
    file = tmp_path / "corner.cmdesk"
    assert cmdesk(installed, "new", file).returncode == 0
    refused = cmdesk(installed, "--no-plugins", "import", file, chat)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: ")
    assert "Traceback" not in refused.stderr


def test_a_plugin_that_fails_everywhere_is_named_and_the_rest_works(installed: Path, chat: Path, tmp_path: Path, own_home: Path) -> None:
    folder = own_home / "data" / "plugins"
    folder.mkdir(parents=True)
    shutil.copy(EXAMPLE / "broken" / "broken_everywhere.py", folder)
    file = tmp_path / "corner.cmdesk"
    made = cmdesk(installed, "new", file)
    assert made.returncode == 0, made.stderr
    done = cmdesk(installed, "import", file, chat)
    assert done.returncode == 0, done.stderr
    listed = cmdesk(installed, "plugins", "--json")
    assert listed.returncode == 0, listed.stderr
    [broken] = [plugin for plugin in _plugins(listed.stdout) if plugin["name"] == "broken_everywhere"]
    assert broken["state"] == "failed"
    assert "importers are out of order" in str(broken["problem"])


def _plugins(text: str) -> list[dict[str, object]]:
    told = json.loads(text)
    return list(told["plugins"] if isinstance(told, dict) else told)


def test_the_metric_measures_what_was_posted(installed: Path, tmp_path: Path) -> None:
    code = f"""
import json
from pathlib import Path
from cmdesk import pluginhost
from cmdesk.core import importing, loading
from cmdesk.core.community import Community
host = pluginhost.load(folders=False)
with Community.create(Path({str(tmp_path / "m.cmdesk")!r}), "M") as community:
    importing.run(community, [Path({str(tmp_path / "m.tinychat")!r})])
    with community.reading() as connection:
        snapshot = loading.load(connection, as_of=None, metrics=host.metrics)
    garden, kitchen = snapshot.groups.name.index("garden"), snapshot.groups.name.index("kitchen")
    print(json.dumps([(m.value, m.n) for m in snapshot.measure("example.length", [0, garden, kitchen])]))
"""
    (tmp_path / "m.tinychat").write_text(CHAT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    lengths = [len("Who has a ladder?"), len(">ann I have one."), len("Soup at noon.")]
    expected = [(sum(lengths) / 3, 3), (sum(lengths[:2]) / 2, 2), (float(lengths[2]), 1)]
    measured = json.loads(done.stdout.splitlines()[-1])
    assert [n for _value, n in measured] == [n for _value, n in expected]
    assert [value for value, _n in measured] == pytest.approx([value for value, _n in expected])
