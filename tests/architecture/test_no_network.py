"""Nothing leaves the machine: the whole way from an export to a workbook works where every socket raises, in worker processes too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_SOCKETS = """
import socket
def refuse(*_args, **_more):
    raise AssertionError("cmdesk opened a socket")
class Refused(socket.socket):
    __init__ = refuse
socket.socket = socket.SocketType = Refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""


@pytest.fixture
def cmdesk(tmp_path: Path) -> Callable[..., str]:
    (tmp_path / "sitecustomize.py").write_text(NO_SOCKETS)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}

    def run(*arguments: object, code: int = 0) -> str:
        command = [sys.executable, "-m", "cmdesk", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, cwd=tmp_path)
        assert done.returncode == code, done.stderr
        assert "opened a socket" not in done.stderr
        return done.stdout

    probe = [sys.executable, "-c", "import socket; socket.socket()"]
    assert b"opened a socket" in subprocess.run(probe, env=environment, capture_output=True).stderr, "the trap must work"
    return run


def test_from_export_to_workbook_without_a_socket(cmdesk: Callable[..., str], tmp_path: Path) -> None:
    cmdesk("simulate", "--people", 30, "--messages", 300, "--seed", 1, "--to", "export.zip")
    cmdesk("new", "c.cmdesk", "--name", "Quiet")
    cmdesk("import", "c.cmdesk", "export.zip")
    cmdesk("goal", "c.cmdesk", "Quiet", "solve")
    cmdesk("assess", "c.cmdesk")
    cmdesk("export", "c.cmdesk", "--with", "excel.report", "--to", "report.xlsx")
    cmdesk("picture", "c.cmdesk", "network", "--to", "network.svg")
    assert (tmp_path / "report.xlsx").stat().st_size > 5_000
    assert (tmp_path / "network.svg").stat().st_size > 500
