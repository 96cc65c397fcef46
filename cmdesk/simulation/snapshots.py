"""A Snapshot straight from a story, without export and import: for scenarios that are measured many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from cmdesk.core import when
from cmdesk.core.building import Building
from cmdesk.core.contributions import Metric
from cmdesk.core.snapshot import DAY, Snapshot
from cmdesk.simulation.story import Story


def snapshot(story: Story, *, window_days: int = 180, metrics: Mapping[str, Metric] | None = None) -> Snapshot:
    """What the facts of a story say up to the day of its last post, in UTC. Groups bear their names, persons their keys."""
    last = max((post.at or 0 for post in story.posts), default=0)
    town = Building(when.moment(last).date() if last else (when.moment(0) + timedelta(days=1)).date(), "UTC", window_days, story.title)
    names = {group.key: group.name for group in story.groups}
    for person in story.persons:
        joined = None if person.joined is None else max(0.0, (town.until - person.joined) / DAY)
        town.person(
            person.key, unit=person.unit, role=person.role, joined=joined, moderator=bool(person.is_moderator), leader=bool(person.is_leader),
            counted=not (person.is_bot or person.deleted), expertise=person.expertise,
        )  # fmt: skip
    for group in story.groups:
        members = [membership.person for membership in story.memberships if membership.group == group.key]
        town.group(group.name, members, parent=names.get(group.parent, ""))
    _tell(town, story, names)
    town.states("unit", "role")
    return replace(town.snapshot(metrics=metrics), simulated=True)


def _tell(town: Building, story: Story, names: Mapping[str, str]) -> None:
    """Posts and reactions, as a Slack export states them: a reply belongs to a thread, and addresses its starter unless it names others."""
    handles: dict[str, int] = {}
    for post in story.posts:
        if post.event:
            continue
        age = (town.until - (post.at or 0)) / DAY
        facts = {"question": bool(post.question), "announcement": bool(post.announcement), "idea": bool(post.idea), "length": len(post.text)}
        if post.thread:
            handles[post.key] = town.reply(post.author, handles[post.thread], age, mentions=post.mentions, **facts)
        else:
            handles[post.key] = town.post(post.author, names[post.group], age, mentions=post.mentions, **facts)
    for reaction in story.reactions:
        town.react(reaction.person, handles[reaction.post])
