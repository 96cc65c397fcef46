"""What the Help menu shows in the inspector."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cmdesk.core.text import _
from cmdesk.ui.widgets.inspector import Sheet

if TYPE_CHECKING:
    from cmdesk.ui.actions import Deed


def keys(deeds: Iterable[Deed]) -> Sheet:
    """Every action that has a key."""
    sheet = Sheet(_("Keys"), _("Everything that the mouse can do has a key or stands in the search field (Ctrl+K)."))
    sheet.facts([(deed.key, deed.text) for deed in deeds if deed.key])
    return sheet


def about() -> Sheet:
    """What this is."""
    from cmdesk import __version__

    sheet = Sheet("cmdesk", _("Does a community do what it is for? Measured on this machine; nothing leaves it."))
    sheet.facts([(_("Version"), __version__), (_("Licence"), "GPL-3.0-or-later")])
    return sheet
