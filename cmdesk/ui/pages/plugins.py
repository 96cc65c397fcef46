"""Plugins: what each adds, whether it works, and a switch."""

from __future__ import annotations

from typing import NamedTuple

from cmdesk.core.text import _, ngettext
from cmdesk.pluginhost import Host, PluginInfo
from cmdesk.ui import words
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.page import Page
from cmdesk.ui.session import Session
from cmdesk.ui.table_model import Column, RowsModel
from cmdesk.ui.widgets.inspector import Sheet
from cmdesk.ui.widgets.plain import button, line
from cmdesk.ui.widgets.table import Table


class PluginLine(NamedTuple):
    """A plugin in the table."""

    id: int
    info: PluginInfo


def state_words(info: PluginInfo) -> str:
    """A plugin's state in a word."""
    return {"on": _("● on"), "off": _("– off"), "failed": _("○ failed")}.get(info.state, info.state)


class PluginsPage(Page):
    """Every plugin, ours included."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(
            session,
            desk,
            _("Plugins"),
            _("Importers, measures, reports and views. A plugin runs with all your rights: install only what you trust."),
        )
        self.model = RowsModel(
            [
                Column(_("Plugin"), lambda row: row.info.name, "name", 130),
                Column(_("State"), lambda row: state_words(row.info), "state", 80, token=_token),
                Column(_("Version"), lambda row: row.info.version, "version", 76),
                Column(_("From"), lambda row: _origin(row.info), "origin", 138),
                Column(_("Adds"), lambda row: _adds(session.host, row.info), "adds", 300, tip=lambda row: _adds(session.host, row.info)),
                Column(_("What is wrong"), lambda row: row.info.problem, "problem", 200, tip=lambda row: row.info.problem),
            ]
        )
        self.table = Table(self.model, _("Plugins"))
        self.table.chosen.connect(self._chosen)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        self.model.set_rows(PluginLine(number, info) for number, info in enumerate(self.session.host.plugins))

    def _chosen(self, row: PluginLine) -> None:
        info = row.info
        sheet = Sheet(info.name, " · ".join(part for part in (info.version, info.author) if part))
        sheet.facts([(_("State"), state_words(info)), (_("From"), _origin(info))])
        if info.problem:
            sheet.section(_("What is wrong"))
            sheet.say(info.problem)
            sheet.say(_("The rest of cmdesk works without it."), "small")
        switch = button(_("Switch it on") if info.state == "off" else _("Switch it off"), lambda: self._switch(info))
        sheet.add(line(switch, 1))
        host = self.session.host
        for kind in dict.fromkeys(_kind(host, name) for name in info.contributions):
            names = [name for name in info.contributions if _kind(host, name) == kind]
            sheet.section(f"{kind} ({words.count(len(names))})" if len(names) > 1 else kind)
            sheet.facts([(_title(host, name), name) for name in names])
        self.inspect(sheet)

    def _switch(self, info: PluginInfo) -> None:
        if self.session.busy():
            self.session.say(_("Something still runs."), _("Switch the plugin when it has ended."), "warn")
            return
        off = set(self.desk.settings.plugins_off)
        off.symmetric_difference_update({info.name})
        self.desk.change(plugins_off=tuple(sorted(off)))
        from cmdesk.ui.window import loader

        self.session.reload_host(loader(self.desk))
        text = _("{name} is switched off.") if info.name in off else _("{name} is switched on.")
        self.session.say(text.format(name=info.name), kind="good")


def _token(row: PluginLine) -> str:
    return {"on": "fits", "failed": "not_yet"}.get(row.info.state, "muted")


def _origin(info: PluginInfo) -> str:
    return {"cmdesk": _("comes with cmdesk"), "installed": _("installed"), "folder": _("your plugin folder")}.get(info.origin, info.origin)


def _kind(host: Host, name: str) -> str:
    kinds = (
        (host.importers, _("Importer")), (host.metrics, _("Measure")), (host.assessors, _("Assessment")), (host.exporters, _("Report or picture")),
        (host.views, _("Page")),
    )  # fmt: skip
    return next((word for table, word in kinds if name in table), "")


def _title(host: Host, name: str) -> str:
    """What a contribution is called for people."""
    every = (host.importers, host.metrics, host.assessors, host.exporters, host.views)
    return next((str(table[name].title) for table in every if name in table), name)


def _adds(host: Host, info: PluginInfo) -> str:
    """Titles of what a plugin adds; measures, which are many, by their number."""
    measures = sum(name in host.metrics for name in info.contributions)
    said = [_title(host, name) for name in info.contributions if name not in host.metrics]
    return ", ".join([*said, *([ngettext("{n} measure", "{n} measures", measures).format(n=measures)] if measures else [])])
