"""How common names are among the accounts of each source: what only one has tells more than what many have."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from cmdesk.core.same_person.account import Account
from cmdesk.core.same_person.nicknames import formals, is_given

Key = tuple[int, str]

KNOWN = 20
"""Names of a source from which it is worth something that only one of them is a Jeff."""


class Crowd:
    """Counts of accounts by (source, name); `handles` are those of a source, sorted."""

    def __init__(self, names: Mapping[Key, int], words: Mapping[Key, int] = {}, named: Mapping[int, int] = {}, handles: Mapping[int, list[str]] = {}) -> None:
        self._names, self._words, self._named, self._handles = names, words, named, handles

    def sharing(self, one: Account, other: Account) -> int:
        """How many accounts of one source have the name of `one`, or of `other`, in any order and spelling; the larger."""
        return max(self._names.get((who.source, who.name.key), 1) for who in (one, other))

    def several_held(self, holder: Account, named: Account) -> bool:
        """True if each name of `named` that a handle of `holder` holds, or begins, is also that of another account of its source."""
        held = [word for word in named.name.words if len(word) > 3 and any(word in handle or word.startswith(handle) for handle in holder.handles)]
        return bool(held) and all(self._words.get((named.source, word), 1) > 1 for word in held)

    def alone(self, holder: Account, named: Account) -> bool:
        """True if a handle of `holder` is, or begins or ends with, a name that of the source of `named` nobody else has."""
        if self._named.get(named.source, 0) < KNOWN:
            return False
        return any(self._is_given(handle, named) or self._holds_name(handle, holder.source, named) for handle in holder.handles)

    def _is_given(self, handle: str, named: Account) -> bool:
        given, meant = named.name.words[0], {handle, *formals(handle)}
        return not meant.isdisjoint({given, *formals(given)}) and max(self._words.get((named.source, word), 0) for word in meant) == 1

    def _holds_name(self, handle: str, source: int, named: Account) -> bool:
        words = named.name.words
        for at, word in enumerate(words):
            least = 4 if len(handle) - len(word) < 3 else 5
            if len(word) < least or (at + 1 < len(words) and is_given(word)) or self._words.get((named.source, word), 0) != 1:
                continue
            begins = handle.startswith(word)
            if (begins and self._beginning(source, word) < 2) or (handle.endswith(word) and not begins and not is_given(word)):
                return True
        return False

    def _beginning(self, source: int, begin: str) -> int:
        handles = self._handles.get(source, [])
        return bisect_left(handles, begin + "~") - bisect_left(handles, begin)


NONE = Crowd({})
"""Nothing is known of others."""


def crowd(accounts: Iterable[Account]) -> Crowd:
    """Count the names of `accounts`."""
    names: Counter[Key] = Counter()
    words: Counter[Key] = Counter()
    named: Counter[int] = Counter()
    handles: defaultdict[int, list[str]] = defaultdict(list)
    for one in accounts:
        if one.is_bot:
            continue
        handles[one.source] += one.handles[:1]
        if one.name.words:
            names[one.source, one.name.key] += 1
            named[one.source] += 1
            words.update([(one.source, word) for word in {*one.name.words, *formals(one.name.words[0])}])
    for of_source in handles.values():
        of_source.sort()
    return Crowd(names, words, named, handles)
