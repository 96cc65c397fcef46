"""Channels, private channels and direct messages: what they are, which folder is whose, who is in them and since when."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from cmdesk.api import N_, Group, Membership

from .layout import DIRECT, PRIVATE, Folder, ListFile
from .model import Conversation, Words, moment, numbered
from .wording import plain

if TYPE_CHECKING:
    from cmdesk.api import Source

    from .people import Ids

DIRECT_RULE = "direct_messages"
N_("direct messages")  # as the rule is shown
_DIRECT_FOLDER = re.compile(r"D[A-Z0-9]{6,}|mpdm-.*")
WORKSPACE = "workspace:"


class Place(msgspec.Struct):
    """A conversation as this import knows it. `members` None: the export lists none, so joining and leaving decide."""

    key: str
    name: str
    direct: bool
    private: bool
    archived: bool
    workspace: str
    members: dict[str, None] | None = None


class Conversations:
    """All conversations by key, and by the names that their folders may have."""

    def __init__(self, ids: Ids, with_direct: bool, with_former: bool) -> None:
        self._ids = ids
        self._with_direct, self._with_former = with_direct, with_former
        self._places: dict[str, Place] = {}
        self._by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._joins: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._leaves: dict[tuple[str, str], int] = {}

    def read(self, source: Source, listed: ListFile) -> Iterator[Group]:
        """The groups of one list; direct messages are left out unless asked for."""
        direct = listed.kind == DIRECT
        if listed.workspace:
            yield Group(key=WORKSPACE + listed.workspace, name=listed.workspace, kind="workspace")
        for where, found in numbered(source, listed.name, Conversation):
            key = (found.id or found.name or "").strip()
            if not key:
                source.set_aside(where, N_("a conversation has neither an id nor a name"))
                continue
            place = self._add(found, key, listed)
            if direct and not self._with_direct:
                source.leave_out(DIRECT_RULE)
                continue
            source.use()
            yield Group(
                key=key, name=_name(place.name), kind="direct" if direct else "channel",
                parent=WORKSPACE + listed.workspace if listed.workspace else "", purpose=_words(found.purpose) or _words(found.topic),
                created=moment(found.created), archived=found.is_archived, private=place.private,
            )  # fmt: skip

    def _add(self, found: Conversation, key: str, listed: ListFile) -> Place:
        direct = listed.kind == DIRECT
        name = unicodedata.normalize("NFC", (found.name or "").strip()) or key
        private = direct or listed.kind == PRIVATE or bool(found.is_private)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = Place(key, name, direct, private, bool(found.is_archived), listed.workspace)
        for known in dict.fromkeys((name, key)):
            if place not in self._by_name[listed.workspace, known]:
                self._by_name[listed.workspace, known].append(place)
        if found.members is not None:
            place.members = (place.members or {}) | {self._ids[member]: None for member in found.members if member}
        return place

    def of_folder(self, folder: Folder, source: Source) -> tuple[Place, Group | None]:
        """The conversation that a folder belongs to; a folder that no list names becomes a group of its own name (second value)."""
        name = unicodedata.normalize("NFC", folder.name)
        found = self._by_name.get((folder.workspace, name)) or self._by_name.get(("", name)) or self._elsewhere(name)
        if found:
            if len(found) > 1:
                source.set_aside(
                    f"{folder.name}/", N_("{n} channels have this name; the messages go to the one in use").format(n=len(found)), 0
                )
            return min(found, key=lambda place: (place.direct, place.archived, place.private)), None
        direct = _DIRECT_FOLDER.fullmatch(name) is not None
        place = self._places[name] = Place(name, name, direct, direct, False, folder.workspace)
        self._by_name[folder.workspace, name].append(place)
        if direct and not self._with_direct:
            return place, None
        source.set_aside(f"{folder.name}/", N_("no list of the export names this folder; it became a group of its own"), 0)
        parent = WORKSPACE + folder.workspace if folder.workspace else ""
        return place, Group(key=name, name=_name(name), kind="direct" if direct else "channel", parent=parent, private=direct or None)

    def _elsewhere(self, name: str) -> list[Place]:
        """A channel listed in another workspace of a Grid (shared between them), if there is one of that name only."""
        found = [place for (_, known), places in self._by_name.items() if known == name for place in places]
        return found if len({place.key for place in found}) == 1 else []

    def left_out(self, key: str) -> bool:
        """True for a direct message that was not asked for."""
        place = self._places.get(key)
        direct = place.direct if place else _DIRECT_FOLDER.fullmatch(key) is not None
        return direct and not self._with_direct

    def joined(self, key: str, person: str, at: int) -> None:
        """A message says that a person joined."""
        self._joins[key][person].add(at)

    def departed(self, key: str, person: str, at: int) -> None:
        """A message says that a person left."""
        self._leaves[key, person] = max(at, self._leaves.get((key, person), at))

    def memberships(self) -> Iterator[Membership]:
        """Everyone who is in a conversation; with `with_former` also who left it. Yielded last: only messages tell the dates."""
        for place in self._places.values():
            if place.direct and not self._with_direct:
                continue
            for person in self._present(place):
                yield Membership(person=person, group=place.key, joined=self._since(place.key, person))
        if self._with_former:
            for (key, person), left in self._leaves.items():
                place = self._places[key]
                if person not in self._present(place):
                    earlier = [at for at in self._joined_at(key, person) if at < left]
                    yield Membership(person=person, group=key, joined=min(earlier, default=None), left=left)

    def _present(self, place: Place) -> dict[str, None]:
        if place.members is None:
            came = self._joins.get(place.key, {})
            place.members = {person: None for person in came if self._since(place.key, person) is not None}
        return place.members

    def _since(self, key: str, person: str) -> int | None:
        """When the present stay began: the first time that the person joined after leaving last."""
        left = self._leaves.get((key, person), -1)
        return min((at for at in self._joined_at(key, person) if at > left), default=None)

    def _joined_at(self, key: str, person: str) -> set[int]:
        return self._joins.get(key, {}).get(person, set())


def _words(words: Words | None) -> str:
    return plain(words.value or "").strip() if words else ""


def _name(name: str) -> str:
    """`mpdm-ann--bob-1` as people say it."""
    return ", ".join(name[5:].rpartition("-")[0].split("--")) if name.startswith("mpdm-") else name
