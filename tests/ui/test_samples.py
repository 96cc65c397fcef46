"""The sample organisation: what "Try the sample community" opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cmdesk.core import assessments, goals, groups, notes, text, totals
from cmdesk.core.community import Community
from cmdesk.core.progress import Progress
from cmdesk.core.reports import Report
from cmdesk.pluginhost import Host
from cmdesk.simulation.organisation import organisation
from cmdesk.ui.samples import make_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, plugins: Host) -> Iterator[Community]:
    path = tmp_path_factory.mktemp("sample") / "Sample community.cmdesk"
    make_sample(path, plugins, Progress())
    assert sorted(path.parent.iterdir()) == [path], "nothing is left beside it"
    with Community.open(path) as community:
        yield community


def report(community: Community, place: int) -> Report:
    """The run of this place, the oldest first."""
    with community.reading() as connection:
        return assessments.load(connection, assessments.rows(connection)[-1 - place].id)


def verdicts(found: Report) -> dict[tuple[str, str], str]:
    names = {line.id: line.name for line in found.groups}
    return {(names[score.group], score.goal): score.verdict for score in found.scores if score.chosen}


def test_it_says_that_it_is_invented(sample: Community) -> None:
    with sample.reading() as connection:
        assert totals.totals(connection).simulated
    found = report(sample, 1)
    assert found.simulated and any("invented" in note for note in found.notes)


def test_about_five_hundred_people_in_eight_departments(sample: Community) -> None:
    with sample.reading() as connection:
        people = connection.execute("SELECT count(*) FROM members").fetchone()[0]
        units = connection.execute("SELECT count(DISTINCT unit) FROM members WHERE unit <> ''").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM members WHERE role = ''").fetchone()[0]
    assert 480 <= people <= 520 and units == 8 and 50 <= empty <= 120


def test_all_four_verdicts_show_each_for_the_reason_that_the_article_gives(sample: Community) -> None:
    found = report(sample, 1)
    seen = verdicts(found)
    assert {"fits", "partly", "not_yet", "no_verdict"} == set(seen.values())
    for group, goal, verdict, why in (
        ("news-for-everyone", "inform", "fits", ""),
        ("ask-and-find", "find", "fits", ""),
        ("fault-17", "solve", "fits", ""),
        ("digital", "find", "partly", "is acceptable; this costs the fit most"),
        ("facilities", "find", "not_yet", "Authors visible"),
        ("knowledge-square", "share_across", "not_yet", "Mixing across units"),
        ("innovation-board", "collaborate", "not_yet", "Cohesion"),
        ("innovation-board", "innovate", "not_yet", "Density of trust"),
        ("welcome-table", "connect", "no_verdict", "can be measured"),
        ("Sample community", "solve", "not_yet", "Not as a whole"),
    ):
        ids = {line.name: line.id for line in found.groups}
        score = next(score for score in found.scores if (score.group, score.goal) == (ids[group], goal))
        assert (group, score.verdict) == (group, verdict) and why in score.reason, score.reason
        assert score.verdict != "no_verdict" or score.fit is None
    small = [seen[name, "collaborate"] for name in ("safety", "tenders", "onboarding", "energy", "privacy", "suppliers", "training", "housing")]
    assert sum(verdict in ("fits", "partly") for verdict in small) >= 7
    circles = ("design-circle", "ideas-lab", "green-team", "data-guild", "customer-stories", "shop-floor")
    assert sum(seen[name, "innovate"] in ("fits", "partly") for name in circles) >= 5


def test_something_changed_between_the_half_years(sample: Community) -> None:
    before, after = verdicts(report(sample, 0)), verdicts(report(sample, 1))
    for group, goal in (("news-for-everyone", "inform"), ("fault-17", "solve")):
        assert (before[group, goal], after[group, goal]) == ("not_yet", "fits")
    with sample.reading() as connection:
        assert len(notes.rows(connection)) == 3


def test_goals_have_dates_and_groups_have_owners(sample: Community) -> None:
    with sample.reading() as connection:
        aims, lines = goals.rows(connection), {row.id: row for row in groups.rows(connection)}
        last = connection.execute("SELECT max(at) FROM posts").fetchone()[0]
    assert len(aims) > 40 and all(aim.since < last for aim in aims)
    owned = [lines[aim.group_id] for aim in aims if lines[aim.group_id].parent is not None]
    assert all(row.owner and row.purpose for row in owned)


def test_it_speaks_the_users_language_and_tells_the_same_story() -> None:
    english = organisation(4)
    text.set_language("nl")
    dutch = organisation(4)
    names = {group.name for group in dutch.story.groups}
    assert {"kennisplein", "nieuws-voor-iedereen", "storing-17"} <= names
    assert not names & {group.name for group in english.story.groups} - {"privacy"}
    assert [post.at for post in dutch.story.posts] == [post.at for post in english.story.posts]
    assert {person.name for person in dutch.story.persons} != {person.name for person in english.story.persons}
