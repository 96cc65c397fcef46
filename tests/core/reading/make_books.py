"""Workbooks that are no XLSX, and pages that call themselves one, written byte by byte."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
Rows = Sequence[Sequence[str]]


def compound(path: Path, stream: str) -> Path:
    """A compound file that has a stream of this name."""
    path.write_bytes(OLE + bytes(504) + stream.encode("utf-16-le") + bytes(1024))
    return path


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    """A packed file of these parts, each deflated, as some programs pack even the part that tells what it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def ods(path: Path, sheets: dict[str, Rows], *, more: str = "", locked: bool = False) -> Path:
    """An OpenDocument sheet. `more`: rows in its own XML below the first sheet."""
    tables = []
    for title, rows in sheets.items():
        body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        tables.append(f'<table:table table:name="{escape(title)}">{body}{more}</table:table>')
        more = ""
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3"><office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body></office:document-content>'
    manifest = '<manifest:encryption-data manifest:checksum-type="SHA256"/>' if locked else ""
    return zipped(path, {
        "mimetype": _ODS.encode(), "content.xml": content.encode(),
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}">{manifest}</manifest:file-entry></manifest:manifest>'.encode(),
    })  # fmt: skip


def _ods_cell(cell: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>' if cell else "<table:table-cell/>"


def xlsb(path: Path, title: str, rows: Rows) -> Path:
    """A binary workbook (MS-XLSB) of one sheet of texts."""
    sheet = _record(0x81) + _record(0x94, _u32(0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + _record(0x91)
    for number, row in enumerate(rows):
        sheet += _record(0x00, _u32(number, 0) + bytes(9))
        sheet += b"".join(_record(0x06, _u32(column, 0) + _wide(cell)) for column, cell in enumerate(row) if cell)
    book = _record(0x83) + _record(0x99, _u32(0, 0) + _wide("")) + _record(0x8F) + _record(0x9C, _u32(0, 1) + _wide("rId1") + _wide(title))
    book += _record(0x90) + _record(0x9D, bytes(26)) + _record(0x84)
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    places = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    return zipped(path, {
        "[Content_Types].xml": kinds.encode(), "xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": places.encode(),
        "xl/worksheets/sheet1.bin": sheet + _record(0x92) + _record(0x82),
    })  # fmt: skip


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _u32(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def _wide(text: str) -> bytes:
    return _u32(len(text)) + text.encode("utf-16-le")
