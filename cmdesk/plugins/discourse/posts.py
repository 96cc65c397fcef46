"""Posts into facts, wherever they come from: JSON of the API or a row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmdesk.api import N_, Accepted, Post, Record

from . import wording
from .model import Action, DiscoursePost, Named, whole
from .places import Known, Places, key_of, post_key

if TYPE_CHECKING:
    from cmdesk.api import Source

DIRECT, DELETED, REPEATED = "direct_messages", "deleted_posts", "repeated_posts"
N_("deleted posts"), N_("repeated posts")
_SMALL_ACTION = 3
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

    def one(self, post: DiscoursePost, where: str, topic: int | None = None) -> Iterator[Record]:
        """The facts of a post; `topic` where the post itself does not tell."""
        found = post.topic_id if post.topic_id is not None else topic
        if found is None:
            return self._source.set_aside(where, N_("a post tells no topic"))
        known = self._places.topics.setdefault(found, Known())
        known.category = known.category or post.category_id or 0
        known.title = known.title or (post.topic_title or "").strip()
        key = post_key(found, post.post_number)
        if known.private and not self._with_direct:
            return self._source.leave_out(DIRECT)
        if post.deleted_at:
            return self._source.leave_out(DELETED)
        if not self._newer(post, key):
            return self._source.leave_out(REPEATED)
        at = moment(post.created_at)
        if at is None:
            return self._source.set_aside(where, N_("a post has no time"))
        self._source.use()
        yield from self._facts(post, key, found, known, at)

    def _newer(self, post: DiscoursePost, key: str) -> bool:
        """True for a post that was not met, or in an older state."""
        state = (post.version or 0, str(post.updated_at or ""))
        if state <= max(self._keys.get(key, (-1, "")), self._seen.get(post.id or 0, (-1, "")) if post.id else (-1, "")):
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
        quoted = [quote for quote in words.quotes if quote.username and key_of(quote.username) != author]
        meant = [*words.mentions, *(name for name in words.named if places.knows(name)), *(quote.username for quote in quoted)]
        for name in meant:
            yield from places.person(name)
        first = post.post_number == 1
        if post.post_type != _SMALL_ACTION:
            places.wrote(author, group)
        if first:
            places.read.add(topic)
        answered, to = self._answered(post, words, topic)
        yield from places.person(to.username or "", (to.name or "").strip()) if to is not None and to.username else ()
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
        likes = sum(whole(action.count) for action in post.actions_summary or () if action.id == _LIKE)
        total = max(likes, _sum(post.reactions))
        return max(total - self.named_likes[key] - (self.named_likes[post.id] if post.id else 0), 0)

    def accept(self, key: str, by: str, at: int | None) -> Iterator[Accepted]:
        """A table says that a post was accepted."""
        if key not in self._accepted:
            self._accepted.add(key)
            yield Accepted(post=key, by=by, at=at)


def moment(value: object) -> int | None:
    """µs of a time; Discourse writes UTC, also where it names no zone. None for none."""
    from cmdesk.api import parse_when

    return parse_when(value).at if value else None


def _sum(reactions: list[Action] | None) -> int:
    return min(sum(whole(one.count) for one in reactions or ()), (1 << 31) - 1)
