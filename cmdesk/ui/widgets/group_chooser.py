"""The group whose list is shown; those inside it are in the list too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cmdesk.core.groups import GroupRow
from cmdesk.core.schema import ROOT
from cmdesk.core.text import _
from cmdesk.ui.widgets.chooser import Chooser


class GroupChooser(Chooser):
    """`chosen(group_id)` when the user takes another one."""

    def __init__(self, chosen: Callable[[int], object]) -> None:
        super().__init__(_("Group"))
        self.group = ROOT
        self._chosen = chosen
        self.setMinimumWidth(180)
        self.setMaximumWidth(320)
        self.activated.connect(self._take)

    def fill(self, rows: Sequence[GroupRow]) -> None:
        """Offer these groups; one that is gone gives way to the whole community."""
        self.clear()
        for row in rows:
            self.addItem(row.path, row.id)
        self.show_group(self.group if any(row.id == self.group for row in rows) else ROOT)

    def show_group(self, group: int) -> None:
        """Show this group as chosen."""
        self.group = group
        self.setCurrentIndex(max(0, self.findData(group)))

    def _take(self, _index: int) -> None:
        if self.currentData() != self.group:
            self.group = int(self.currentData())
            self._chosen(self.group)
