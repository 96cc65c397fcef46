"""Who may import whom, and what a cheap import costs: docs/architecture.md §3."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from cmdesk.pluginhost import Host

ROOT = Path(__file__).parents[2]
HEAVY = ("PySide6", "networkx", "igraph", "openpyxl", "numpy")

BLOCK = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{name} is blocked by this test", name=name)
        return None
sys.meta_path.insert(0, Blocked())
"""


def run(code: str) -> str:
    """Standard output of `code` in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=110, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_after(code: str) -> list[str]:
    """Which heavy packages `code` brings in."""
    return list(json.loads(run(f"{code}\nimport sys, json\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))").splitlines()[-1]))


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.argv[1:] = ['--no-cache']; run()"],
        capture_output=True, text=True, timeout=110, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_api_is_cheap() -> None:
    assert loaded_after("import cmdesk.api") == []


def test_collecting_every_contribution_is_cheap() -> None:
    code = (
        "from cmdesk import pluginhost\nhost = pluginhost.load(folders=False)\n"
        "bad = [(p.name, p.problem) for p in host.plugins if p.state != 'on']\nassert not bad, bad\n"
        "assert host.importers and host.metrics and host.assessors and host.exporters and host.views, host"
    )
    assert loaded_after(code) == []


def test_every_later_name_of_the_api_resolves_and_is_told_to_type_checkers() -> None:
    import ast

    from cmdesk import api

    tree = ast.parse(Path(api.__file__).read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.name: f"{part.module}.{alias.name}" if part.module in ("cmdesk.core", "cmdesk.core.pictures") else f"{part.module}:{alias.name}"
        for part in block.body if isinstance(part, ast.ImportFrom) for alias in part.names
    }  # fmt: skip
    assert told == api._LATER
    assert list(api._LATER) == sorted(api._LATER)
    for name in api._LATER:
        assert getattr(api, name) is not None
        assert name in dir(api)


def test_the_widget_of_every_view_resolves(host: Host) -> None:
    from PySide6.QtWidgets import QWidget

    assert host.views
    for view in host.views.values():
        module, name = view.widget.split(":")
        assert issubclass(getattr(import_module(module), name), QWidget), view.name


def test_core_and_the_command_line_work_without_qt(tmp_path: Path) -> None:
    code = f"""
BLOCKED = {{"PySide6", "shiboken6"}}{BLOCK}
import importlib, pkgutil
import cmdesk.core
for module in pkgutil.walk_packages(cmdesk.core.__path__, "cmdesk.core."):
    importlib.import_module(module.name)
for name in ("cmdesk.api", "cmdesk.pluginhost", "cmdesk.worker", "cmdesk.simulation", "cmdesk.testing", "cmdesk.cli"):
    importlib.import_module(name)
from cmdesk.core.community import Community
with Community.create(__import__("pathlib").Path({str(tmp_path / "no-qt.cmdesk")!r}), "No Qt") as community:
    with community.reading() as connection:
        print(connection.execute("SELECT name FROM groups WHERE id = 1").fetchone()[0])
"""
    assert run(code).splitlines()[-1] == "No Qt"


@pytest.mark.parametrize("module", ["cmdesk.core.community", "cmdesk.pluginhost", "cmdesk.core.reading.source", "cmdesk.cli"])
def test_what_starts_early_is_cheap(module: str) -> None:
    assert loaded_after(f"import {module}") == []
