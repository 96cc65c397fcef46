"""Which entries of a source are bulk exports, told by their first lines, whatever their names are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.api import N_, CmdeskError

if TYPE_CHECKING:
    from cmdesk.api import Source

_NAMES = (".jsonl", ".json", ".ndjson", ".txt")
_LOOK = 1 << 16
_LINES = 5
_TYPES = frozenset({"role", "scheme", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post", "emoji"})
_ENOUGH = 50  # entries that are looked at


class Layout(msgspec.Struct):
    """The exports in a source by name; `other`: what is not read, and why; `teams`: the names of teams as shown, as far as the first lines
    tell."""

    exports: list[str] = []
    other: dict[str, str] = {}
    teams: list[str] = []


def find(source: Source) -> Layout:
    """Sort the entries of a source."""
    layout = Layout()
    entries = source.entries()
    for entry in entries:
        if (len(entries) == 1 or entry.name.lower().endswith(_NAMES)) and _sure(lines := first_lines(source, entry.name)):
            layout.exports.append(entry.name)
            layout.teams += [team for line in lines if (team := _team(line)) and team not in layout.teams]
        else:
            layout.other[_kind(entry.name)] = N_("attached files, pictures and emoji are not read")
    return layout


def sniff(source: Source) -> float:
    """0–1: how sure it is that the source is a Mattermost bulk export."""
    entries = source.entries()
    names = [entry.name for entry in entries if len(entries) == 1 or entry.name.lower().endswith(_NAMES)]
    try:
        ordered = sorted(names, key=lambda name: (name.count("/"), name))[:_ENOUGH]
        return max((_sure(first_lines(source, name)) for name in ordered), default=0.0)
    except CmdeskError:
        return 0.0


def first_lines(source: Source, name: str) -> list[dict[str, Any]]:
    """The first lines that are whole JSON objects; [] if the first one is none."""
    head = source.head(name, _LOOK)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:4]:
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe")  # UTF-16 or UTF-32: enough for a look
    found = []
    for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError):
            break
        if not isinstance(value, dict):
            break
        found.append(value)
    return found


def _sure(lines: list[dict[str, Any]]) -> float:
    """An export begins with its version; one whose head was cut off is still known by lines that hold what their type says."""
    if not lines:
        return 0.0
    if (
        lines[0].get("type") == "version"
        and isinstance(lines[0].get("version"), int | str)
        and set(lines[0]) <= {"type", "version", "info"}
    ):
        return 0.98
    first = lines[:_LINES]
    named = [line for line in first if line.get("type") in _TYPES and isinstance(line.get(str(line["type"])), dict)]
    return 0.8 if len(named) == len(first) else 0.0


def _team(line: dict[str, Any]) -> str:
    team = line.get("team") if line.get("type") == "team" else None
    name = (team.get("display_name") or team.get("name")) if isinstance(team, dict) else None
    return name.strip() if isinstance(name, str) else ""


def _kind(name: str) -> str:
    """A file at the top by its name; those in folders once for each folder at the top and extension: "data/*.png"."""
    folder, slash, file = name.partition("/")
    dot = file.rfind(".")
    return f"{folder}/*{file[dot:] if dot > file.rfind('/') + 1 else ''}" if slash else name
