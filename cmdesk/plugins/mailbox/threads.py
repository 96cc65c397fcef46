"""Which mail answers which: by the ids that mails name, else by the subject within some weeks."""

from __future__ import annotations

import re

import msgspec

from .headers import Header, raw

_ID = re.compile(r"<([^<>\s]{3,998})>")
_BARE_ID = re.compile(r"[^\s<>,;\"]{1,500}@[^\s<>,;\"]{1,500}")
_ANSWER = re.compile(
    r"\s*(?:re|aw|antw|antwort|antwoord|sv|vs|odp|ynt|rif|res|ref|r|回复|回覆|答复|答覆|회신|отв|ответ|απ|תגובה|رد)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]", re.IGNORECASE
)
_PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr|rv|doorst|fs|vl|enc|i|пересл|转发|轉寄)\s*[:：]", re.IGNORECASE)
_TAGGED = re.compile(r"\s*\[[^\[\]]{1,60}\]")
_MOST_SUBJECTS = 50_000


def message_id(header: Header) -> str:
    """The Message-ID without its brackets; "" if there is none to speak of."""
    value = raw(header, "message-id")
    found = _ID.search(value)
    if found:
        return found[1]
    bare = value.strip(" <>\t")
    return bare if 3 <= len(bare) <= 998 and " " not in bare else ""


def subject_of(text: str) -> tuple[str, bool]:
    """(the subject without "Re:", list tags and case, whether it is marked as an answer). What is passed on begins anew."""
    answers = False
    for _ in range(20):
        if found := _ANSWER.match(text):
            answers = True
        else:
            found = _TAGGED.match(text)
        if not found:
            break
        text = text[found.end() :]
    return " ".join(text.split()).casefold(), answers and not _PASSED_ON.match(text)


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a mail stands: the id that starts its thread and the id that it answers, "" for none."""

    thread: str = ""
    reply_to: str = ""


class Threads:
    """Remembers of each mail which thread it is in, and of each subject who began to speak of it."""

    def __init__(self, days: int) -> None:
        self._window = days * 86_400_000_000
        self._root: dict[str, str] = {}
        self._subjects: dict[tuple[str, str], tuple[str, int]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._root

    def place(self, key: str, header: Header, subject: str, group: str, at: int | None) -> Place:
        """Where the mail `key` stands; to be asked once for each mail, in the order of the archive."""
        parent, oldest = self._parent(key, header)
        bare, answers = subject_of(subject)
        if parent:
            known = self._root.get(parent) or self._root.get(oldest) or oldest or parent
            root = key if known == key else known
        else:
            root = parent = self._by_subject(group, bare, at) if answers else ""
        self._root[key] = root or key
        if bare and at is not None:
            self._remember((group, bare), root or key, at, anew=not root and not answers)
        return Place("" if root == key else root, parent)

    def _parent(self, key: str, header: Header) -> tuple[str, str]:
        """(the id that is answered, the oldest id of the thread) as the header says."""
        answered = [found for found in _ids(raw(header, "in-reply-to")) if found != key]
        chain = [found for found in _ids(raw(header, "references")) if found != key]
        parent = answered[0] if answered else chain[-1] if chain else ""
        if parent not in self._root and chain and chain[-1] in self._root:
            parent = chain[-1]
        return parent, chain[0] if chain else ""

    def _by_subject(self, group: str, bare: str, at: int | None) -> str:
        root, last = self._subjects.get((group, bare), ("", 0))
        return root if bare and at is not None and abs(at - last) <= self._window else ""

    def _remember(self, subject: tuple[str, str], root: str, at: int, *, anew: bool) -> None:
        before = None if anew else self._subjects.pop(subject, None)
        self._subjects[subject] = (before[0], max(at, before[1])) if before and abs(at - before[1]) <= self._window else (root, at)
        if len(self._subjects) > _MOST_SUBJECTS:
            for old in list(self._subjects)[: _MOST_SUBJECTS // 2]:
                del self._subjects[old]


def _ids(text: str) -> list[str]:
    found = _ID.findall(text[-20_000:])
    return found or ([] if " " in text.strip() else _BARE_ID.findall(text[:2_000]))
