"""Which column of a table plays which role: guessed from its header, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cmdesk.api import N_, CmdeskError, _

from .words import KINDS, plain

NOT_KEPT = ("manager",)
"""Roles that are known and for which the model has no place."""

EVERY = "*"
"""In the place of a role: every role that is not named."""

_ADDED = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\))\s*$")
"""What stands in brackets behind the name of a column."""
_NUMBERED = re.compile(r"column (\d{1,5})")


class Columns(msgspec.Struct, frozen=True):
    """`at`: role → index of its column. `names`: the header."""

    at: dict[str, int]
    names: tuple[str, ...]

    def __contains__(self, role: str) -> bool:
        return role in self.at

    def cell(self, cells: Sequence[str], role: str) -> str:
        """The cell of `role` in a row, without blanks around it; "" if the table has no such column."""
        index = self.at.get(role)
        return cells[index].strip() if index is not None else ""

    def told(self) -> str:
        """What is read and what is not, for the ledger: "read: person = Nr, unit = Afdeling; not read: Phone"."""
        at = {role: index for role, index in self.at.items() if role not in NOT_KEPT}
        used = ", ".join(f"{role} = {self.names[index]}" for role, index in at.items())
        rest = ", ".join(name for index, name in enumerate(self.names) if index not in at.values())
        return N_("columns read: {used}").format(used=used) + (N_("; not read: {rest}").format(rest=rest) if rest else "")


def match(kind: str, names: Sequence[str], said: str = "") -> Columns:
    """The columns of a table of this kind. `said`: "role=Header;role=Header" from the user, which goes before every guess; an empty
    header ("role=") takes a guess away, "*=" every guess. A header may be "column 3". CmdeskError for an unknown role or header."""
    words = KINDS[kind]
    chosen = _chosen(kind, names, said)
    forms, short = [plain(name) for name in names], [plain(_ADDED.sub("", name)) for name in names]
    at = {role: index for role, index in chosen.items() if index is not None}
    for role, wanted in words.items():
        if role in chosen or EVERY in chosen:
            continue
        free = {form: index for index, form in reversed(list(enumerate(forms))) if index not in at.values()}
        if short != forms:  # "Status [READ ONLY]", "Created (UTC)"
            free |= {form: index for index, form in reversed(list(enumerate(short))) if index not in at.values() and form not in free}
        found = next((free[form] for form in wanted.split() if form in free), None)
        if found is not None:
            at[role] = found
    return Columns(at, tuple(names))


def _chosen(kind: str, names: Sequence[str], said: str) -> dict[str, int | None]:
    chosen: dict[str, int | None] = {}
    forms = [plain(name) for name in names]
    for part in said.split(";"):
        if not part.strip():
            continue
        role, equals, header = (word.strip() for word in part.partition("="))
        if (role not in KINDS[kind] and (role != EVERY or header)) or not equals:
            raise CmdeskError(
                _("There is no column role “{role}” in a table of {kind}.").format(role=role, kind=kind),
                _("Roles: {names}. Write role=Header;role=Header.").format(names=", ".join(KINDS[kind])),
            )
        if not header:
            chosen[role] = None
        elif header in names:
            chosen[role] = list(names).index(header)
        elif plain(header) in forms:
            chosen[role] = forms.index(plain(header))
        elif (numbered := _NUMBERED.fullmatch(header)) and 1 <= int(numbered[1]) <= len(names):
            chosen[role] = int(numbered[1]) - 1
        else:
            raise CmdeskError(
                _("The table has no column “{header}”.").format(header=header), _("Its columns: {names}.").format(names=", ".join(names))
            )
    return chosen
