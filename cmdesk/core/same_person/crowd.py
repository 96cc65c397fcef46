"""How common names are among the accounts of each source: what only one has tells more than what many have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from cmdesk.core.same_person.account import Account
from cmdesk.core.same_person.nicknames import formals

KNOWN = 20
"""Full names of a source from which it is worth something that only one of them is a Jeff."""


class Crowd:
    """Counts of accounts by (source, name)."""

    def __init__(self, names: Mapping[tuple[int, str], int], words: Mapping[tuple[int, str], int], full: Mapping[int, int]) -> None:
        self._names, self._words, self._full = names, words, full

    def sharing(self, one: Account, other: Account) -> int:
        """How many accounts of one source have the name of `one`, or of `other`, in any order and spelling; the larger."""
        return max(self._names.get((who.source, who.name.key), 1) for who in (one, other))

    def several_held(self, holder: Account, named: Account) -> bool:
        """True if each name of `named` that a handle of `holder` holds, or begins, is also that of another account of its source."""
        held = [word for word in named.name.words if len(word) > 3 and any(word in handle or word.startswith(handle) for handle in holder.handles)]
        return bool(held) and all(self._words.get((named.source, word), 1) > 1 for word in held)

    def alone(self, handle: str, named: Account) -> bool:
        """True if `handle` is the given name of `named`, or a short form of it, and of nobody else of its source."""
        if len(handle) < 3 or not named.name.full or self._full.get(named.source, 0) < KNOWN:
            return False
        meant = {handle, *formals(handle)}
        given = named.name.words[0]
        return not meant.isdisjoint({given, *formals(given)}) and max(self._words.get((named.source, word), 0) for word in meant) == 1


NONE = Crowd({}, {}, {})
"""Nothing is known of others."""


def crowd(accounts: Iterable[Account]) -> Crowd:
    """Count the names of `accounts`."""
    names: Counter[tuple[int, str]] = Counter()
    words: Counter[tuple[int, str]] = Counter()
    full: Counter[int] = Counter()
    for one in accounts:
        if not one.name.words or one.is_bot:
            continue
        names[one.source, one.name.key] += 1
        full[one.source] += one.name.full
        given = one.name.words[0]
        words.update((one.source, word) for word in {*one.name.words, *formals(given)})
    return Crowd(names, words, full)
