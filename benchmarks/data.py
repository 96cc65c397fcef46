"""Simulated exports for the benchmarks, made once and kept in benchmarks/data (not in git)."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from cmdesk import simulation
from cmdesk.core.community import Community
from cmdesk.core.errors import StoreProblem

FOLDER = Path(__file__).parent / "data"
PEOPLE = 2_000


def export(messages: int) -> Path:
    """A Slack-shaped export of so many messages."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"slack-{messages}.zip"
    if not path.exists():
        beside = path.with_suffix(".part")
        simulation.slack_zip(beside, PEOPLE, messages, 1)
        beside.replace(path)
    return path


def changed(path: Path) -> Path:
    """The same export with one message changed."""
    other = path.with_name(f"{path.stem}-changed.zip")
    if not other.exists():
        beside = other.with_suffix(".part")
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as after:
            todo = True
            for entry in before.infolist():
                data = before.read(entry)
                if todo and "/" in entry.filename and b'"client_msg_id"' in data:
                    data, todo = data.replace(b'"text": "', b'"text": "Changed: ', 1), False
                after.writestr(entry, data)
        beside.replace(other)
    return other


def readable(path: Path) -> bool:
    """Whether there is a community of this version; an older one is no use: the window would ask what to do with it."""
    try:
        Community.open(path).close()
    except StoreProblem:
        return False
    return True


def fresh(name: str) -> Path:
    """The path of a community file that is not there yet."""
    FOLDER.mkdir(exist_ok=True)
    for leftover in FOLDER.glob(f"{name}*"):
        leftover.unlink()
    return FOLDER / name


def fresh_folder(name: str) -> Path:
    """An empty folder."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
