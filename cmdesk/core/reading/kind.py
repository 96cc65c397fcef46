"""What a file is by its first bytes, and plain words for what is not read."""

from __future__ import annotations

import enum

from cmdesk.core.errors import ImportProblem, Unrecognised
from cmdesk.core.reading.names import shown
from cmdesk.core.text import N_, _

_FOREIGN = (
    (b"Rar!", N_("a RAR archive")), (b"7z\xbc\xaf\x27\x1c", N_("a 7-Zip archive")), (b"BZh", N_("a bzip2 archive")), (b"\xfd7zXZ\x00", N_("an XZ archive")),
    (b"\x28\xb5\x2f\xfd", N_("a Zstandard archive")), (b"\xff\xd8\xff", N_("a JPEG picture")),
    (b"\x89PNG", N_("a PNG picture")), (b"MZ", N_("a program for Windows")), (b"\x7fELF", N_("a program")), (b"SQLite format 3\x00", N_("a database")),
)  # fmt: skip
_DOCUMENTS = (
    (b"%PDF", N_("a PDF document"), N_("It is a print of the table: ask for the table itself, as XLSX or CSV, and import that.")),
    (b"{\\rtf", N_("a text in RTF"), N_("If it holds a table, copy the table into Excel or LibreOffice, save it as XLSX or CSV, and import that.")),
    (b"!BDN", N_("a data file of Outlook (.pst or .ost)"), N_("Save the messages as an mbox archive (Thunderbird can import from Outlook and export mbox), and import that.")),
)  # fmt: skip
"""First bytes of a document that is not read, what it is, and what to do."""
_PACKED = (".zip", ".tar", ".tgz", ".tar.gz", ".gz", ".rar", ".7z")
_OFFICE = (".xlsx", ".xlsm", ".xltx", ".ods", ".docx", ".pptx", ".odt", ".xlsb", ".numbers", ".pages", ".key")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(enum.Enum):
    """How a file is opened."""

    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    FILE = "file"


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of a file that begins with `head`; raises ImportProblem, in words, for what can hold no export."""
    if not head:
        raise ImportProblem(_("{name} is empty.").format(name=shown(name)), _("Download the export again."))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")):
        return Kind.FILE if is_office(head, name) else Kind.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if head[257:262] == b"ustar":
        return Kind.TAR
    for magic, words in _FOREIGN:
        if head.startswith(magic):
            raise ImportProblem(
                _("{name} is {words}, which is not read.").format(name=shown(name), words=_(words)),
                _("Unpack or save it in a format that cmdesk reads: zip, CSV, JSON, XLSX."),
            )
    for magic, words, hint in _DOCUMENTS:
        if head.startswith(magic):
            raise Unrecognised(_("{name} is {words}, which is not read.").format(name=shown(name), words=_(words)), _(hint))
    if name.lower().endswith(_PACKED):
        raise ImportProblem(
            _("{name} is no archive: it {instead}.").format(name=shown(name), instead=_instead(head)),
            _("Download the export again; perhaps you must sign in first."),
        )
    return Kind.FILE


def is_office(head: bytes, name: str) -> bool:
    """True for a zip that is an office document (XLSX, ODS …) and not an archive of files."""
    if name.lower().endswith(_OFFICE):
        return True
    size = int.from_bytes(head[26:28], "little")
    first = head[30 : 30 + size]
    return first in (b"[Content_Types].xml", b"mimetype", b"_rels/.rels") or first.startswith((b"xl/", b"docProps/")) or first.endswith(b".iwa")


def _instead(head: bytes) -> str:
    start = head.lstrip()[:200].lower()
    if start.startswith(b"<"):
        return _("holds a web page, perhaps the page to sign in") if b"html" in start else _("holds XML text")
    if start.startswith((b"{", b"[")):
        return _("holds JSON text")
    return _("holds something else")
