"""What a user installs is complete: code, resources, entry points; and it works away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "constraints.txt", "cmdesk", "resources")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    copy.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, copy / part)
    command = ["wheel", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([sys.executable, "-m", "pip", *command, "--wheel-dir", str(folder), str(copy)], check=True, timeout=110)
    return next(folder.glob("*.whl"))


def test_a_wheel_holds_everything_that_the_checkout_has(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "cmdesk").rglob("*.py")}
    data = {f"cmdesk/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert not (code | data | {"cmdesk/py.typed"}) - names
    assert not {name for name in names if name.startswith(("tests/", "benchmarks/", "resources/"))}


def test_an_installed_wheel_finds_its_resources_and_plugins(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import cmdesk\nfrom cmdesk import pluginhost\nfrom cmdesk.core import paths, text\n"
        "host = pluginhost.load(folders=False)\n"
        "print(cmdesk.__file__)\nprint(paths.resource('translations'))\nprint(text.set_language('nl'))\n"
        "print([(p.name, p.problem) for p in host.plugins if p.origin == 'cmdesk' and p.state != 'on'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    module, folder, language, failed = done.stdout.splitlines()
    assert Path(module).is_relative_to(tmp_path) and Path(folder).is_relative_to(tmp_path / "site" / "cmdesk" / "resources")
    assert (language, failed) == ("nl", "[]")
