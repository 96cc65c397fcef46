"""The facts of files from a forum, in one pass: users, categories, posts, topics of which only the title is known.

A post, a user, a category, a listed topic and a row of a table are one record each; of Perceval's items a topic with its posts is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

import msgspec

from cmdesk.api import N_, CmdeskError, ImportProblem, Origin, Post, Progress, Record, _

from . import layout, tables
from .layout import File
from .model import Category, DiscoursePost, Item, Named, Topic
from .places import Places, key_of, post_key
from .posts import DIRECT, REPEATED, Posts, moment, place_of

if TYPE_CHECKING:
    from cmdesk.api import Source


T = TypeVar("T")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`source`: the name under which facts are kept; give each forum its own, since their numbers overlap. `direct_messages`: read private
    messages too."""

    source: str = "discourse"
    direct_messages: bool = False


def read(source: Source, options: Options, progress: Progress) -> Iterator[Record]:
    """Everything that the files say. Raises ImportProblem if none comes from a forum, or the only one is broken."""
    files, other = layout.find(source)
    if not files:
        raise ImportProblem(
            _("{name} holds nothing of a Discourse forum.").format(name=source.name),
            _("Give the JSON of topics or posts, the list of users, or the result of a Data Explorer query."),
        )
    for name in other:
        source.ignore(name, N_("it is nothing of a Discourse forum that is read"))
    key = options.source.strip() or "discourse"
    yield Origin(platform="discourse", key=key, title=key)
    forum = Forum(source, options)
    for file in files:
        progress.check()
        try:
            yield from forum.read(file)
        except ImportProblem as problem:
            if len(files) == 1:
                raise
            source.set_aside(file.name, problem.message, 0)
    yield from forum.rest()


