from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cmdesk.core import paths
from cmdesk.core.errors import FileProblem


def test_resource_of_a_checkout_is_found() -> None:
    assert (paths.resource("translations") / "nl.po").is_file()


def test_resource_of_an_installed_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "cmdesk"
    (package / "resources").mkdir(parents=True)
    (package / "resources" / "thing.txt").write_text("packed")
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.resource("thing.txt").read_text() == "packed"


def test_a_missing_resource_says_what_to_do() -> None:
    with pytest.raises(FileProblem) as caught:
        paths.resource("no/such.file")
    assert "no/such.file" in caught.value.message
    assert caught.value.hint


def test_folders_follow_cmdesk_home(own_home: Path) -> None:
    assert paths.config_folder() == own_home / "config"
    assert paths.plugin_folder() == own_home / "data" / "plugins"
    assert not own_home.exists(), "asking creates nothing"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no HOME")
def test_without_a_home_there_are_still_absolute_folders(tmp_path: Path) -> None:
    code = (
        "import os, pathlib\n"
        "os.path.expanduser = lambda path: path\n"  # as where neither HOME nor an entry in the password file exists
        "from cmdesk.core import paths\n"
        "for folder in (paths.config_folder(), paths.data_folder(), paths.plugin_folder()):\n"
        "    assert folder.is_absolute(), folder\n"
    )
    subprocess.run([sys.executable, "-c", code], env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(paths.__file__).parents[2])}, check=True)
