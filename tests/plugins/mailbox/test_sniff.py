"""Archives of mail are told from everything else, however they are called and packed."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from cmdesk import pluginhost
from cmdesk.core.reading.source import Source
from cmdesk.core.settings import Settings
from tests.plugins.mailbox.builder import mail

ARCHIVE = mail(1, Subject="Words, words; words") + mail(2, "1,2,3\n4,5,6\n7,8,9") + mail(3)
KINDS = {
    "mbox": ARCHIVE, "hidden": ARCHIVE.replace(b"ann@example.org Thu", b"h@d|ey @end|ng |rom gm@||@com  Thu").replace(b"@example.org>", b" at example.org>"),
    "mail": mail(1, line="", Subject="Hi"), "crlf": ARCHIVE.replace(b"\n", b"\r\n"), "cr": ARCHIVE.replace(b"\n", b"\r"), "mark": b"\xef\xbb\xbf" + ARCHIVE,
}  # fmt: skip


def all_sniffs(path: Path) -> dict[str, float]:
    importers = pluginhost.load(Settings(), plugins=False).importers
    with Source(path) as source:
        return {name: importer.sniff(source) for name, importer in importers.items()}


def surest(path: Path) -> str:
    """The importer that recognises a file; no other may think that it does."""
    sure = all_sniffs(path)
    assert sorted(sure.values())[-2] <= 0.5, sure
    best = max(sure, key=lambda name: sure[name])
    return best if sure[best] > 0.5 else ""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_mail_is_recognised(tmp_path: Path, kind: str) -> None:
    for name in ("2007-June.txt", "Inbox", "export.csv"):
        path = tmp_path / name
        path.write_bytes(KINDS[kind])
        assert surest(path) == "mailbox.archive"
    packed = tmp_path / "2007-June.txt.gz"
    packed.write_bytes(gzip.compress(KINDS[kind]))
    assert surest(packed) == "mailbox.archive"
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("Takeout/Groups/friends/topics.mbox", KINDS[kind])
        archive.writestr("Takeout/Groups/friends/info.csv", "a,b\n1,2\n")
    assert surest(tmp_path / "x.zip") == "mailbox.archive"


@pytest.mark.parametrize("text", [
    "From here to there\nit is far\n", "Name: Ann\nAge: 7\n", "From,To,Date\nann,bob,2024-01-01\n", "From: one\nTo: two\n\nwords\n", "", "name,email\nAnn,a@x.org\n",
])  # fmt: skip
def test_what_is_no_mail(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text or "\n")
    assert all_sniffs(path)["mailbox.archive"] == 0
