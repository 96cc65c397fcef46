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
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    """JSON, with what Python alone writes (NaN) and lone surrogates as escapes."""
    return json.dumps(value).encode()


# — times: message n is of time n —


def log_of(folder: Path, times: Times) -> Path:
    return _written(folder / "log.csv", table([["time", "actor", "text"], *([at, "ann", f"hello {n}"] for n, at in enumerate(times))]))


def slack_of(folder: Path, times: Times) -> Path:
    user = {"id": "UANN00001", "team_id": "T00000001", "name": "ann", "real_name": "Ann Ant"}
    return _slack(folder, [user], [{"type": "message", "user": "UANN00001", "text": f"hello {n}", "ts": at} for n, at in enumerate(times)])


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


# — names: person n is of name n, and writes one message —


def slack_id(n: int) -> str:
    """The id of the person n."""
    return f"UANN{n:05}"


def in_a_table(name: str) -> bool:
    """False for a name that no CSV in UTF-8 can hold."""
    return not set(name) & {"\0", "\ud800"}


def everywhere(folder: Path, names: Sequence[str]) -> dict[str, Path]:
    """The same names at every platform, shown as the platform shows names. A table goes without those that no CSV can hold."""
    rows = [[str(n), name, "Alpha"] for n, name in enumerate(names) if in_a_table(name)]
    return {
        "spreadsheet": _written(folder / "people.csv", table([["id", "name", "team"], ["x1", "Bob Bee", "Alpha"], ["x2", "Cem Cat", "Beta"], *rows])),
        "slack": _slack_people(folder, names),
        "discord": _written(folder / "discord.json", discord.document([discord.message(n, _discord(n, name)) for n, name in enumerate(names)])),
        "mattermost": _written(folder / "mattermost.jsonl", _mattermost(names)),
        "discourse": _written(folder / "topic.json", _json(discourse.topic(*[_discourse(n, name) for n, name in enumerate(names, 1)]))),
        "mail": _written(folder / "list.mbox", b"".join(mail(n, sender=f"{_word(name)} <p{n}@example.org>") for n, name in enumerate(names))),
    }


def _word(name: str) -> str:
    return Header(name.encode("utf-8", "replace"), "utf-8", maxlinelen=10**6).encode().replace("\n", "")


def _discord(n: int, name: str) -> dict[str, Any]:
    return {**discord.ANN, "id": str(10**17 + n), "name": f"p{n}", "nickname": name}


def _discourse(n: int, name: str) -> dict[str, Any]:
    return discourse.post(n, f"p{n - 1}", name=name, user_id=n)


def _mattermost(names: Sequence[str]) -> bytes:
    people = [mattermost.user(f"p{n}", "general", first_name=name, nickname="") for n, name in enumerate(names)]
    head = [mattermost.VERSION, mattermost.team(), mattermost.channel(), *people]
    return mattermost.lines(*[mattermost.post(n, f"p{n}") for n in range(len(names))], head=head)


def _slack_people(folder: Path, names: Sequence[str]) -> Path:
    users = [
        {"id": slack_id(n), "team_id": "T00000001", "name": f"p{n}", "real_name": name, "profile": {"real_name": name, "display_name": ""}}
        for n, name in enumerate(names)
    ]
    return _slack(folder, users, [{"type": "message", "user": user["id"], "text": "hello", "ts": f"{1_700_000_000 + n}.000100"} for n, user in enumerate(users)])


def _slack(folder: Path, users: list[dict[str, Any]], messages: list[dict[str, Any]]) -> Path:
    export = folder / "slack"
    (export / "general").mkdir(parents=True)
    members = [user["id"] for user in users]
    (export / "users.json").write_bytes(_json(users))
    (export / "channels.json").write_bytes(_json([{"id": "CGEN00001", "name": "general", "members": members}]))
    (export / "general" / "2023-11-14.json").write_bytes(_json(messages))
    return export


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
