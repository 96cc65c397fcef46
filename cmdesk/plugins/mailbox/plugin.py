"""Mail archives: mbox, pipermail and Mailman months, Google Groups and groups.io archives, folders of single mails."""

from __future__ import annotations

from collections.abc import Iterable

from cmdesk.api import Importer, _, hookimpl

from .layout import sniff
from .reading import Options, read

PATTERNS = ("*.mbox", "*.mbx", "*.txt", "*.txt.gz", "*.mbox.gz", "*.eml", "*.zip", "*.tar.gz")


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    """`mailbox.archive`."""
    yield Importer(name="mailbox.archive", title=_("Mail archive"), patterns=PATTERNS, sniff=sniff, read=read, options=Options)