class Forum:
    """Reads one file after another."""

    def __init__(self, source: Source, options: Options) -> None:
        self._source = source
        self._places = Places()
        self._posts = Posts(source, self._places, options.direct_messages)
        self._explorer = tables.Explorer(source, self._places, self._posts)
        self._direct = options.direct_messages
        self._listed: list[tuple[Topic, str]] = []
        self._readers: dict[str, Callable[[str], Iterator[Record]]] = {
            layout.USERS: lambda name: tables.users(source, name, self._places), layout.CATEGORIES: self._categories,
            layout.EXPLORER: self._explorer.csv, layout.EXPLORER_JSON: self._explorer.json, layout.TOPIC: self._topic,
            layout.POST: self._post, layout.LATEST: self._latest, layout.POSTS: self._list, layout.ITEMS: self._items, layout.TOPICS: self._topics,
        }  # fmt: skip
        for name in (entry.name for entry in source.entries()):
            self._look(name)

    def _look(self, name: str) -> None:
        """Learn from lists of topics, and from topics, what belongs to posts that are read before them."""
        try:
            kind = layout.kind_of(self._source, name)
            if kind == layout.TOPIC:
                self._places.topic(self._source.json(name, Topic))
            elif kind == layout.TOPICS:
                listed = self._source.json(name, _TopicList).topic_list
                for topic in listed.topics or ():
                    self._places.topic(topic)
        except CmdeskError:
            return

    def read(self, file: File) -> Iterator[Record]:
        """The facts of one file."""
        return self._readers[file.kind](file.name)

    def _inside(self, name: str, type: type[T], *path: str) -> Iterator[T]:
        """What is in the list at `path`; a forum leaves lists out where they are empty."""
        return self._source.json_inside(name, path, msgspec.Raw, type, needed=False)[1]

    def _categories(self, name: str) -> Iterator[Record]:
        for found in self._inside(name, Category, "category_list", "categories"):
            self._source.use()
            yield from self._places.category(found)

    def _topic(self, name: str) -> Iterator[Record]:
        topic = self._source.json(name, Topic)
        posts = self._inside(name, DiscoursePost, "post_stream", "posts")
        number = 0
        for number, post in enumerate(posts, 1):
            yield from self._posts.one(post, name, number, topic.id)
        missing = len(topic.post_stream.stream or ()) - number if topic.post_stream else 0
        if missing > 0:
            self._source.set_aside(name, N_("the file holds the first {number:,} posts of the topic; {missing:,} more are at the forum").format(number=number, missing=missing), 0)

    def _post(self, name: str) -> Iterator[Record]:
        for post in self._inside(name, DiscoursePost):
            yield from self._posts.one(post, name)

    def _latest(self, name: str) -> Iterator[Record]:
        for number, post in enumerate(self._inside(name, DiscoursePost, "latest_posts"), 1):
            yield from self._posts.one(post, name, number)

    def _list(self, name: str) -> Iterator[Record]:
        for number, post in enumerate(self._source.json_records(name, DiscoursePost), 1):
            yield from self._posts.one(post, name, number)

    def _items(self, name: str) -> Iterator[Record]:
        """Perceval's topics. Their posts are no records of their own; what is wrong with one is told."""
        for number, item in enumerate(self._source.json_records(name, Item), 1):
            self._places.topic(item.data)
            before = self._source.ledger.used, self._source.ledger.set_aside, dict(self._source.ledger.left_out)
            facts: list[Record] = []
            for raw in (item.data.post_stream.posts if item.data.post_stream else None) or ():
                try:
                    post = msgspec.json.decode(raw, type=DiscoursePost, strict=False)
                except msgspec.MsgspecError:
                    self._source.set_aside(place_of(name, number), N_("one of its posts cannot be read"), 0)
                    continue
                facts += self._posts.one(post, name, number, item.data.id)
            self._source.ledger.used, self._source.ledger.set_aside, self._source.ledger.left_out = before
            self._source.use() if facts else self._source.leave_out(REPEATED)
            yield from facts

    def _topics(self, name: str) -> Iterator[Record]:
        for person in self._source.json(name, _TopicList).users or ():
            if person.username:
                yield from self._places.person(person.username, (person.name or "").strip(), user_id=person.id if isinstance(person.id, int) else None)
        for number, topic in enumerate(self._inside(name, Topic, "topic_list", "topics"), 1):
            if topic.id is None:
                self._source.set_aside(place_of(name, number), N_("a topic has no id"))
            elif topic.archetype == "private_message" and not self._direct:
                self._source.leave_out(DIRECT)
            elif moment(topic.created_at) is None:
                self._source.set_aside(place_of(name, number), N_("a topic has no time"))
            else:
                self._source.use()
                self._listed.append((topic, name))

    def rest(self) -> Iterator[Record]:
        """Topics of which no file has the posts, as their first post without its text; likes and answers."""
        for topic, _name in self._listed:
            if topic.id is None or topic.id in self._places.read:
                continue
            self._places.read.add(topic.id)
            known = self._places.topic(topic)
            group, new = self._places.group(topic.category_id or 0)
            yield from new
            yield Post(
                key=post_key(topic.id, 1), author=self._starter(topic), group=group, at=moment(topic.created_at), title=known.title if known else "",
                tags=known.tags if known else (),
                question=True if topic.has_accepted_answer or (topic.title or "").strip().endswith(("?", "？")) else None,
            )  # fmt: skip
        yield from self._explorer.waiting()
        yield from self._places.memberships()

    def _starter(self, topic: Topic) -> str:
        first = topic.posters[0] if topic.posters else None
        if first is None:
            return ""
        return key_of(first.user.username) if first.user and first.user.username else self._places.known_id(first.user_id) if first.user_id else ""


class _Listed(msgspec.Struct, gc=False):
    """The list inside a list of topics."""

    topics: list[Topic] | None = None


class _TopicList(msgspec.Struct, gc=False):
    """A list of topics with the users whom it names."""

    topic_list: _Listed
    users: list[Named] | None = None
