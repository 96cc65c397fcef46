"""A Snapshot from a community file: rows in chunks into arrays, never a million Python objects at once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from cmdesk.core import assembling, loading_asked, loading_by_hand, loading_people, messages_seen, when
from cmdesk.core.calendar import Calendar
from cmdesk.core.community import setting, simulated
from cmdesk.core.schema import ANNOUNCEMENT, EVENT, IDEA, QUESTION
from cmdesk.core.snapshot import NEVER, Groups, Ints, Lists, Marks, Pages, People, Posts, Snapshot
from cmdesk.core.stated_ties import StatedTies

if TYPE_CHECKING:
    from cmdesk.core.contributions import Metric

_CHUNK = 50_000
_AGAINST = ("-1", "thumbsdown", "thumbs_down", "👎", "x", "no_entry", "heavy_multiplication_x")
_TIMES = ("posts", "reactions", "accepted", "viewings", "shares", "attendances")


def last_day(connection: sqlite3.Connection) -> dt.date | None:
    """The last local day with data, None in an empty community. A fact dated after `when.latest` counts only where all are: one clock that
    was wrong, or a meeting of next year, must not move the period of everything."""
    for until in (when.latest(), when.END):
        times = [connection.execute(f"SELECT max(at) FROM {table} WHERE at <= ?", (until,)).fetchone()[0] for table in _TIMES]
        if known := [at for at in times if at is not None]:
            return Calendar(str(setting(connection, "zone", "UTC"))).date(max(known))
    return None


def load(
    connection: sqlite3.Connection, *, as_of: dt.date | None = None, window_days: int = 180, metrics: Mapping[str, Metric] | None = None,
    half_life: float = 90.0, with_moderators: bool = True,
) -> Snapshot:  # fmt: skip
    """All facts up to the end of the day `as_of` (without it the last day with data) in the community's zone."""
    zone = str(setting(connection, "zone", "UTC"))
    newest = last_day(connection)
    day = as_of or newest or dt.date(1970, 1, 1)
    until = Calendar(zone).end_of(day)
    known = loading_by_hand.Known(connection, day, newest, zone)
    people, person = loading_people.people(connection, with_moderators, known.confirmed("member", "reviewed"))
    group = {row[0]: k for k, row in enumerate(connection.execute("SELECT id FROM groups ORDER BY id"))}
    posts = _posts(connection, until, person, group)
    groups = _groups(connection, until, people, person, group, posts)
    row = assembling.Rows(posts.id)
    marks = {table: _marks(connection, table, until, row, posts, person, group) for table in _MARKS}
    attendance, pages, ties = _attendance(connection, until, person, group), _pages(connection, person, group, known.confirmed("page", "confirmed")), _ties(connection, person)
    times = [int(part.min()) for part in (posts.at, *(mark.at for mark in marks.values())) if len(part)]
    said = _states(connection, people, posts, groups, pages)
    said |= {word for word, mark in zip(("mention", "reaction", "accepted", "viewing", "share"), marks.values(), strict=True) if len(mark)}
    return Snapshot(
        community=str(setting(connection, "name", "")), until=until, window_days=window_days, zone=zone, first=min(times, default=until),
        people=people, groups=groups, posts=posts, mentions=marks["mentions"], reactions=marks["reactions"], accepted=marks["accepted"],
        viewings=marks["viewings"], shares=marks["shares"], attendance=attendance, pages=pages, stated_ties=ties, asked=loading_asked.ties(connection, people, person, None if day == (newest or day) else until),
        states=frozenset(said | ({"attendance"} if len(attendance) else set())), half_life=half_life, with_moderators=with_moderators,
        simulated=simulated(connection), metrics=metrics or {}, seen=messages_seen.stated(connection),
        by_hand=known.by_hand(until, people, person, groups, posts),
    )  # fmt: skip


def _table(connection: sqlite3.Connection, query: str, columns: int, values: Iterable[Any] = ()) -> Ints:
    """The rows of a query of whole numbers as an array (rows × columns)."""
    cursor = connection.execute(query, tuple(values))
    parts = []
    while rows := cursor.fetchmany(_CHUNK):
        parts.append(np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * columns).reshape(-1, columns))
    return np.concatenate(parts) if parts else np.empty((0, columns), np.int64)


