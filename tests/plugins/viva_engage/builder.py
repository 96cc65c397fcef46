"""A Viva Engage network export, made after the vendor's description (no real one is public), and read with the ledger checked."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cmdesk.plugins.viva_engage import plugin
from tests.plugins.stating import Stated

Table = list[dict[str, str]]
DATA = Path(__file__).parents[2] / "data" / "viva_engage"
USER = (
    "id", "name", "email", "job_title", "location", "department", "api_url", "deleted_by_id", "deleted_by_type", "joined_at", "deleted_at",
    "suspended_by_id", "suspended_by_type", "suspended_at", "guid", "state", "user_cover_image_url",
)  # fmt: skip
GROUP = ("id", "name", "description", "private", "external", "moderated", "api_url", "created_by_id", "created_by_type", "created_at", "updated_at", "deleted")
MESSAGE = (
    "id", "replied_to_id", "parent_id", "thread_id", "conversation_id", "group_id", "group_name", "participants", "in_private_group",
    "in_private_conversation", "sender_id", "sender_type", "sender_name", "sender_email", "body", "api_url", "attachments", "deleted_by_id",
    "deleted_by_type", "created_at", "deleted_at", "title", "message_type", "gdpr_delete_url", "closed",
)  # fmt: skip


class Read(Stated):
    """What the importer states about a source."""

    (importer,) = plugin.cmdesk_importers()


def user(number: int, name: str, **cells: str) -> dict[str, str]:
    return {
        "id": str(number), "name": name, "email": f"{name.split()[0].lower()}@example.org", "department": "Care", "job_title": "Nurse", "state": "active",
        "joined_at": "2018-02-01T08:00:00Z", "guid": f"00000000-0000-0000-0000-{number:012}", "api_url": f"https://www.yammer.com/api/v1/users/{number}",
    } | cells  # fmt: skip


def group(number: int, name: str, **cells: str) -> dict[str, str]:
    return {
        "id": str(number), "name": name, "private": "false", "external": "false", "moderated": "false", "created_by_id": "1", "created_by_type": "user",
        "created_at": "2018/02/01 08:00:00 +0000", "api_url": f"https://www.yammer.com/api/v1/groups/{number}",
    } | cells  # fmt: skip


def message(number: int, sender: int, body: str, at: str = "2019-03-21T14:05:11Z", **cells: str) -> dict[str, str]:
    return {
        "id": str(number), "thread_id": str(number), "sender_id": str(sender), "sender_type": "user", "body": body, "created_at": at, "in_private_group": "false",
        "in_private_conversation": "false", "group_id": "71", "group_name": "Ideas", "api_url": f"https://www.yammer.com/api/v1/messages/{number}",
    } | cells  # fmt: skip


def text(columns: Iterable[str], rows: Table) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def written(path: Path, columns: Iterable[str], rows: Table, encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(columns, rows).encode(encoding))
    return path


USERS = [
    user(1, "Ann Bakker", job_title="Community manager"), user(2, "Bob Cohen"), user(3, "Cem Demir", state="soft_delete", deleted_at="2019-06-01T00:00:00Z"),
    user(4, "Guest Smit", email="guest@elsewhere.net"),
]  # fmt: skip
GROUPS = [group(71, "Ideas", description="What could be better?"), group(72, "Board", private="true")]
MESSAGES = [
    message(101, 1, "Who knows how the new rota works?", message_type="question", title="Rota"),
    message(102, 2, "I do, [[user:1]]!\nCome by. [[tag:5]]", replied_to_id="101", thread_id="101", at="2019/03/21 15:05:11 +0000"),
    message(103, 9, "I as well", replied_to_id="102", thread_id="101", sender_name="Old Hand", sender_email="Old@example.org"),
    message(104, 2, "[[user:2]] has joined the Ideas group.", message_type="system"),
    message(105, 1, "Welcome all", group_id="", group_name="", message_type="announcement"),
    message(106, 1, "Between us", group_id="", in_private_conversation="true", participants="user:1,user:2"),
    message(107, 2, "Yes", group_id="", in_private_conversation="true", participants="user:1,user:2", thread_id="106", replied_to_id="106"),
    message(108, 2, "", deleted_at="2019-04-01T00:00:00Z", deleted_by_id="1"),
    message(109, 1, "The budget", group_id="72", group_name="Board", in_private_group="true"),
    message(110, 2, "late answer", replied_to_id="55", thread_id="50"),
    message(9007199254740993, 2, 'He said "yes", \\nand left', replied_to_id="101", thread_id="101"),
]  # fmt: skip
TABLES: dict[str, tuple[tuple[str, ...], Table]] = {
    "Users.csv": (USER, USERS), "Groups.csv": (GROUP, GROUPS), "Messages.csv": (MESSAGE, MESSAGES),
    "MessageVersions.csv": (MESSAGE[:5] + MESSAGE[10:16], [{"id": "101", "body": "Who knows?"}]), "Topics.csv": (("id", "name", "creator_id"), [{"id": "5", "name": "rota"}]),
    "Networks.csv": (("id", "name", "permalink"), [{"id": "3", "name": "Example", "permalink": "example.org"}]),
    "Admins.csv": (("id", "name", "email", "created_at"), [{"id": "1", "name": "Ann Bakker", "email": "ann@example.org"}]),
    "Files.csv": (("id", "file_id", "name", "path", "uploader_id", "group_id"), [{"id": "8", "name": "rota.xlsx"}]),
}  # fmt: skip
OTHERS = {"log.txt": "Messages: 11 rows, 0 errors\n", "request.txt": "since=2018-01-01\n", "Files/8.xlsx": "no workbook"}
MEMBERS = [{"group_id": "71", "user_id": "1", "joined_at": "2018-03-01"}, {"group_id": "Ideas", "user_id": "bob@example.org"}, {"group_id": "72", "user_id": "77"},
           {"group_id": "Nowhere", "user_id": "1"}, {"group_id": "71", "user_id": "nobody@example.org"}]  # fmt: skip


def export(path: Path, prefix: str = "", extra: Mapping[str, str] | None = None, without: Iterable[str] = ()) -> Path:
    """The zip that the admin centre makes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (columns, rows) in TABLES.items():
            if name not in without:
                archive.writestr(prefix + name, text(columns, rows).encode("utf-8-sig"))
        for name, content in {**OTHERS, **(extra or {})}.items():
            archive.writestr(prefix + name, content)
    return path


def folder(path: Path) -> None:
    """The same as files: what lies in tests/data/viva_engage."""
    for name, (columns, rows) in TABLES.items():
        written(path / name, columns, rows)
    for name, content in OTHERS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, "utf-8")
    written(path / "members.csv", ("group_id", "user_id", "joined_at"), MEMBERS)
