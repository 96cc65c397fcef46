"""Tables of a forum: the list of users that its administrator exports, and results of Data Explorer queries (CSV, or JSON with rows)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.api import N_, Accepted, Group, Membership, Person, Reaction, Record

from .model import Action, DiscoursePost
from .places import Places, key_of, post_key
from .posts import Posts, moment

if TYPE_CHECKING:
    from cmdesk.api import Source

_AUTOMATIC = ("trust_level_", "everyone", "logged_in_users", "anonymous")
_NAMES = {
    "id": ("post_id", "id"), "topic": ("topic_id", "topic"), "number": ("post_number", "answer_post_number"), "answer": ("answer_post_id",),
    "user": ("username", "user", "user_name", "liker", "acting_username", "accepter_username"),
    "user_id": ("user_id", "acting_user_id", "accepter_user_id"), "at": ("created_at", "liked_at", "accepted_at", "created"),
    "reply": ("reply_to_post_number",), "raw": ("raw", "post_raw"), "cooked": ("cooked",), "likes": ("like_count", "likes"),
    "category": ("category_id", "category"), "title": ("title", "topic_title"), "type": ("post_type",), "deleted": ("deleted_at",),
    "action": ("post_action_type_id", "action_type"), "group": ("group_name", "group", "group_id"), "name": ("name",),
}  # fmt: skip


class Columns:
    """Where each role stands; `of` gives a cell as text."""

    def __init__(self, columns: Sequence[str]) -> None:
        plain = [column.strip().lower() for column in columns]
        self._at = {role: plain.index(name) for role, names in _NAMES.items() for name in reversed(names) if name in plain}
        if "answer" not in self._at and "action" in self._at and "post_id" not in plain:
            self._at.pop("id", None)  # the id of the like, not of a post

    def __contains__(self, role: str) -> bool:
        return role in self._at

    def of(self, cells: Sequence[Any], role: str) -> str:
        """The cell, stripped; "" where there is none."""
        at = self._at.get(role)
        value = cells[at] if at is not None and at < len(cells) else None
        return "" if value is None or str(value) in ("", "NULL") else str(value).strip()

    def number(self, cells: Sequence[Any], role: str) -> int | None:
        """The cell as a whole number; None where it is none."""
        text = self.of(cells, role).replace(",", "")
        return int(text) if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 16 else None

    @property
    def kind(self) -> str:
        """What the rows are: likes, answers, members or posts."""
        if "action" in self._at:
            return "likes"
        if "answer" in self._at:
            return "answers"
        if "number" in self._at and ("raw" in self._at or "cooked" in self._at or "reply" in self._at):
            return "posts"
        return "members" if "group" in self._at and "topic" not in self._at else "likes" if "id" in self._at or "number" in self._at else "posts"


class Like(msgspec.Struct, frozen=True):
    """A like by name, kept until the posts are known. `post` is a key, or the id of a post."""

    post: str | int
    person: str
    at: int | None
    where: str


def users(source: Source, name: str, places: Places) -> Iterator[Record]:
    """The list of users. A row may lack cells at its end."""
    table = source.table(name, delimiter="", header=True, pad=True)
    at = {column.strip().lower(): place for place, column in reversed(list(enumerate(table.columns)))}
    groups: set[str] = set()

    for row in table.rows:

        def cell(column: str, cells: Sequence[str] = row.cells) -> str:
            return cells[at[column]].strip() if column in at else ""

        username = cell("username")
        if not username:
            source.set_aside(N_("{name}, line {number:,}").format(name=name, number=row.number), N_("a user has no name"))
            continue
        source.use()
        key = key_of(username)
        number = cell("id")
        places.listed(key, int(number) if number.lstrip("-").isdecimal() and len(number) < 16 else None)
        yield Person(
            key=key, name=cell("name") or username, handle=username, email=cell("email"), role=cell("title"), place=cell("location"),
            joined=moment(cell("created_at")), is_moderator=_yes(cell("moderator"), cell("admin")), is_guest=_yes(cell("staged")),
            is_bot=True if number.startswith("-") else None, deleted=None,
        )  # fmt: skip
        for group in filter(None, (one.strip() for one in cell("group_names").split(";"))):
            yield from _member(key, group, groups)


def _yes(*cells: str) -> bool | None:
    """True if one of the cells says so, None where none says anything."""
    return any(cell.lower() in ("true", "t", "1", "yes") for cell in cells) if any(cells) else None


def _member(person: str, group: str, stated: set[str]) -> Iterator[Record]:
    if group.startswith(_AUTOMATIC):
        return
    key = f"group:{group.casefold()}"
    if key not in stated:
        stated.add(key)
        yield Group(key=key, name=group, kind="team")
    yield Membership(person=person, group=key)


class Explorer:
    """Rows of Data Explorer queries. Likes and accepted answers wait for the posts that they are about."""

    def __init__(self, source: Source, places: Places, posts: Posts) -> None:
        self._source, self._places, self._posts = source, places, posts
        self._likes: list[Like] = []
        self._answers: list[Like] = []
        self._groups: set[str] = set()

    def csv(self, name: str) -> Iterator[Record]:
        """A result saved as CSV."""
        table = self._source.table(name, header=True)
        columns = Columns(table.columns)
        for row in table.rows:
            yield from self._row(columns, row.cells, N_("{name}, line {number:,}").format(name=name, number=row.number))

    def json(self, name: str) -> Iterator[Record]:
        """A result saved as JSON."""
        columns = Columns([str(column) for column in self._source.json(name, dict[str, Any]).get("columns") or ()])
        for number, row in enumerate(self._source.json_inside(name, "rows", msgspec.Raw, list[Any], needed=False)[1], 1):
            yield from self._row(columns, row, N_("{name}, record {number:,}").format(name=name, number=number))

    def _row(self, columns: Columns, cells: Sequence[Any], where: str) -> Iterator[Record]:
        kind = columns.kind
        if kind == "posts":
            yield from self._post(columns, cells, where)
        elif kind == "members":
            yield from self._membership(columns, cells, where)
        else:
            self._wait(columns, cells, where, self._answers if kind == "answers" else self._likes)

    def _person(self, columns: Columns, cells: Sequence[Any]) -> str:
        number = columns.number(cells, "user_id")
        return key_of(columns.of(cells, "user")) or (self._places.by_id(number) if number is not None else "")

    def _post(self, columns: Columns, cells: Sequence[Any], where: str) -> Iterator[Record]:
        number, topic = columns.number(cells, "number"), columns.number(cells, "topic")
        if number is None or topic is None:
            return self._source.set_aside(where, N_("a post needs its topic_id and post_number"))
        likes = columns.number(cells, "likes")
        yield from self._posts.one(
            DiscoursePost(
                post_number=number, topic_id=topic, id=columns.number(cells, "id"), username=columns.of(cells, "user") or None,
                user_id=columns.number(cells, "user_id"), created_at=columns.of(cells, "at"), raw=columns.of(cells, "raw"), name=columns.of(cells, "name") or None,
                cooked=columns.of(cells, "cooked"), reply_to_post_number=columns.number(cells, "reply"), post_type=columns.number(cells, "type"),
                deleted_at=columns.of(cells, "deleted") or None, category_id=columns.number(cells, "category"),
                topic_title=columns.of(cells, "title"), actions_summary=[Action(id=2, count=likes)] if likes else None,
            ),
            where,
        )  # fmt: skip

    def _membership(self, columns: Columns, cells: Sequence[Any], where: str) -> Iterator[Record]:
        person, group = self._person(columns, cells), columns.of(cells, "group")
        if not person or not group:
            return self._source.set_aside(where, N_("a membership needs a user and a group"))
        self._source.use()
        yield from _member(person, group, self._groups)

    def _wait(self, columns: Columns, cells: Sequence[Any], where: str, waiting: list[Like]) -> None:
        if "action" in columns and columns.number(cells, "action") not in (2, None):
            return self._source.leave_out("other_actions")
        topic, number = columns.number(cells, "topic"), columns.number(cells, "number")
        post: str | int | None = columns.number(cells, "answer") or columns.number(cells, "id")
        if topic is not None and number is not None:
            post = post_key(topic, number)
        person = self._person(columns, cells)
        if post is None or (not person and waiting is self._likes):
            return self._source.set_aside(where, N_("it does not tell which post, or who"))
        if waiting is self._likes:
            self._posts.named_likes[post] += 1
        return waiting.append(Like(post, person, moment(columns.of(cells, "at")), where))

    def waiting(self) -> Iterator[Record]:
        """The likes and accepted answers, now that the posts are known."""
        for like in self._likes:
            if key := self._key(like):
                self._source.use()
                yield Reaction(post=key, person=like.person, kind="like", at=like.at)
        for answer in self._answers:
            if key := self._key(answer):
                self._source.use()
                yield from self._accepted(key, answer)

    def _accepted(self, key: str, answer: Like) -> Iterator[Accepted]:
        yield from self._posts.accept(key, answer.person, answer.at)

    def _key(self, waiting: Like) -> str:
        key = waiting.post if isinstance(waiting.post, str) else self._posts.by_id.get(waiting.post, "")
        if not key:
            why = N_("it names a post by its id only, and that post is not among the files; add topic_id and post_number to the query")
            self._source.set_aside(waiting.where, why)
        return key


N_("other actions")
