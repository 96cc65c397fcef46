"""What the user prefers on this machine: one small JSON file. A broken one is set aside, never fatal."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from cmdesk.core import paths
from cmdesk.core.errors import FileProblem
from cmdesk.core.text import _


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`language` is a code ("" follows the system); `theme` is "system", "light" or "dark"; `plugins_off` names plugins switched off;
    `recent` are paths of communities, newest first; `window` is what the window keeps for itself, text by name."""

    language: str = ""
    theme: str = "system"
    plugins_off: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    window: dict[str, str] = {}


def default_path() -> Path:
    """Where the settings of this user stand."""
    return paths.config_folder() / "settings.json"


def load(path: Path | None = None) -> tuple[Settings, str]:
    """The settings, and "" or a sentence for the user where the file was unreadable: it is set aside beside itself and defaults are used."""
    path = path or default_path()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError:
        return Settings(), _("The settings in {path} cannot be read; cmdesk started with its defaults.").format(path=path)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Settings(), _set_aside(path)


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings beside and rename, so that the file is the old one or the new one. Raises FileProblem."""
    path = path or default_path()
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
        beside.replace(path)
    except OSError as error:
        raise FileProblem(
            _("The settings cannot be saved in {path}.").format(path=path), _("Check that you may write there."), str(error)
        ) from error


def _set_aside(path: Path) -> str:
    kept = path.with_name(path.name + ".broken")
    try:
        path.replace(kept)
    except OSError:
        kept = path
    return _("The settings were damaged; cmdesk started with its defaults and kept the old file as {path}.").format(path=kept)
