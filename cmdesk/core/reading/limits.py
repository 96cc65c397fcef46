"""How much a file may ask of us. Each limit has a name that the user can raise with `--option limit.NAME=VALUE`.

The defaults let through every export that we know of and stop every known bomb long before it hurts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from cmdesk.core.errors import CmdeskError, ImportProblem
from cmdesk.core.text import _

_KIB, _MIB, _GIB = 1 << 10, 1 << 20, 1 << 30
_UNITS = {"": 1, "k": _KIB, "m": _MIB, "g": _GIB}
PREFIX = "limit."


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bytes where the name says so, else counts. `archive_ratio` is unpacked to packed size and counts above `archive_floor_bytes` only.
    `graph_waiting` counts edges that stand before their nodes: they are held until the file is read.
    Of a mail of more than `mail_bytes` only the beginning is read: its attachments are not needed."""

    memory_bytes: int = _GIB
    archive_bytes: int = 20 * _GIB
    archive_ratio: int = 200
    archive_floor_bytes: int = 100 * _MIB
    directory_bytes: int = 256 * _MIB
    entry_bytes: int = 4 * _GIB
    entries: int = 500_000
    name_length: int = 1_000
    whole_bytes: int = 256 * _MIB
    json_depth: int = 200
    json_record_bytes: int = 16 * _MIB
    html_depth: int = 500
    html_record_bytes: int = 16 * _MIB
    page_cells: int = 5_000_000
    xml_depth: int = 100
    xml_record_bytes: int = 16 * _MIB
    gml_depth: int = 100
    graph_nodes: int = 1_000_000
    graph_waiting: int = 1_000_000
    line_bytes: int = 16 * _MIB
    csv_field_length: int = _MIB
    csv_columns: int = 2_000
    header_rows: int = 1_000
    sheet_strings_bytes: int = 64 * _MIB
    sheet_part_bytes: int = _GIB
    mail_bytes: int = 4 * _MIB
    mail_header_bytes: int = 256 * _KIB
    mail_addresses: int = 10_000
    mail_depth: int = 50


def over(limits: Limits, name: str, what: str) -> ImportProblem:
    """The problem to raise when `what` (a sentence's subject and verb, such as "x.zip holds 600,000 files") hits the limit `name`."""
    value = int(getattr(limits, name))
    return ImportProblem(
        _("{what}; the limit {name} is {value:,}.").format(what=what, name=name, value=value),
        _("If you trust this file, raise the limit and import again: --option {PREFIX}{name}=VALUE.").format(PREFIX=PREFIX, name=name),
    )


def limits_from(options: Mapping[str, object]) -> Limits:
    """The limits that `options` ("limit.NAME" to a whole number, with K, M or G for KiB, MiB, GiB) ask for; other options are passed over."""
    chosen: dict[str, int] = {}
    known = Limits.__struct_fields__
    for key, value in options.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX)
        if name not in known:
            raise CmdeskError(
                _("There is no limit named “{name}”.").format(name=name), _("Known limits: {names}.").format(names=", ".join(known))
            )
        match = re.fullmatch(r"\s*(\d{1,18})\s*([kKmMgG]?)(?:i?[bB])?\s*", str(value))
        if match is None:
            raise CmdeskError(
                _("The limit {name} cannot be “{value}”.").format(name=name, value=value),
                _("Give a whole number, such as 500000, 64M or 4G."),
            )
        chosen[name] = int(match[1]) * _UNITS[match[2].lower()]
    return Limits(**chosen)
