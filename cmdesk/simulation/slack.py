"""Writes a simulated community as a Slack export: users.json, channels.json and day files, as Slack's own exporter lays them out."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from time import gmtime, strftime
from types import TracebackType
from typing import Any, Self

from cmdesk.core.community import SIMULATED_KEY
from cmdesk.core.records import Group, Membership, Person, Post, Reaction
from cmdesk.simulation.story import SECOND, Story, stamp

SIMULATED_TEAM = SIMULATED_KEY
"""Every simulated workspace's team id begins with this, so that what is imported from it is labelled as simulated."""
_ZIP_DATE = (2024, 1, 1, 0, 0, 0)
_DEPARTMENT = "Xf0DEPARTMENT"
_DAY_SECONDS = 86_400
_EVENT = """    {{
        "user": "{user}",
        "type": "message",
        "subtype": "{subtype}",
        "text": {text},
        "ts": "{ts}"
    }}"""
_MESSAGE = """    {{
        "client_msg_id": "{ident}",
        "type": "message",
        "text": {text},
        "user": "{user}",
        "ts": "{ts}",
        "team": "{team}",
        "user_team": "{team}",
        "source_team": "{team}\""""


class SlackZip:
    """A Slack-shaped export while it is written; give the posts of one channel in order of time, whole days at a time."""

    def __init__(self, path: Path, team: str) -> None:
        self.team = team
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._bots: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def people(self, persons: Iterable[Person]) -> None:
        """users.json"""
        users = []
        for person in persons:
            if person.is_bot:
                self._bots[person.key] = person.name
            users.append(_user(person, self.team))
        self._write("users.json", json.dumps(users, indent=4))

    def channels(self, groups: Sequence[Group], memberships: Iterable[Membership]) -> None:
        """channels.json, with the members of each channel as they are at the end."""
        members: dict[str, list[str]] = defaultdict(list)
        for membership in memberships:
            if membership.left is None and not membership.audience:
                members[membership.group].append(membership.person)
        self._write("channels.json", json.dumps([_channel(group, members[group.key], k == 0) for k, group in enumerate(groups)], indent=4))

    def posts(self, channel: str, posts: Sequence[Post], reactions: Mapping[str, Sequence[Reaction]]) -> None:
        """Day files of the channel with this name. Threads that begin in `posts` get their summary of replies from `posts` only."""
        replies: dict[str, list[Post]] = defaultdict(list)
        for post in posts:
            if post.thread:
                replies[post.thread].append(post)
        for day, same_day in groupby(posts, lambda post: (post.at or 0) // (SECOND * _DAY_SECONDS)):
            messages = [self._message(post, replies.get(post.key), reactions.get(post.key)) for post in same_day]
            self._write(f"{channel}/{strftime('%Y-%m-%d', gmtime(day * _DAY_SECONDS))}.json", "[\n" + ",\n".join(messages) + "\n]")

    def _message(self, post: Post, replies: Sequence[Post] | None, reactions: Sequence[Reaction] | None) -> str:
        text = json.dumps(post.text).replace("/", "\\/")
        ts = stamp(post.at or 0)
        if post.event:
            return _EVENT.format(user=post.author, subtype=post.title, text=text, ts=ts)
        digest = hashlib.md5(post.key.encode(), usedforsecurity=False).hexdigest()
        ident = f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}"
        parts = [_MESSAGE.format(ident=ident, text=text, user=post.author, ts=ts, team=self.team)]
        if post.author in self._bots:
            parts.append(f',\n        "bot_id": "B{post.author[1:]}",\n        "username": {json.dumps(self._bots[post.author])}')
        if post.thread:
            parts.append(f',\n        "thread_ts": "{post.thread.rpartition(":")[2]}",\n        "parent_user_id": "{post.reply_author}"')
        elif replies:
            parts.append(_thread_summary(ts, replies))
        if reactions:
            parts.append(f',\n        "reactions": {json.dumps(_by_emoji(reactions))}')
        parts.append("\n    }")
        return "".join(parts)

    def _write(self, name: str, text: str) -> None:
        entry = zipfile.ZipInfo(name, _ZIP_DATE)
        entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
        self._zip.writestr(entry, text, compresslevel=6)


def _thread_summary(ts: str, replies: Sequence[Post]) -> str:
    users = list(dict.fromkeys(reply.author for reply in replies))
    listed = ", ".join(f'{{"user": "{reply.author}", "ts": "{stamp(reply.at or 0)}"}}' for reply in replies)
    return (
        f',\n        "thread_ts": "{ts}",\n        "reply_count": {len(replies)},\n        "reply_users_count": {len(users)},'
        f'\n        "latest_reply": "{stamp(replies[-1].at or 0)}",\n        "reply_users": {json.dumps(users[:5])},\n        "replies": [{listed}]'
    )


def _by_emoji(reactions: Sequence[Reaction]) -> list[dict[str, Any]]:
    users: dict[str, list[str]] = defaultdict(list)
    for reaction in reactions:
        if reaction.person not in users[reaction.kind]:
            users[reaction.kind].append(reaction.person)
    return [{"name": kind, "users": persons, "count": len(persons)} for kind, persons in users.items()]


def _user(person: Person, team: str) -> dict[str, Any]:
    first, _, last = person.name.partition(" ")
    fields = {_DEPARTMENT: {"value": person.unit, "alt": "", "label": "Department"}} if person.unit else {}
    return {
        "id": person.key, "team_id": team, "name": person.handle, "deleted": bool(person.deleted), "color": "43761b",
        "real_name": person.name, "tz": person.zone or "UTC", "tz_label": "", "tz_offset": 0,
        "profile": {
            "title": person.role, "phone": "", "skype": "", "real_name": person.name, "real_name_normalized": person.name,
            "display_name": first, "display_name_normalized": first, "fields": fields, "status_text": "", "status_emoji": "",
            "avatar_hash": f"g{person.key[-8:]}", "email": person.email, "first_name": first, "last_name": last, "team": team,
        },
        "is_admin": bool(person.is_moderator), "is_owner": False, "is_primary_owner": False, "is_restricted": bool(person.is_guest),
        "is_ultra_restricted": False, "is_bot": bool(person.is_bot), "is_app_user": False, "updated": (person.updated or 0) // SECOND,
    }  # fmt: skip


def _channel(group: Group, members: Sequence[str], general: bool) -> dict[str, Any]:
    creator = members[0] if members else ""
    return {
        "id": group.key, "name": group.name, "created": (group.created or 0) // SECOND, "creator": creator, "is_archived": bool(group.archived),
        "is_general": general, "members": list(members), "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": group.purpose, "creator": creator, "last_set": 0}, "pins": [],
    }  # fmt: skip


def write_slack(story: Story, path: Path) -> None:
    """What a Slack export can say of a story, as a zip at `path` (replaced if it exists)."""
    reactions: dict[str, list[Reaction]] = defaultdict(list)
    for reaction in story.reactions:
        reactions[reaction.post].append(reaction)
    by_channel: dict[str, list[Post]] = defaultdict(list)
    for post in story.posts:
        by_channel[post.group].append(post)
    with SlackZip(path, story.team) as out:
        out.people(story.persons)
        out.channels(story.groups, story.memberships)
        for group in story.groups:
            out.posts(group.name, by_channel[group.key], reactions)
