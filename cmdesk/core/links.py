"""Where a post or page stands at its platform, as far as its importer can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from cmdesk.core.community import Community
from cmdesk.core.contributions import Importer
from cmdesk.core.errors import CmdeskError
from cmdesk.core.text import _

SETTING = "addresses"


def addresses(community: Community) -> dict[str, str]:
    """The address of each source's platform that the user gave, by "platform:key"."""
    found = community.setting(SETTING, {})
    return {str(source): str(address) for source, address in found.items()} if isinstance(found, dict) else {}


def set_address(community: Community, source: str, address: str) -> None:
    """Keep the address of a source's platform, such as https://acme.slack.com; "" forgets it. CmdeskError if it is no web address or there is
    no such source."""
    with community.reading() as connection:
        known = [row[0] for row in connection.execute("SELECT platform || ':' || key FROM sources ORDER BY 1")]
    if source not in known:
        raise CmdeskError(
            _("Nothing was imported from “{source}”.").format(source=source),
            _("There are: {names}.").format(names=", ".join(known) or _("none")),
        )
    if address and not is_web(address):
        raise CmdeskError(_("“{address}” is no web address.").format(address=address), _("Write it as https://acme.slack.com."))
    kept = {**addresses(community), source: address}
    community.set_setting(SETTING, {name: value for name, value in kept.items() if value})


def link(importers: Mapping[str, Importer], places: Mapping[str, str], source: str, key: str) -> str:
    """The web address of the post or page `key` of `source`, "" where nobody can tell."""
    platform = source.partition(":")[0]
    for importer in importers.values():
        if importer.link is not None and importer.name.partition(".")[0] == platform:
            found = _asked(importer.link, key, places.get(source, ""))
            if found:
                return found
    return ""


def _asked(ask: Callable[[str, str], object], key: str, address: str) -> str:
    try:
        found = ask(key, address)
    except Exception:  # noqa: BLE001 - a plugin's bug costs the link, not the list
        return ""
    return found if isinstance(found, str) and is_web(found) else ""


def is_web(address: str) -> bool:
    """True for an http or https address with a host and without blanks."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(sign.isspace() or ord(sign) < 32 for sign in address)
