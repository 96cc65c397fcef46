"""A Snapshot straight from a story, without export and import: for scenarios that are measured many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cmdesk.core import when
from cmdesk.core.building import Building
from cmdesk.core.contributions import Metric
from cmdesk.core.records import Accepted, Attendance, Page, Viewing
from cmdesk.core.snapshot import DAY, Snapshot
from cmdesk.simulation.story import Story


def snapshot(story: Story, *, window_days: int = 180, metrics: Mapping[str, Metric] | None = None) -> Snapshot:
    """What the facts of a story say up to its last day, in UTC: the same as export and import bring, which the tests compare.
    Groups bear their names, persons their keys."""
    last = max((getattr(fact, "at", None) or 0 for fact in (*story.posts, *story.others)), default=0)
    town = Building(when.moment(last).date() if last else (when.moment(0) + timedelta(days=1)).date(), "UTC", window_days, story.title)
    names = {group.key: group.name for group in story.groups}
    held = {field for person in story.persons for field in _FIELDS if getattr(person, field)}
    for person in story.persons:
        joined = None if person.joined is None else max(0.0, (town.until - person.joined) / DAY)
        filled = [bool(getattr(person, field)) for field in held]
        town.person(
            person.key, unit=person.unit, role=person.role, joined=joined, moderator=bool(person.is_moderator), leader=bool(person.is_leader),
            counted=not (person.is_bot or person.deleted), expertise=person.expertise, organisation=person.organisation, place=person.place,
            profile=sum(filled) / len(filled) if filled else float("nan"),
        )  # fmt: skip
    for group in story.groups:
        mine = [membership for membership in story.memberships if membership.group == group.key and membership.left is None]
        town.group(
            group.name, [one.person for one in mine if not one.audience], audience=[one.person for one in mine if one.audience],
            parent=names.get(group.parent, ""),
        )  # fmt: skip
    _tell_others(town, story, names, _tell(town, story, names))
    town.states("unit", "role")
    return replace(town.snapshot(metrics=metrics), simulated=True)


_FIELDS = ("name", "role", "unit", "expertise", "email", "updated")


def _tell(town: Building, story: Story, names: Mapping[str, str]) -> dict[str, int]:
    """Posts and reactions, as a Slack export states them: a reply belongs to a thread, and addresses its starter unless it names others."""
    handles: dict[str, int] = {}
    for post in story.posts:
        if post.event:
            continue
        age = (town.until - (post.at or 0)) / DAY
        facts: dict[str, Any] = {
            "question": bool(post.question), "announcement": bool(post.announcement), "idea": bool(post.idea), "length": len(post.text), "tags": post.tags
        }  # fmt: skip
        if post.thread:
            handles[post.key] = town.reply(post.author, handles[post.thread], age, mentions=post.mentions, **facts)
        else:
            handles[post.key] = town.post(post.author, names[post.group], age, mentions=post.mentions, **facts)
    for reaction in story.reactions:
        town.react(reaction.person, handles[reaction.post])
    return handles


def _tell_others(town: Building, story: Story, names: Mapping[str, str], handles: Mapping[str, int]) -> None:
    """What a Slack export cannot state."""
    for record in story.others:
        at = getattr(record, "at", None) or 0
        if isinstance(record, Viewing):
            town.view(record.person, handles[record.post], (town.until - at) / DAY)
        elif isinstance(record, Accepted):
            town.accept(handles[record.post], (town.until - at) / DAY, by=record.by)
        elif isinstance(record, Attendance):
            town.attend(record.person, names[record.group], (town.until - at) / DAY)
        elif isinstance(record, Page):
            town.page(record.author, names[record.group], (town.until - (record.updated or 0)) / DAY, record.views or 0)
