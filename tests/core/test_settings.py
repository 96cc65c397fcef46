from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cmdesk.core import settings
from cmdesk.core.errors import FileProblem
from cmdesk.core.settings import Settings


def test_first_start_has_defaults_and_no_message(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.json") == (Settings(), "")


@given(st.builds(Settings, language=st.text(), plugins_off=st.lists(st.text()).map(tuple), window=st.dictionaries(st.text(), st.text())))
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, wanted: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "settings" / "kept.json"
    settings.save(wanted, path)
    assert settings.load(path) == (wanted, "")
    assert [each.name for each in path.parent.iterdir()] == ["kept.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b'{"recent": 5}', b"[1]", b"null"])
def test_a_broken_file_is_set_aside_with_a_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    got, message = settings.load(path)
    assert got == Settings()
    assert "settings.json.broken" in message
    assert (tmp_path / "settings.json.broken").read_bytes() == content
    assert not path.exists()


def test_a_setting_of_a_newer_version_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "of_the_future": [1, 2]}')
    assert settings.load(path) == (Settings(theme="dark"), "")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="a superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_file_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FileProblem):
        settings.save(Settings(), tmp_path / "settings.json")


def test_a_path_below_a_file_is_a_file_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileProblem) as caught:
        settings.save(Settings(), tmp_path / "file" / "settings.json")
    assert caught.value.hint
