"""Tables that tell more of an export imported earlier: views, accepted answers, pages, meetings, audience, profiles; and logs with more than posts."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cmdesk.core import dump, importing
from cmdesk.core.community import Community
from cmdesk.core.errors import CmdeskError

TEAM = "T0EXAMPLE"
ADDS = {"adds_to": f"slack:{TEAM}"}


@pytest.fixture
def community(tmp_path: Path) -> Any:
    export = tmp_path / "slack.zip"
    user = {"team_id": TEAM, "deleted": False, "is_bot": False}
    with zipfile.ZipFile(export, "w") as out:
        out.writestr("users.json", json.dumps([{**user, "id": key, "name": key.lower(), "profile": {"title": "Planner"}} for key in ("U00000001", "U00000002", "U00000003")]))
        out.writestr("channels.json", json.dumps([{"id": "C00000001", "name": "general", "members": ["U00000001", "U00000002"]}]))
        messages = [
            {"type": "message", "user": "U00000001", "text": "How?", "ts": "1700000000.000100"},
            {"type": "message", "user": "U00000002", "text": "So.", "ts": "1700000060.000200", "thread_ts": "1700000000.000100", "parent_user_id": "U00000001"},
        ]
        out.writestr("general/2023-11-14.json", json.dumps(messages))
    with Community.create(tmp_path / "one.cmdesk") as opened:
        importing.run(opened, [export])
        yield opened


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def asked(community: Community, query: str) -> list[tuple[Any, ...]]:
    with community.reading() as connection:
        return connection.execute(query).fetchall()


FACTS = (
    "type,time,actor,group,parent,id,title,views",
    "view,2023-11-14T23:00:00Z,U00000003,,C00000001:1700000000.000100,,,",
    "accepted,2023-11-14T23:10:00Z,U00000001,,C00000001:1700000060.000200,,,",
    "attendance,2023-11-15T10:00:00Z,U00000002,C00000001,Monday round,,,",
    "page,2023-11-01T10:00:00Z,U00000002,C00000001,,how-to,How to,\"1,204\"",
)


def test_facts_are_about_the_posts_people_and_groups_of_the_export(community: Community, tmp_path: Path) -> None:
    result = importing.run(community, [table(tmp_path / "facts.csv", *FACTS)], options=ADDS)
    assert result.importer == "spreadsheet.log"
    assert (result.records.read, result.records.used, result.records.set_aside) == (4, 4, 0)
    for kind in ("viewing", "accepted", "attendance", "page"):
        assert (result.facts[kind].stated, result.facts[kind].stored) == (1, 1), kind
    assert asked(community, "SELECT count(*) FROM sources") == [(1,)]
    assert asked(community, "SELECT count(*) FROM identities") == [(3,)]
    assert asked(community, "SELECT title, views FROM pages") == [("How to", 1204)]
    assert asked(community, "SELECT name FROM groups WHERE id <> 1") == [("general",)]


def test_people_get_what_slack_does_not_say_and_keep_what_it_does(community: Community, tmp_path: Path) -> None:
    sheet = table(tmp_path / "people.csv", "id,organisation,expertise,leader,audience", "U00000001,Harbour,Safety; Law,yes,C00000001", "U00000003,,Design,,C00000001")
    result = importing.run(community, [sheet], options=ADDS)
    assert result.importer == "spreadsheet.people"
    assert asked(community, "SELECT role, organisation, expertise, is_leader FROM members ORDER BY ref LIMIT 1") == [
        ("Planner", "Harbour", '["Safety","Law"]', 1)
    ]
    assert asked(community, "SELECT count(*) FROM memberships WHERE audience") == [(2,)]
    assert asked(community, "SELECT members FROM groups WHERE name = 'general'") == [(2,)], "the audience is not a member for that"


def test_a_fact_about_a_post_that_is_not_there_is_set_aside_and_counted(community: Community, tmp_path: Path) -> None:
    sheet = table(tmp_path / "facts.csv", *FACTS[:2], "view,2023-11-14T23:00:00Z,U00000003,,C00000001:1699999999.000000,,,")
    result = importing.run(community, [sheet], options=ADDS)
    assert (result.facts["viewing"].stated, result.facts["viewing"].stored, result.facts["viewing"].set_aside) == (2, 1, 1)


def test_undo_takes_the_added_facts_away_and_nothing_else(community: Community, tmp_path: Path) -> None:
    from cmdesk.core import history

    with community.reading() as connection:
        before = list(dump.text(connection))
    importing.run(community, [table(tmp_path / "facts.csv", *FACTS)], options=ADDS)
    history.undo(community)
    with community.reading() as connection:
        assert list(dump.text(connection)) == before


@pytest.mark.parametrize("wrong", ["slack", "slack:", ":T1"])
def test_an_export_that_is_no_name_is_refused(community: Community, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(CmdeskError, match="does not name an export"):
        importing.run(community, [table(tmp_path / "facts.csv", *FACTS)], options={"adds_to": wrong})


def test_types_of_a_log_may_say_what_a_message_is_and_tags_come_beside_those_in_the_text(tmp_path: Path) -> None:
    from cmdesk.core.schema import ANNOUNCEMENT, IDEA, QUESTION

    sheet = table(
        tmp_path / "log.csv", "soort;tijd;auteur;kanaal;tekst;tags",
        "vraag;2024-05-01 10:00;ann;team;Hoe werkt dit;reizen", "mededeling;2024-05-01 11:00;bob;team;Er is taart?;",
        "idee;2024-05-02 10:00;ann;team;Delen we dit #samen;Werk, Thuis", "bericht;2024-05-02 11:00;bob;team;Klopt dit?;",
    )  # fmt: skip
    with Community.create(tmp_path / "two.cmdesk") as community:
        importing.run(community, [sheet])
        found = asked(community, "SELECT flags & ?, tags FROM posts ORDER BY at".replace("?", str(QUESTION | ANNOUNCEMENT | IDEA)))
    assert found == [(QUESTION, '["reizen"]'), (ANNOUNCEMENT, None), (IDEA, '["werk","thuis","samen"]'), (QUESTION, None)]
