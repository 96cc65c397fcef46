"""Topics, categories and people of a forum, as far as this import knows them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from cmdesk.api import Group, Membership, Person

from .model import Category, DiscoursePost, Topic

_SYSTEM = frozenset({"system", "discobot"})
PRIVATE = "private_message"


class Known(msgspec.Struct):
    """A topic: its category (0 unknown), title, tags, whether it is a private message, the number of its accepted answer."""

    category: int = 0
    title: str = ""
    tags: tuple[str, ...] = ()
    private: bool = False
    accepted: int = 0
    accepter: str = ""
    accepted_at: object = None


class Places:
    """Remembers what was stated already."""

    def __init__(self) -> None:
        self.topics: dict[int, Known] = {}
        self.read: set[int] = set()  # topics whose first post was read
        self._stated: set[str] = set()
        self._people: dict[str, int] = {}
        self._usernames: dict[int, str] = {}
        self._wrote: dict[str, dict[str, None]] = {}

    def topic(self, found: Topic) -> Known | None:
        """Take in what a topic says of itself."""
        if found.id is None:
            return None
        known = self.topics.setdefault(found.id, Known())
        known.category = found.category_id or known.category
        known.title = (found.title or "").strip() or known.title
        known.tags = _tags(found.tags) or known.tags
        known.private = known.private or found.archetype == PRIVATE
        answer = found.accepted_answer
        if answer is not None and not isinstance(answer, bool) and answer.post_number:
            known.accepted, known.accepter, known.accepted_at = answer.post_number, key_of(answer.accepter_username), answer.accepted_at
        return known

    def category(self, found: Category) -> Iterator[Group]:
        """A category as its list tells it."""
        key = _category(found.id)
        self._stated.add(key)
        parent = _category(found.parent_category_id) if found.parent_category_id else ""
        yield Group(
            key=key, name=(found.name or found.slug or "").strip(), kind="category", parent=parent,
            purpose=(found.description_text or "").strip(), private=found.read_restricted,
        )  # fmt: skip

    def group(self, category: int) -> tuple[str, list[Group]]:
        """(key of a category, the category if it is new); "" for none. No list named it, so its number does."""
        if not category:
            return "", []
        key = _category(category)
        if key in self._stated:
            return key, []
        self._stated.add(key)
        return key, [Group(key=key, name=f"Category {category}", kind="category")]

    def person(self, username: str, name: str = "", post: DiscoursePost | None = None, user_id: int | None = None) -> tuple[Person, ...]:
        """The person, if that says more than what was stated: first alone, then with a name, then with what a post tells."""
        key = key_of(username)
        if user_id is not None and username:
            self._usernames.setdefault(user_id, key)
        level = 3 if post is not None else 2 if name else 1
        if not key or self._people.get(key, 0) >= level:
            return ()
        self._people[key] = level
        if post is None:
            return (Person(key=key, name=name, handle=username, is_bot=True if key in _SYSTEM else None),)
        leads = post.admin or post.moderator or post.staff
        told = Person(
            key=key, name=(post.name or "").strip() or username, handle=username, role=(post.user_title or "").strip(),
            unit=(post.primary_group_name or "").strip(), is_moderator=bool(leads) if leads is not None else None,
            is_bot=True if key in _SYSTEM or (post.user_id or 0) < 0 else None, deleted=True if post.user_deleted and not post.deleted_at else None,
        )  # fmt: skip
        return (told,)

    def knows(self, username: str) -> bool:
        """True for somebody whom this import met."""
        return key_of(username) in self._people

    def listed(self, key: str, user_id: int | None) -> None:
        """A list of users told of somebody."""
        self._people[key] = 3
        if user_id is not None:
            self._usernames[user_id] = key

    def known_id(self, user_id: int) -> str:
        """The key of the user with this number; "" if nothing tells the name."""
        return self._usernames.get(user_id, "")

    def wrote(self, person: str, group: str) -> None:
        """Somebody wrote in a category, so is in it."""
        if person and group:
            self._wrote.setdefault(group, {})[person] = None

    def memberships(self) -> Iterator[Membership]:
        """Everybody who wrote, in the categories that they wrote in."""
        for group, people in self._wrote.items():
            for person in people:
                yield Membership(person=person, group=group)

    def by_id(self, user_id: int) -> str:
        """The key of the user with this number; one that only the number tells if nothing else is known."""
        return self._usernames.get(user_id, f"user:{user_id}")


def key_of(username: str | None) -> str:
    """The key of a user: the name without case, as Discourse compares it."""
    return (username or "").strip().casefold()


def post_key(topic: int, number: int) -> str:
    """The key of a post: its topic and its number there, which replies name."""
    return f"{topic}:{number}"


def _category(number: int) -> str:
    return f"category:{number}"


def _tags(tags: list[object] | None) -> tuple[str, ...]:
    names = (tag if isinstance(tag, str) else tag.get("name") if isinstance(tag, dict) else None for tag in tags or ())
    return tuple(dict.fromkeys(name.strip().lower() for name in names if isinstance(name, str) and name.strip()))
