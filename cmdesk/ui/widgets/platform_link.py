"""The way to a post or page at its platform: opened in the browser when the user asks, never by itself."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from cmdesk.core.text import _
from cmdesk.ui.session import Session
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, line


def find(session: Session, source: str, key: str) -> str:
    """The web address, "" where nobody can tell."""
    from cmdesk.core import links

    return links.link(session.host.importers, links.addresses(session.current()), source, key)


def open_link(session: Session, source: str, key: str) -> None:
    """Open it in the browser, or say what is missing."""
    found = find(session, source, key)
    if found:
        QDesktopServices.openUrl(QUrl(found))
    else:
        session.say(_("Nobody told where this stands on the web."), _("Give the address of the platform in the panel at the right."))


def add(sheet: Sheet, session: Session, source: str, key: str) -> None:
    """A button that opens it; where the address of the platform is not known, a field for that."""
    found = find(session, source, key)
    if found:
        sheet.say(found, "muted")
        sheet.add(line(button(_("Open at the platform"), lambda: open_link(session, source, key)), 1))
        return
    sheet.say(_("No export says where {source} is on the web. Give its address, and rows lead there.").format(source=source), "muted")
    field = QLineEdit()
    field.setAccessibleName(_("Address of the platform"))
    field.setPlaceholderText("https://acme.slack.com")
    keep = button(_("Keep"), lambda: _keep(session, source, field.text().strip()))
    field.returnPressed.connect(keep.click)
    sheet.add(line(field, keep))


def _keep(session: Session, source: str, address: str) -> None:
    from cmdesk.core import links

    session.write(
        _("Keeping an address"), lambda community: links.set_address(community, source, address),
        lambda _none: session.say(_("Kept. Select the row again to open it."), "", "good"),
    )  # fmt: skip
