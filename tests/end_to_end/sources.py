"""One small source for each platform, with given times or names in it: the ground for robustness G and H."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from email.header import Header
from pathlib import Path
from typing import Any

from tests.plugins.discord import builder as discord
from tests.plugins.discourse import builder as discourse
from tests.plugins.mailbox.builder import mail
from tests.plugins.mattermost import builder as mattermost

Times = Sequence[Any]


def table(rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV of rows."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _json(value: object) -> bytes:
    """JSON, with what Python alone writes (NaN) and lone surrogates as escapes."""
    return json.dumps(value).encode()


# — times: message n is of time n —


def log_of(folder: Path, times: Times) -> Path:
    return _written(folder / "log.csv", table([["time", "actor", "text"], *([at, "ann", f"hello {n}"] for n, at in enumerate(times))]))


def slack_of(folder: Path, times: Times) -> Path:
    return _slack(folder, "ann", [{"type": "message", "user": "UANN00001", "text": f"hello {n}", "ts": at} for n, at in enumerate(times)])


def discord_of(folder: Path, times: Times) -> Path:
    messages = [discord.message(n, timestamp=at) for n, at in enumerate(times)]
    return _written(folder / "discord.json", discord.document(messages))


def mattermost_of(folder: Path, times: Times) -> Path:
    return _written(folder / "mattermost.jsonl", mattermost.lines(*[mattermost.post(n, create_at=at) for n, at in enumerate(times)]))


def discourse_of(folder: Path, times: Times) -> Path:
    posts = [discourse.post(n, created_at=at) for n, at in enumerate(times, 1)]
    return _written(folder / "topic.json", _json(discourse.topic(*posts)))


def mail_of(folder: Path, times: Times) -> Path:
    mails = [mail(n, date=at) for n, at in enumerate(times)]
    return _written(folder / "list.mbox", b"".join(mails))


WITH_TIMES = {
    "log": log_of, "slack": slack_of, "discord": discord_of, "mattermost": mattermost_of, "discourse": discourse_of, "mail": mail_of,
}  # fmt: skip


# — names: one person of this name, who writes one message —


def everywhere(folder: Path, name: str) -> list[Path]:
    """The same name at every platform, shown as the platform shows names."""
    author = {**discord.ANN, "name": "ann", "nickname": name}
    encoded = Header(name.encode("utf-8", "replace"), "utf-8", maxlinelen=10**6).encode().replace("\n", "")
    return [
        _written(folder / "people.csv", table([["id", "name", "team"], ["1", name, "Alpha"], ["2", "Bob Bee", "Alpha"]])),
        _slack(folder, name, [{"type": "message", "user": "UANN00001", "text": "hello", "ts": "1700000000.000100"}]),
        _written(folder / "discord.json", discord.document([discord.message(1, author)])),
        _written(folder / "mattermost.jsonl", mattermost.lines(mattermost.post(1), head=_mattermost_head(name))),
        _written(folder / "topic.json", _json(discourse.topic(discourse.post(1, name=name)))),
        _written(folder / "list.mbox", mail(1, sender=f"{encoded} <ann@example.org>")),
    ]


def _mattermost_head(name: str) -> list[dict[str, Any]]:
    return [mattermost.VERSION, mattermost.team(), mattermost.channel(), mattermost.user("ann", "general", first_name=name, nickname="")]


def _slack(folder: Path, name: str, messages: list[dict[str, Any]]) -> Path:
    export = folder / "slack"
    (export / "general").mkdir(parents=True)
    user = {"id": "UANN00001", "team_id": "T00000001", "name": "ann", "real_name": name, "profile": {"real_name": name, "display_name": ""}}
    (export / "users.json").write_bytes(_json([user]))
    (export / "channels.json").write_bytes(_json([{"id": "CGEN00001", "name": "general", "members": ["UANN00001"]}]))
    (export / "general" / "2023-11-14.json").write_bytes(_json(messages))
    return export


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