def _posts(connection: sqlite3.Connection, until: int, person: Mapping[int, int], group: Mapping[int, int]) -> Posts:
    table = _table(
        connection,
        "SELECT p.id, coalesce(p.author_id, -1), p.group_id, p.at, coalesce(p.reply_author, -1), p.flags, p.length FROM posts p"
        " WHERE p.at IS NOT NULL AND p.at <= ? AND NOT p.flags & ? ORDER BY p.id",
        7, (until, EVENT),
    )  # fmt: skip
    ids = table[:, 0]
    where = "p.at IS NOT NULL AND p.at <= ? AND NOT p.flags & ?"
    rows = assembling.Rows(ids)
    start = _starts(connection, ids, rows, where, (until, EVENT))
    aimed, target = np.zeros(len(ids), np.bool_), np.zeros(len(ids), np.int64)
    answered = connection.execute(
        "SELECT p.id, coalesce(r.id, 0) FROM posts p LEFT JOIN posts r ON r.source_id = p.source_id AND r.key = p.reply_to"
        f" WHERE p.reply_to IS NOT NULL AND {where}", (until, EVENT),
    ).fetchall()  # fmt: skip
    at = rows.of(np.array([line[0] for line in answered], np.int64))
    aimed[at], target[at] = True, [line[1] for line in answered]
    tags, names = _tags(connection, rows, len(ids), where, (until, EVENT))
    flags = table[:, 5]
    return assembling.posts(
        assembling.RawPosts(
            id=ids, author=assembling.renamed(person, table[:, 1]), group=assembling.renamed(group, table[:, 2]), at=table[:, 3], start=start, target=target,
            target_person=assembling.renamed(person, table[:, 4]), aimed=aimed, question=(flags & QUESTION) > 0, announcement=(flags & ANNOUNCEMENT) > 0,
            idea=(flags & IDEA) > 0, length=table[:, 6], tags=tags, tag_names=names,
        )
    )  # fmt: skip


def _starts(connection: sqlite3.Connection, ids: Ints, rows: assembling.Rows, where: str, values: tuple[int, int]) -> Ints:
    """The id of the post that starts each post's thread; a number below 0, the same for a whole thread, where the start is not there."""
    begun = "LEFT JOIN posts r ON r.source_id = p.source_id AND r.key = p.thread WHERE p.thread IS NOT NULL"
    threads = _table(connection, f"SELECT p.id, coalesce(r.id, 0) FROM posts p {begun} AND {where}", 2, values)
    start = ids.copy()
    start[rows.of(threads[:, 0])] = threads[:, 1]
    if not threads[:, 1].all():
        missing: dict[tuple[int, str], int] = {}
        lost = connection.execute(f"SELECT p.id, p.source_id, p.thread FROM posts p {begun} AND r.id IS NULL AND {where}", values).fetchall()
        numbers = [-1 - missing.setdefault((source, thread), len(missing)) for _post, source, thread in lost]
        start[rows.of(np.array([line[0] for line in lost], np.int64))] = numbers
    return start


def _tags(
    connection: sqlite3.Connection, rows: assembling.Rows, count: int, where: str, values: tuple[int, int]
) -> tuple[Lists, tuple[str, ...]]:
    found = connection.execute(f"SELECT p.id, p.tags FROM posts p WHERE p.tags IS NOT NULL AND {where} ORDER BY p.id", values).fetchall()
    words = [sorted({str(tag) for tag in msgspec.json.decode(tags)}) for _post, tags in found]
    names = tuple(sorted({tag for part in words for tag in part}))
    number = {name: k for k, name in enumerate(names)}
    place = rows.of(np.array([line[0] for line in found], np.int64))
    start = np.zeros(count + 1, np.int64)
    start[place.astype(np.int64) + 1] = [len(part) for part in words]
    return Lists(np.cumsum(start), np.array([number[tag] for part in words for tag in part], np.int32)), names


_MARKS = {"mentions": "NULL", "reactions": "m.at", "accepted": "m.at", "viewings": "m.at", "shares": "m.at"}


def _marks(
    connection: sqlite3.Connection,
    table: str,
    until: int,
    row: assembling.Rows,
    posts: Posts,
    person: Mapping[int, int],
    group: Mapping[int, int],
) -> Marks:
    kind = f"m.kind NOT IN ({','.join('?' * len(_AGAINST))})" if table == "reactions" else "1"
    where_to = "coalesce(m.group_id, -1)" if table == "shares" else "-1"
    found = _table(
        connection,
        f"SELECT m.post_id, coalesce(m.identity_id, -1), coalesce({_MARKS[table]}, {NEVER + 1}), {where_to}, {kind} FROM {table} m ORDER BY m.id",
        5, _AGAINST if table == "reactions" else (),
    )  # fmt: skip
    post = row.of(found[:, 0])
    found, post = found[post >= 0], post[post >= 0]
    at = np.where(found[:, 2] == NEVER + 1, posts.at[post], found[:, 2])
    keep = at <= until
    found, post, at = found[keep], post[keep], at[keep]
    positive = found[:, 4] > 0 if table == "reactions" else None
    return Marks(post, assembling.renamed(person, found[:, 1]), at, assembling.renamed(group, found[:, 3]), positive)


def _attendance(connection: sqlite3.Connection, until: int, person: Mapping[int, int], group: Mapping[int, int]) -> Marks:
    found = _table(
        connection,
        "SELECT identity_id, at, coalesce(group_id, -1) FROM attendances WHERE at IS NOT NULL AND at <= ? ORDER BY id",
        3,
        (until,),
    )
    return Marks(np.full(len(found), -1, np.int32), assembling.renamed(person, found[:, 0]), found[:, 1], assembling.renamed(group, found[:, 2]))


