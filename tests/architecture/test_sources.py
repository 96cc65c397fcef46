"""What the text of the program itself must and must not say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cmdesk"
SOURCES = sorted(PACKAGE.rglob("*.py"))
NETWORK = {"socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "xmlrpc", "requests", "httpx", "aiohttp", "PySide6.QtNetwork"}
NO_FILES = {"zipfile", "tarfile", "sqlite3", "pathlib", "shutil", "tempfile", "io", "os", "glob", "gzip", "bz2", "lzma", "subprocess"}
MOST_LINES, GOOD_LINES = 500, 300
MOST_OF_FUNCTION, GOOD_OF_FUNCTION = 60, 40


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Dotted names of everything that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_nothing_in_cmdesk_can_reach_a_network() -> None:
    found = {shown(path): name for path in SOURCES for name in imported(path) if within(name, NETWORK)}
    assert not found


def importers() -> list[Path]:
    """The modules of bundled plugins that offer importers."""
    folders = {path.parent for path in (PACKAGE / "plugins").rglob("plugin.py") if "cmdesk_importers" in path.read_text("utf-8")}
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def test_there_are_bundled_importers() -> None:
    assert {path.parent.name for path in importers()} >= {"slack", "spreadsheet"}


@pytest.mark.parametrize("path", importers(), ids=shown)
def test_a_bundled_importer_opens_no_file_itself(path: Path) -> None:
    assert not [name for name in imported(path) if within(name, NO_FILES)]
    called = {node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "Path", "eval", "exec", "__import__"}


def test_only_core_opens_a_database() -> None:
    outside = {
        shown(path) for path in SOURCES if PACKAGE / "core" not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sqlite3.connect", "sqlite_utils.Database", "Database"}
    }  # fmt: skip
    assert not outside


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_a_file_and_a_function_fit_in_a_head(path: Path) -> None:
    text = path.read_text("utf-8")
    sizes = {
        f"{shown(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }  # fmt: skip
    assert text.count("\n") <= MOST_LINES
    assert not {name: lines for name, lines in sizes.items() if lines > MOST_OF_FUNCTION}
    assert "from __future__ import annotations" in text or not tree(path).body or path.name == "__init__.py"


def test_long_files_and_functions_are_few() -> None:
    """A file over 300 lines or a function over 40 is an exception; more than a few and the house needs more rooms."""
    files = [f"{shown(path)}: {lines}" for path in SOURCES if (lines := path.read_text("utf-8").count("\n")) > GOOD_LINES]
    functions = [
        f"{shown(path)}:{node.lineno} {node.name}: {size}"
        for path in SOURCES for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > GOOD_OF_FUNCTION
    ]  # fmt: skip
    print("\n".join(files + functions))
    assert len(files) <= len(SOURCES) * 0.05, files
    assert len(functions) <= len(SOURCES) * 0.05, functions
