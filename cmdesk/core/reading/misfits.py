"""What does not fit in a JSON record, in words that quote none of it."""

from __future__ import annotations

import re

import msgspec

from cmdesk.core.text import N_, _

_MISFIT = re.compile(r"Expected `([^`]*)`, got `([^`]*)`(?: - at `\$\.?([^`]*)`)?")
_KINDS = {
    "object": N_("an object"), "array": N_("a list"), "str": N_("text"), "int": N_("a whole number"), "float": N_("a number"), "bool": N_("true or false"),
    "null": N_("nothing"),
}  # fmt: skip


def told(error: msgspec.ValidationError) -> str:
    """Which field holds what, and what belongs there; msgspec's own words where it is something else."""
    match = _MISFIT.fullmatch(str(error))
    if match is None:
        return str(error).replace("`", "")
    wanted, got = (_kind(match[number]) for number in (1, 2))
    if match[3]:
        return _("{where} holds {got}, where {wanted} belongs").format(where=match[3], got=got, wanted=wanted)
    return _("it is {got}, where {wanted} belongs").format(got=got, wanted=wanted)


def _kind(said: str) -> str:
    """The first of the kinds that may stand there: that it may be missing helps nobody."""
    first = said.split(" | ", 1)[0]
    return _(_KINDS[first]) if first in _KINDS else first
