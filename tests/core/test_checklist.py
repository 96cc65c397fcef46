"""The checklist that one group shows is the one that the metric counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk import pluginhost
from cmdesk.core import checklist, edits, groups, history, inputs, loading
from cmdesk.core.community import Community
from cmdesk.core.owners import Owners
from cmdesk.core.records import Group, Input, Membership, Origin, Page, Person, Post, Rating
from tests.core.importing.stating import import_records

DAY = 86_400_000_000
END = 500 * DAY  # 1971-05-16


def people() -> list[object]:
    records: list[object] = [Origin("slack", "T"), Group("g", "Team")]
    for k in range(10):
        records += [Person(f"p{k}", name=f"Person {k}", role="engineer" if k < 6 else "", updated=DAY), Membership(f"p{k}", "g")]
        records.append(Post(f"m{k}", author=f"p{k}", group="g", at=END - k * 10 * DAY, text="hello"))
    return [*records, Page("page", group="g", title="Tax", updated=DAY)]


@pytest.fixture
def community(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        import_records(opened, tmp_path, people())  # type: ignore[arg-type]
        yield opened


def both(community: Community) -> tuple[float | None, float | None]:
    metrics = pluginhost.load(folders=False).metrics
    with community.reading() as connection:
        snapshot = loading.load(connection, metrics=metrics)
        group = groups.find(connection, "Team")
        shown = checklist.of(connection, group).value
    return shown, snapshot.measure("man", [snapshot.groups.path.index("Team")])[0].value


def say(community: Community, **fields: str) -> None:
    inputs.fill_in(community, [Input("group", "slack:T/g", field, value, "1971-06-01") for field, value in fields.items()], "said")


def test_shown_and_measured_agree_step_by_step(community: Community) -> None:
    assert both(community) == (None, None)
    say(community, check_posting="no")
    assert both(community) == (1 / 6, 1 / 6)  # roles: 6 of 10
    with community.reading() as connection:
        team = groups.find(connection, "Team")
    edits.edit_group(community, team, purpose="Help", owner="person 2")
    assert both(community) == (3 / 6, 3 / 6)  # active 20 days ago
    edits.edit_group(community, team, owner="Person 4")
    assert both(community) == (2 / 6, 2 / 6)  # 40 days ago
    say(community, review="1972-01-01", check_owner="yes", check_rule="yes")
    assert both(community) == (5 / 6, 5 / 6)
    for _step in range(3):
        history.undo(community)
    assert both(community) == (1 / 6, 1 / 6)


def test_a_list_is_filled_in_after_the_export_was_made(community: Community) -> None:
    """All that holds now counts on the last day with data; on an earlier day what was known then."""
    inputs.fill_in(community, [Input("group", "slack:T/g", "check_rule", value, day) for day, value in (("1971-03-01", "no"), ("1999-01-01", "yes"))], "both")
    metrics = pluginhost.load(folders=False).metrics
    import datetime as dt

    with community.reading() as connection:
        now, then = (loading.load(connection, metrics=metrics, as_of=day) for day in (None, dt.date(1971, 4, 1)))
    team = now.groups.path.index("Team")
    assert [snapshot.by_hand.checks[team]["rule"] for snapshot in (now, then)] == [True, False]


def test_a_confirmed_page_is_fresh_and_a_reviewed_profile_up_to_date(community: Community) -> None:
    def seen() -> tuple[int, float]:
        with community.reading() as connection:
            snapshot = loading.load(connection)
        return int(snapshot.pages.updated[0]), float(snapshot.people.profile[snapshot.people.name.index("Person 1")])

    assert seen()[0] == DAY
    inputs.fill_in(community, [Input("page", "slack:T/page", "confirmed", "yes", "1971-05-10")], "page")
    inputs.fill_in(community, [Input("member", "slack:T/p1", "reviewed", "yes", "1971-05-10")], "profile")
    updated, profile = seen()
    assert END - 7 * DAY <= updated <= END - 5 * DAY
    history.undo(community)
    assert seen()[1] == profile or seen()[1] > 0
    with community.reading() as connection:
        others = loading.load(connection).people
    assert others.profile[others.name.index("Person 2")] <= profile


def test_an_owner_is_found_by_name_pseudonym_or_key_but_not_where_two_share_it(community: Community, tmp_path: Path) -> None:
    import_records(community, tmp_path, [Origin("slack", "T"), Person("x", name="Person 1")])
    with community.reading() as connection:
        owners = Owners(connection)
        code, id = connection.execute("SELECT code, id FROM members WHERE name = 'Person 2'").fetchone()
    assert owners.member("PERSON  2") == owners.member(code) == owners.member("slack:T/p2") == id
    assert owners.member("Person 1") is None
    assert owners.label("Person 2", names=False) == code
    assert owners.label("Somebody Else", names=False) == "named"
    assert owners.label("Somebody Else", names=True) == "Somebody Else"


def test_answers_of_a_survey_are_a_pulse(community: Community, tmp_path: Path) -> None:
    ratings = [Rating(f"p{k}", "know", 0.5 + 0.05 * (k % 2), "g", END - DAY) for k in range(10)]
    import_records(community, tmp_path, [Origin("slack", "T"), *ratings])
    metrics = pluginhost.load(folders=False).metrics
    with community.reading() as connection:
        snapshot = loading.load(connection, metrics=metrics)
    found = snapshot.measure("pulse_know", [snapshot.groups.path.index("Team")])[0]
    assert (found.n, found.value) == (10, pytest.approx(0.525))
