"""What an exporter is given: the newest assessment or the community itself, and its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _

if TYPE_CHECKING:
    from cmdesk.core.community import Community
    from cmdesk.core.contributions import Exporter
    from cmdesk.pluginhost import Host


def find(host: Host, name: str) -> Exporter:
    """The exporter of this name; CmdeskError lists those that there are."""
    if name not in host.exporters:
        raise CmdeskError(
            _("There is no exporter “{name}”.").format(name=name),
            _("There are: {names}.").format(names=", ".join(host.exporters) or _("none; see cmdesk plugins")),
        )
    return host.exporters[name]


def subject(community: Community, host: Host, exporter: Exporter, names: bool) -> object:
    """A Report, a Snapshot, ListsToFill or Ledgers, as the exporter accepts; CmdeskError where nothing was assessed yet."""
    from cmdesk.core import assessments, links, lists_to_fill, loading
    from cmdesk.core.importing import ledger_list

    with community.reading() as connection:
        if exporter.accepts == "lists":
            return lists_to_fill.gather(connection, host.importers, links.addresses(community), names)
        if exporter.accepts == "ledger":
            return ledger_list.gather(connection, names)
        if exporter.accepts == "snapshot":
            return loading.load(connection, as_of=None, metrics=host.metrics)
        newest = assessments.latest(connection)
        if newest is None:
            raise CmdeskError(_("Nothing was assessed yet."), _("First: cmdesk assess {path}").format(path=community.path))
        return assessments.for_others(connection, newest, names=names, plugins=host)


def options(exporter: Exporter, given: Mapping[str, str], names: bool) -> Any:
    """The exporter's options from KEY=VALUE words; one called `names` follows --names."""
    values: dict[str, Any] = dict(given)
    if "names" in {field.name for field in msgspec.structs.fields(exporter.options)}:
        values["names"] = names
    try:
        return msgspec.convert(values, exporter.options, strict=False)
    except msgspec.ValidationError as error:
        fields = ", ".join(field.name for field in msgspec.structs.fields(exporter.options)) or "none"
        raise CmdeskError(
            _("{name} cannot take these options: {error}.").format(name=exporter.name, error=error),
            _("Its options: {fields}.").format(fields=fields),
        ) from None
