"""After an import: what was read, and what one can do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.core.importing import ImportResult
from cmdesk.core.text import _, ngettext
from cmdesk.ui import words
from cmdesk.ui.pages.imports import kind_words
from cmdesk.ui.widgets.plain import box, button, empty, label, line


class ReadStep(QWidget):
    """`further`: what is it for; `listed`: the page Imports; `again`: import more."""

    further = Signal()
    listed = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, column = box(gap=12)
        column.addWidget(label(_("What was read"), "heading"))
        self._texts = QVBoxLayout()
        column.addLayout(self._texts)
        self.on = button(_("Go on: what is it for?"), self.further.emit, "primary")
        self.ledger = button(_("See the ledger"), self.listed.emit)
        self.more = button(_("Import more"), self.again.emit)
        column.addLayout(line(self.on, self.ledger, self.more, 1))
        outer.addWidget(frame)
        outer.addStretch(1)

    def show_result(self, result: ImportResult) -> str:
        """Show what was read; returns in one sentence what is new."""
        empty(self._texts)
        read = result.records
        parts = [_("{n} records read").format(n=words.count(read.read)), _("{n} used").format(n=words.count(read.used))]
        left = sum(read.left_out.values())
        parts += [_("{n} left out by rule").format(n=words.count(left))] if left else []
        parts.append(_("{n} set aside").format(n=words.count(read.set_aside)))
        self._texts.addWidget(label(" · ".join(parts), wrap=True))
        if (before := result.before) is not None:
            place = _("It took the place of what was read before: {used_before} used, {aside_before} set aside. One undo goes back.")
            self._texts.addWidget(label(place.format(used_before=words.count(before.used), aside_before=words.count(before.set_aside)), wrap=True))
        stored = [f"{kind_words(kind)} {words.count(each.stored)}" for kind, each in result.facts.items() if each.stored]
        text = _("New: {what}.").format(what=" · ".join(stored)) if stored else _("All of it was known already; nothing changed.")
        self._texts.addWidget(label(text, "muted", wrap=True))
        if read.set_aside:
            n = ngettext(
                "{n} record could not be read; the page Imports says why.",
                "{n} records could not be read; the page Imports says why.",
                read.set_aside,
            )
            self._texts.addWidget(label(n.format(n=words.count(read.set_aside)), "muted", wrap=True))
        return text
