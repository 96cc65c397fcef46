"""What the user may say about an export."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`direct_messages`: read private conversations too. `private_groups`: no leaves out what is written in private groups. `domains`: the mail
    domains of the own organisation ("example.org;example.com"); who has an address elsewhere is a guest. `source`: the name under which facts
    are kept, as an export does not name its tenant."""

    direct_messages: bool = False
    private_groups: bool = True
    domains: str = ""
    source: str = "viva_engage"