def _pages(connection: sqlite3.Connection, person: Mapping[int, int], group: Mapping[int, int], confirmed: Mapping[int, int]) -> Pages:
    found = _table(
        connection,
        f"SELECT coalesce(author_id, -1), group_id, coalesce(updated, {NEVER + 1}), coalesce(views, -1), id FROM pages ORDER BY id",
        5,
    )
    updated = np.where(found[:, 2] == NEVER + 1, NEVER, found[:, 2])
    updated = loading_by_hand.newer(updated, found[:, 4], confirmed)
    return Pages(assembling.renamed(person, found[:, 0]), assembling.renamed(group, found[:, 1]), updated, found[:, 3])


def _ties(connection: sqlite3.Connection, person: Mapping[int, int]) -> StatedTies:
    """A tie without direction stands twice, once each way."""
    rows = connection.execute(
        "SELECT source_identity, target_identity, relation, weight FROM stated_ties WHERE NOT asked UNION ALL"
        " SELECT target_identity, source_identity, relation, weight FROM stated_ties WHERE NOT asked AND NOT directed"
    ).fetchall()
    names, relation = assembling.numbered([row[2] for row in rows], empty=True)
    ends = [assembling.renamed(person, np.array([row[k] for row in rows], np.int64)) for k in (0, 1)]
    return StatedTies(ends[0], ends[1], relation, names, np.array([row[3] for row in rows], np.float64))


def _groups(
    connection: sqlite3.Connection, until: int, people: People, person: Mapping[int, int], group: Mapping[int, int], posts: Posts
) -> Groups:
    from cmdesk.core import groups as tables

    lines = sorted(tables.rows(connection), key=lambda line: line.id)
    parent = np.array([-1 if line.parent is None else group[line.parent] for line in lines], np.int32)
    within = assembling.inside(parent)
    listed = _table(
        connection,
        "SELECT group_id, identity_id, audience FROM belongs WHERE coalesce(joined, 0) <= ? AND coalesce(left_at, ?) > ? ORDER BY id",
        3, (until, until + 1, until),
    )  # fmt: skip
    where, who = assembling.renamed(group, listed[:, 0]), assembling.renamed(person, listed[:, 1])
    known = (who >= 0) & people.counted[who] if len(people) else np.zeros(len(who), np.bool_)
    members, meant = known & (listed[:, 2] == 0), known & (listed[:, 2] > 0)
    stated = np.zeros(len(lines), np.bool_)
    stated[where[listed[:, 2] == 0]] = True
    wrote = (posts.author >= 0) & ~stated[posts.group] if len(posts) else np.zeros(0, np.bool_)
    wrote &= people.counted[posts.author] if len(people) else False
    place = np.concatenate([where[members], posts.group[wrote]])
    member = np.concatenate([who[members], posts.author[wrote]])
    holds = np.zeros(len(lines), np.bool_)
    holds[posts.group] = True
    return Groups(
        id=np.array([line.id for line in lines], np.int64), ref=tuple(line.ref for line in lines), name=tuple(line.name for line in lines),
        path=tuple(line.path for line in lines), parent=parent,
        roster=assembling.rosters(within, place, member, np.flatnonzero(people.counted).astype(np.int32)),
        audience=assembling.grouped(where[meant], who[meant], len(lines)), inside=within,
        has_channel=np.array([holds[within[k]].any() for k in range(len(lines))], np.bool_),
        goals=tuple(frozenset(goal for goal, _importance in line.goals) for line in lines),
    )  # fmt: skip


def _states(connection: sqlite3.Connection, people: People, posts: Posts, groups: Groups, pages: Pages) -> set[str]:
    def some(query: str) -> bool:
        return connection.execute(f"SELECT 1 FROM {query} LIMIT 1").fetchone() is not None

    held = {
        "name": bool(people.has_name.any()), "unit": bool(people.unit_names), "role": bool(people.has_role.any()),
        "place": bool(people.place_names), "organisation": bool(people.organisation_names), "expertise": bool(people.expertise_names),
        "joined": bool((people.joined != NEVER).any()), "photo": some("members WHERE has_photo IS NOT NULL"),
        "contact": some("members WHERE email <> ''"), "updated": some("members WHERE updated IS NOT NULL"), "leader": people.leaders_marked,
        "moderator": bool(people.is_moderator.any()), "membership": some("memberships WHERE NOT audience"), "audience": some("memberships WHERE audience"),
        "post": bool(len(posts)), "thread": bool(posts.is_reply.any()), "question": bool(posts.question.any()),
        "announcement": bool(posts.announcement.any()), "idea": bool(posts.idea.any()), "tag": bool(posts.tag_names), "page": bool(len(pages)),
        "page_updated": bool((pages.updated != NEVER).any()), "page_views": bool((pages.views >= 0).any()), "stated_tie": some("stated_ties WHERE NOT asked"),
    }  # fmt: skip
    return {word for word, there in held.items() if there}
