"""Which files of a source make up a Slack export, and how sure that is.

Plain workspace: users.json, channels.json (groups.json, mpims.json, dms.json in full exports) and a folder of day files for each channel.
Enterprise Grid: org_users.json, and the same again below `teams/<workspace>/`. One channel handed over alone: a folder of day files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, CmdeskError

if TYPE_CHECKING:
    from cmdesk.api import Source

USERS = ("users.json", "org_users.json")
PUBLIC, PRIVATE, DIRECT = "public", "private", "direct"
LISTS = {"channels.json": PUBLIC, "groups.json": PRIVATE, "mpims.json": DIRECT, "dms.json": DIRECT}
DAY_FILE = re.compile(r"\d{4}-\d\d-\d\d\.json")
_WORKSPACE = re.compile(r"teams/([^/]+)/")
_FIRST_ID = re.compile(rb'"id"\s*:\s*"([^"]*)"')
_CHANNEL_ID = re.compile(rb"[CG][A-Z0-9]*")
_NOT_READ = {
    "integration_logs.json": N_("the log of installed apps holds no messages"),
    "canvases.json": N_("canvases are not messages"),
    "lists.json": N_("lists are not messages"),
    "huddle_transcripts.json": N_("transcripts of huddles are not read"),
    "content_flags.json": N_("what moderators flagged is not read"),
    "file_conversations.json": N_("the list of talks about files is not needed"),
}


class ListFile(msgspec.Struct, frozen=True):
    """A file that lists conversations: `kind` is public, private or direct; `workspace` "" outside Enterprise Grid."""

    name: str
    kind: str
    workspace: str


class Folder(msgspec.Struct):
    """A conversation's folder: its `days` in order, then other JSON files (`extra`) that may repeat messages."""

    name: str
    workspace: str
    days: list[str] = []
    extra: list[str] = []


class Layout(msgspec.Struct):
    """The files of an export by their role; `other` has those of no role with the reason why they are not read."""

    users: list[str] = []
    lists: list[ListFile] = []
    folders: list[Folder] = []
    other: dict[str, str] = {}

    @property
    def days(self) -> int:
        """Number of day files."""
        return sum(len(folder.days) for folder in self.folders)


def find(source: Source) -> Layout:
    """Sort the entries of a source by their role."""
    names = [entry.name for entry in source.entries()]
    base = _base(names)
    layout = Layout()
    folders: dict[tuple[str, str], Folder] = {}
    alone = _last(source.enclosing) or _stem(source.name)
    for name in names:
        if not name.startswith(base):
            layout.other[_top(name)] = N_("it lies outside the export")
            continue
        inside = name[len(base) :]
        workspace = ""
        if found := _WORKSPACE.match(inside):
            workspace, inside = found[1], inside[found.end() :]
        folder, _, file = inside.rpartition("/")
        if not folder and file in USERS:
            layout.users.append(name)
        elif not folder and file in LISTS:
            layout.lists.append(ListFile(name, LISTS[file], workspace))
        elif file.endswith(".json") and "/" not in folder and file not in _NOT_READ and (folder or DAY_FILE.fullmatch(file)):
            place = folders.setdefault((workspace, folder), Folder(folder or alone, workspace))
            (place.days if DAY_FILE.fullmatch(file) else place.extra).append(name)
        else:
            layout.other[_kind(name)] = _NOT_READ.get(file, N_("it is not a file of messages"))
    _sort_out(layout, folders)
    return layout


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source is a Slack export."""
    try:
        return _confidence(source, find(source))
    except CmdeskError:
        return 0.0


def _confidence(source: Source, layout: Layout) -> float:
    if not layout.lists:
        return 0.6 if layout.days and all(_holds_messages(source, folder) for folder in layout.folders[:3]) else 0.0
    for listed in layout.lists:
        found = _FIRST_ID.search(source.head(listed.name))
        if found and listed.kind in (PUBLIC, PRIVATE) and not _CHANNEL_ID.fullmatch(found[1]):
            return 0.0
    if not layout.days:
        return 0.55 if layout.users else 0.0
    return 0.98 if layout.users else 0.85


def _holds_messages(source: Source, folder: Folder) -> bool:
    head = source.head(folder.days[0], 4096) if folder.days else b""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[") and b'"message"' in head and b'"ts"' in head


def _sort_out(layout: Layout, folders: dict[tuple[str, str], Folder]) -> None:
    """Keep folders with day files; a folder that has none is no channel."""
    for folder in folders.values():
        if folder.days:
            folder.days.sort(key=_last)
            layout.folders.append(folder)
        else:
            for entry in folder.extra:
                layout.other[_kind(entry)] = N_("it is not a file of messages")


def _base(names: list[str]) -> str:
    """The folder, at the top or one level down, that holds the lists: "" or "folder/"."""
    for wanted in (LISTS.keys(), USERS):
        places = sorted({name.rpartition("/")[0] for name in names if _last(name) in wanted and name.count("/") <= 1}, key=len)
        if places:
            return places[0] + "/" if places[0] else ""
    return ""


def _kind(name: str) -> str:
    """A file at the top by its name; files in folders (pictures, attachments) once for each folder and extension: "pictures/*.png"."""
    folder, slash, file = name.rpartition("/")
    dot = file.rfind(".")
    return f"{folder}/*{file[dot:] if dot > 0 else ''}" if slash else name


def _top(name: str) -> str:
    folder, slash, _ = name.partition("/")
    return folder + slash


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _stem(name: str) -> str:
    for suffix in (".zip", ".tar.gz", ".tgz", ".tar"):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name
