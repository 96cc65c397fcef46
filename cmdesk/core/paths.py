"""Where things are on this machine: cmdesk's own program and resources, the user's settings, data and plugins. Nothing is created by asking."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cmdesk.core.errors import FileProblem
from cmdesk.core.text import _

_PACKAGE = Path(__file__).resolve().parent.parent
_NAME = "cmdesk"

PYTHON = (sys.executable, "-P")
"""Starts a process of ours. -P keeps the current folder off its path: an export may lie there, and no file in it may pass for a module."""


def resource(name: str) -> Path:
    """A file or folder that comes with cmdesk, such as "goal_models/standard.toml": in the package when installed, beside it in a checkout.
    Raises FileProblem where it is in neither."""
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = folder / name
        if path.exists():
            return path
    raise FileProblem(_("cmdesk's own file {name} is missing.").format(name=name), _("Install cmdesk again."))


def config_folder() -> Path:
    """The user's settings."""
    return _user_folder("config")


def data_folder() -> Path:
    """The user's own data: backups and plugins."""
    return _user_folder("data")


def plugin_folder() -> Path:
    """The user's plugins: packages and single .py files."""
    return data_folder() / "plugins"


def _user_folder(kind: str) -> Path:
    """$CMDESK_HOME/kind where that is set, else as the system has it; without a home at all a private temporary folder."""
    home = os.environ.get("CMDESK_HOME", "")
    if home:
        return Path(home) / kind
    import platformdirs

    find = platformdirs.user_config_path if kind == "config" else platformdirs.user_data_path
    try:
        folder = find(_NAME, False)
    except RuntimeError:  # what newer versions do where there is no home; older ones give a relative path
        folder = Path(kind)
    if folder.is_absolute():
        return folder
    import tempfile

    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"{_NAME}-{user}" / kind
