"""What a Slack export cannot say of a story, as the tables that a user would import beside it: a list of people and a log of facts."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from cmdesk.core import when
from cmdesk.core.records import Accepted, Attendance, Page, Record, Viewing
from cmdesk.simulation.slack import write_slack
from cmdesk.simulation.story import Story

_PEOPLE = ("id", "organisation", "place", "expertise", "joined", "leader", "audience")
_FACTS = ("type", "time", "actor", "group", "parent", "id", "title", "views")


def write(story: Story, path: Path) -> list[Path]:
    """The story as a Slack export at `path`, and beside it the tables that it needs; returns all of them, the export first."""
    write_slack(story, path)
    tables = {"people": (_PEOPLE, list(_people(story))), "facts": (_FACTS, [row for record in story.others for row in _fact(record)])}
    found = [path]
    for name, (columns, rows) in tables.items():
        if rows:
            found.append(path.with_name(f"{path.stem}-{name}.csv"))
            with found[-1].open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([columns, *rows])
    return found


def adds_to(story: Story) -> Mapping[str, str]:
    """The options with which the tables are imported: they tell more of the export's people, groups and posts."""
    return {"adds_to": f"slack:{story.team}"}


def _people(story: Story) -> Iterator[tuple[str, ...]]:
    audience: dict[str, list[str]] = defaultdict(list)
    for membership in story.memberships:
        if membership.audience:
            audience[membership.person].append(membership.group)
    for person in story.persons:
        meant = "; ".join(audience[person.key])
        said = (person.organisation, person.place, "; ".join(person.expertise), _time(person.joined), "yes" if person.is_leader else "", meant)
        if any(said):
            yield (person.key, *said)


def _fact(record: Record) -> Iterator[tuple[str, ...]]:
    if isinstance(record, Viewing):
        yield ("view", _time(record.at), record.person, "", record.post, "", "", "")
    elif isinstance(record, Accepted):
        yield ("accepted", _time(record.at), record.by, "", record.post, "", "", "")
    elif isinstance(record, Attendance):
        yield ("attendance", _time(record.at), record.person, record.group, record.event, "", "", "")
    elif isinstance(record, Page):
        views = "" if record.views is None else str(record.views)
        yield ("page", _time(record.updated), record.author, record.group, "", record.key, record.title, views)


def _time(at: int | None) -> str:
    return "" if at is None else when.moment(at).isoformat().replace("+00:00", "Z")
