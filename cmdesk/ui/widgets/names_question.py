"""The one question that a new community asks: does this screen show names?"""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from cmdesk.core.text import _
from cmdesk.ui.widgets.check import RadioButton
from cmdesk.ui.widgets.plain import label


class NamesQuestion(QFrame):
    """`names` is the answer; names on this screen until somebody says otherwise is never assumed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(_("Whose community is it?"), "strong"))
        self.mine = RadioButton(_("I work with these people"))
        self.others = RadioButton(_("I assess for someone else"))
        self._both = QButtonGroup(self)
        for choice, text in (
            (self.mine, _("Names on this screen; pseudonyms in everything that leaves it, unless you switch them on there.")),
            (self.others, _("Pseudonyms everywhere. Search finds pseudonyms only.")),
        ):
            choice.setAccessibleDescription(text)
            self._both.addButton(choice)
            column.addWidget(choice)
            small = label(text, "small", wrap=True)
            small.setIndent(26)
            column.addWidget(small)
        self.others.setChecked(True)

    @property
    def names(self) -> bool:
        """True if names are to show on this screen."""
        return self.mine.isChecked()
