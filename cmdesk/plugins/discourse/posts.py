"""Posts into facts, wherever they come from: JSON of the API or a row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from cmdesk.api import N_, Accepted, Post, Record

from . import wording
from .model import Action, DiscoursePost, Named, whole
from .places import Known, Places, key_of, post_key

if TYPE_CHECKING:
    from cmdesk.api import Source, When

DIRECT, DELETED, REPEATED = "direct_messages", "deleted_posts", "repeated_posts"
N_("deleted posts"), N_("repeated posts")
_SMALL_ACTION = 3
_NEVER = (-1, "")
_LIKE = 2


class Posts:
    """Turns posts into facts; the newest state of one that stands in several files counts."""

    def __init__(self, source: Source, places: Places, with_direct: bool) -> None:
        self._source, self._places, self._with_direct = source, places, with_direct
        self._seen: dict[int, tuple[int, str]] = {}
        self._keys: dict[str, tuple[int, str]] = {}
        self._accepted: set[str] = set()
        self.by_id: dict[int, str] = {}
        self.named_likes: Counter[str | int] = Counter()

    def one(self, post: DiscoursePost, name: str, number: int = 0, topic: int | None = None) -> Iterable[Record]:
        """The facts of a post, which is the `number`-th record of an entry (0: it is all of it); `topic` where the post itself does not tell."""
        found = post.topic_id if post.topic_id is not None else topic
        if found is None:
            self._source.set_aside(place_of(name, number), N_("a post tells no topic"))
            return ()
        known = self._places.topics.get(found)
        if known is None:
            known = self._places.topics[found] = Known()
        known.category = known.category or post.category_id or 0
        known.title = known.title or (post.topic_title or "").strip()
        key = post_key(found, post.post_number)
        rule = DIRECT if known.private and not self._with_direct else DELETED if post.deleted_at else "" if self._newer(post, key) else REPEATED
        if rule:
            self._source.leave_out(rule)
            return ()
        at = moment(post.created_at)
        if at is None:
            self._source.set_aside(place_of(name, number), N_("a post has no time"))
            return ()
        self._source.use()
        return self._facts(post, key, found, known, at)

    def _newer(self, post: DiscoursePost, key: str) -> bool:
        """True for a post that was not met, or in an older state."""
        state = (post.version or 0, str(post.updated_at or ""))
        if state <= self._keys.get(key, _NEVER) or (post.id and state <= self._seen.get(post.id, _NEVER)):
            return False
        if post.id:
            self._seen[post.id] = state
            self.by_id.setdefault(post.id, key)
        self._keys[key] = state
        return True

    def _facts(self, post: DiscoursePost, key: str, topic: int, known: Known, at: int) -> Iterator[Record]:
        places = self._places
        group, new = places.group(known.category)
        yield from new
        username = (post.username or "").strip()
        yield from places.person(username, "", post, post.user_id)
        author = key_of(username) or (places.by_id(post.user_id) if post.user_id else "")
        words = wording.read(post.cooked or "", post.raw or "")
        meant = words.mentions + [name for name in words.named if places.knows(name)]
        meant += [quote.username for quote in words.quotes if quote.username and key_of(quote.username) != author]
        for name in meant:
            yield from places.person(name)
        first = post.post_number == 1
        if post.post_type != _SMALL_ACTION:
            places.wrote(author, group)
        if first:
            places.read.add(topic)
        answered, to = self._answered(post, words, topic)
        if to is not None and to.username:
            yield from places.person(to.username, (to.name or "").strip())
        # All by position, in the order of Post's fields: naming each takes five times as long.
        yield Post(
            key, author, group, at, words.text, "" if first else post_key(topic, 1), answered, key_of(to.username) if to is not None else "",
            tuple(dict.fromkeys(name for one in meant if (name := key_of(one)) != author)) if meant else (), known.tags if first else (),
            known.title if first else "", True if first and (known.accepted or known.title.endswith(("?", "？"))) else None, None, None,
            post.post_type == _SMALL_ACTION, False, moment(post.updated_at) if (post.version or 1) > 1 else None, self._unnamed(post, key),
        )  # fmt: skip
        if (post.accepted_answer or known.accepted == post.post_number) and key not in self._accepted and not first:
            self._accepted.add(key)
            yield Accepted(post=key, by=known.accepter, at=moment(known.accepted_at))

    def _answered(self, post: DiscoursePost, words: wording.Words, topic: int) -> tuple[str, Named | None]:
        """(key of the post that is answered, who wrote that): as said, else the first quote from the same topic, else the topic itself."""
        if post.reply_to_post_number and post.reply_to_post_number != post.post_number:
            return post_key(topic, post.reply_to_post_number), post.reply_to_user
        for quote in words.quotes:
            if quote.topic == topic and 0 < quote.number < post.post_number:
                return post_key(topic, quote.number), None
        return "", None

    def _unnamed(self, post: DiscoursePost, key: str) -> int:
        """Reactions of which only the number is told. A heart is a reaction and a like, so the two are not added."""
        if not (post.actions_summary or post.reactions):
            return 0
        likes = sum([whole(action.count) for action in post.actions_summary or () if action.id == _LIKE])
        total = max(likes, _sum(post.reactions)) if post.reactions else likes
        named = self.named_likes
        return max(total - named[key] - (named[post.id] if post.id else 0), 0) if named else total

    def accept(self, key: str, by: str, at: int | None) -> Iterator[Accepted]:
        """A table says that a post was accepted."""
        if key not in self._accepted:
            self._accepted.add(key)
            yield Accepted(post=key, by=by, at=at)


def place_of(name: str, number: int) -> str:
    """Where a record stands, for people."""
    return N_("{name}, record {number:,}").format(name=name, number=number) if number else name


def moment(value: object) -> int | None:
    """µs of a time; Discourse writes UTC, also where it names no zone. None for none."""
    return _parser()(value).at if value else None


@cache
def _parser() -> Callable[[object], When]:
    from cmdesk.api import parse_when  # when first needed: collecting the importers reads no times

    return parse_when


def _sum(reactions: list[Action] | None) -> int:
    return min(sum(whole(one.count) for one in reactions or ()), (1 << 31) - 1)
