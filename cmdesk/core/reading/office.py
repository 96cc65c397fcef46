"""What holds the rows of a table: an XLSX workbook, one of another program or age, a page with tables, or plain text. Told by content, because
intranets call a web page "people.xls". What can hold no table that is read is refused in words."""

from __future__ import annotations

import enum
import re
from pathlib import Path
from weakref import WeakKeyDictionary

from cmdesk.core.errors import ImportProblem, Unrecognised
from cmdesk.core.reading.archive import Zip
from cmdesk.core.reading.kind import OLE
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import Store
from cmdesk.core.text import N_, _

_HEAD = 1 << 16
_PAGE = re.compile(r"<(?:\w+:)?(?:table|workbook)[\s>]", re.IGNORECASE)
AS_XLSX = N_("Open it in Excel or LibreOffice, save it without a password as XLSX or CSV, and import that.")
_AS_TABLE = N_("If it holds a table, copy the table into Excel or LibreOffice, save it as XLSX or CSV, and import that.")
_AS_MAIL = N_("Save the messages as .eml or as an mbox archive (Thunderbird does this with an add-on for import and export), and import that.")


class Holder(enum.Enum):
    """How the rows of an entry are read."""

    TEXT = "text"
    XLSX = "xlsx"
    BOOK = "book"
    PAGE = "page"


_ZIPPED = (
    (re.compile(r"xl/workbook\.bin", re.IGNORECASE), Holder.BOOK, "", ""),
    (re.compile(r"(?:.*/)?workbook\.xml", re.IGNORECASE), Holder.XLSX, "", ""),
    (re.compile(r"word/document\d*\.xml", re.IGNORECASE), Holder.TEXT, N_("a Word document (.docx)"), _AS_TABLE),
    (re.compile(r"ppt/presentation\.xml", re.IGNORECASE), Holder.TEXT, N_("a PowerPoint presentation (.pptx)"), _AS_TABLE),
    (re.compile(r"(?:Index/.*\.iwa|Index\.zip)"), Holder.TEXT, N_("a document of Apple Numbers, Pages or Keynote"), N_("Open it in Numbers, choose File, Export to, CSV or Excel, and import that.")),
)  # fmt: skip
"""A part of an office document → how it is read, or what it is and what to do."""

_COMPOUND = (
    ("EncryptedPackage", Holder.TEXT, N_("an Office file that is protected by a password"), AS_XLSX),
    ("__substg1.0_", Holder.TEXT, N_("a message of Outlook (.msg)"), _AS_MAIL),
    ("WordDocument", Holder.TEXT, N_("an old Word document (.doc)"), _AS_TABLE),
    ("PowerPoint Document", Holder.TEXT, N_("an old PowerPoint presentation (.ppt)"), _AS_TABLE),
    ("Workbook", Holder.BOOK, "", ""),
    ("Book", Holder.BOOK, "", ""),
)  # fmt: skip
"""A stream of a compound file → the same."""

_known: WeakKeyDictionary[Store, dict[str, Holder]] = WeakKeyDictionary()


def holder_of(store: Store, name: str, limits: Limits) -> Holder:
    """How the rows of an entry are read; Unrecognised, in words, for an office document that holds no table or keeps it locked."""
    known = _known.setdefault(store, {})
    if name not in known:
        known[name] = _holder(store, name, limits)
    return known[name]


def _holder(store: Store, name: str, limits: Limits) -> Holder:
    head = next(store.chunks(name, _HEAD), b"")
    if head.startswith(OLE):
        return _compound(store, name, limits)
    if head.startswith(b"PK"):
        return _zipped(store, name, limits)
    return Holder.PAGE if is_page(head) else Holder.TEXT


def is_page(head: bytes) -> bool:
    """True for a web page or an XML workbook with a table near its beginning."""
    wide = b"\0" in head[:4] or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    words = head.decode("utf-16" if wide else "latin-1", "replace").lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n")
    return words.startswith("<") and _PAGE.search(words) is not None


def _zipped(store: Store, name: str, limits: Limits) -> Holder:
    parts = Zip(Path(name), limits, store.opened(name))
    mime = parts.read("mimetype")[:200] if parts.sizes.get("mimetype", 1 << 20) < 1 << 20 else b""
    if b"opendocument.spreadsheet" in mime:
        return _opened_document(parts, name)
    if mime:
        raise refused(name, N_("an OpenDocument text, picture or presentation"), _AS_TABLE)
    for pattern, form, what, hint in _ZIPPED:
        if any(pattern.fullmatch(part) for part in parts.sizes):
            if what:
                raise refused(name, what, hint)
            return form
    return Holder.XLSX  # whose reader says that it is none


def _opened_document(parts: Zip, name: str) -> Holder:
    manifest = "META-INF/manifest.xml"
    if manifest in parts.sizes and b"encryption-data" in parts.read(manifest):
        raise refused(name, N_("an OpenDocument sheet (.ods) that is protected by a password"), AS_XLSX)
    return Holder.BOOK


def _compound(store: Store, name: str, limits: Limits) -> Holder:
    if store.sizes[name] <= limits.whole_bytes:
        content = store.read(name)
        for stream, form, what, hint in _COMPOUND:
            if stream.encode("utf-16-le") in content:
                if what:
                    raise refused(name, what, hint)
                return form
    raise ImportProblem(
        _("{name} is an old Excel workbook (.xls) or is protected by a password.").format(name=shown(name)), _(AS_XLSX)
    )


def refused(name: str, what: str, hint: str) -> Unrecognised:
    """The problem to raise for a document that is known and not read."""
    return Unrecognised(_("{name}: this is {what}, which is not read.").format(name=shown(name), what=_(what)), _(hint))
