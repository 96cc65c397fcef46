"""A small Slack-shaped export, made whole or with one file exchanged: the ground for the cases about archives and JSON."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

DAY = "general/2024-01-01.json"
USERS = [
    {"id": "U01ALICE1", "team_id": "T01", "name": "alice", "real_name": "Alice Ant"},
    {"id": "U01BOBBY2", "team_id": "T01", "name": "bob", "real_name": "Bob Bee"},
]
CHANNELS = [{"id": "C01GENERAL", "name": "general", "created": 1700000000, "members": ["U01ALICE1", "U01BOBBY2"]}]


def message(number: int, **more: object) -> dict[str, object]:
    """The message `number`, of its own second."""
    return {"type": "message", "user": "U01ALICE1", "text": f"message {number}", "ts": f"{1704100000 + number}.000100", **more}


def day(*messages: Mapping[str, object]) -> bytes:
    """A day file."""
    return json.dumps(messages or [message(1), message(2), message(3)]).encode()


def files(content: bytes | None = None, name: str = DAY) -> dict[str, bytes]:
    """The files of the export; `content` in place of the day file."""
    return {
        "users.json": json.dumps(USERS).encode(),
        "channels.json": json.dumps(CHANNELS).encode(),
        DAY: day(),
        name: day() if content is None else content,
    }


def zipped(tmp_path: Path, entries: Mapping[str, bytes], name: str = "export.zip", method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A proper zip of `entries`."""
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", method) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def with_day(tmp_path: Path, content: bytes) -> Path:
    """The export with `content` as its day file."""
    return zipped(tmp_path, files(content))


class Member(NamedTuple):
    """A zip member in full control. `data` is as stored; `crc`, `size` None: right for stored data; `at` None: where it comes to lie."""

    name: bytes
    data: bytes = b""
    method: int = 0
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    version: int = 20
    mode: int = 0
    at: int | None = None


def members(entries: Mapping[str, bytes]) -> list[Member]:
    """Stored members."""
    return [Member(name.encode(), content) for name, content in entries.items()]


def raw_zip(parts: Sequence[Member], count: int | None = None, disk: int = 0, lead: bytes = b"") -> bytes:
    """A zip written byte by byte, so that it can lie. A member with `at` gets no bytes of its own."""
    body, directory = [lead], []
    place = len(lead)
    for part in parts:
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        packed = len(part.data) if part.packed is None else part.packed
        common = struct.pack("<5H3L2H", part.version, part.flags, part.method, 0, 33, crc, packed, size, len(part.name), 0)
        where = place if part.at is None else part.at
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", 0x0314) + common + struct.pack("<3H2L", 0, 0, 0, part.mode << 16, where) + part.name
        )
        if part.at is None:
            local = b"PK\x03\x04" + common + part.name + part.data
            body.append(local)
            place += len(local)
    entries = b"".join(directory)
    n = (len(parts) if count is None else count) & 0xFFFF
    end = b"PK\x05\x06" + struct.pack("<4H2LH", disk, disk, n, n, len(entries), place, 0)
    return b"".join(body) + entries + end


def repeated(unit: bytes, times: int) -> bytes:
    """Raw deflate data of `unit` repeated, made without ever holding what it unpacks to."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * times + b"\x03\x00"


def deflated(name: str, unit: bytes, times: int) -> Member:
    """A member of `times` × `unit`; its checksum is wrong, as nobody should get that far."""
    data = repeated(unit, times)
    return Member(name.encode(), data, method=8, size=len(unit) * times)
