"""Whose clock wrote times that name no zone: the zones that one is likely to want, and room to type another."""

from __future__ import annotations

from PySide6.QtCore import QTimeZone, Signal

from cmdesk.core.text import _
from cmdesk.ui.widgets.chooser import Chooser

LIKELY = (
    "UTC", "Europe/Amsterdam", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Helsinki", "Europe/Istanbul",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Africa/Nairobi", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


class ZoneChooser(Chooser):
    """`chosen(zone)`: the name of a zone, "" where nobody knows."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Time zone of these times"))
        self.setEditable(True)
        self.setInsertPolicy(Chooser.InsertPolicy.NoInsert)
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.addItem(_("not known"), "")
        for zone in dict.fromkeys((here, *LIKELY)):
            self.addItem(zone, zone)
        self._now = ""
        self.activated.connect(lambda _number: self._tell())
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._tell)

    def zone(self) -> str:
        """What is chosen or typed."""
        typed = self.currentText().strip()
        return "" if typed == self.itemText(0) else typed

    def show_zone(self, zone: str) -> None:
        """Show a zone without telling anybody."""
        self._now = zone
        self.setCurrentIndex(max(0, self.findData(zone)))
        if zone and self.findData(zone) < 0:
            self.setEditText(zone)

    def _tell(self) -> None:
        if self.zone() != self._now:
            self._now = self.zone()
            self.chosen.emit(self._now)
