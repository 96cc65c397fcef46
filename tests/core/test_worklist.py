"""Questions, ideas and pages as rows that a person recognises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.core import groups, inputs, links, worklist
from cmdesk.core.community import Community
from cmdesk.core.contributions import Importer
from cmdesk.core.errors import CmdeskError
from cmdesk.core.records import Group, Input, Origin, Page, Person, Post
from cmdesk.plugins.slack.links import link as slack_link
from cmdesk.plugins.spreadsheet.links import link as table_link
from tests.core.importing.stating import import_records

DAY = 86_400_000_000
YEAR = 365 * DAY


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    records = [
        Origin("slack", "T"), Person("ann", name="Ann Vos"), Person("bob", name="Bob"), Group("C01", "team"), Group("sub", "sub", parent="C01"), Group("C02", "other"),
        Post("C01:1.000001", author="ann", group="C01", at=2 * YEAR, text="Who knows Bob? #tax"), Post("C01:2.000001", author="bob", group="C01", at=2 * YEAR + DAY, thread="C01:1.000001", text="me"),
        Post("C01:3.000001", author="ann", group="sub", at=2 * YEAR + 2 * DAY, text="idea: bikes\nfor all"), Post("C01:4.000001", author="bob", group="C02", at=2 * YEAR + 3 * DAY, text="When?"),
        Post("C01:5.000001", author="bob", group="C02", at=2 * YEAR + 4 * DAY, text="fine"), Page("p1", group="C01", author="ann", title="Tax", updated=YEAR // 2, views=3),
        Page("p2", group="C02", title="New", updated=2 * YEAR),
    ]  # fmt: skip
    with Community.create(tmp_path / "test.cmdesk", "Test") as opened:
        import_records(opened, tmp_path, records, keep_text=True)
        yield opened


def listed(community: Community, group: str = "Test", only: str = "", names: bool = True) -> list[worklist.ThreadRow]:
    with community.reading() as connection:
        found = worklist.Threads(connection, groups.find(connection, group), only)
        return found.rows(connection, found.ids, names)


def test_threads_newest_first_with_replies_and_tags(community: Community) -> None:
    rows = listed(community)
    assert [(row.key, row.replies, row.tags, row.question, row.idea, row.group) for row in rows] == [
        ("C01:4.000001", 0, (), True, False, "other"), ("C01:3.000001", 0, (), False, True, "team/sub"), ("C01:1.000001", 1, ("tax",), True, False, "team"),
    ]  # fmt: skip
    assert [row.key for row in listed(community, "team")] == ["C01:3.000001", "C01:1.000001"]  # with what is inside it


def test_a_kept_text_is_a_title_only_with_names(community: Community) -> None:
    assert [row.title for row in listed(community)] == ["When?", "idea: bikes", "Who knows Bob? #tax"]
    assert {row.title for row in listed(community, names=False)} == {""}


def test_filters_follow_the_status(community: Community) -> None:
    def keys(only: str) -> list[str]:
        return [row.key[4] for row in listed(community, only=only)]

    assert (keys("open"), keys("without_status"), keys("questions"), keys("ideas")) == (["4"], ["3"], ["4", "1"], ["3"])
    said = {"1": "open", "3": "declined", "4": "answered"}
    inputs.fill_in(community, [Input("post", f"slack:T/C01:{n}.000001", "status", status, "2026-01-01") for n, status in said.items()], "set")
    assert (keys("open"), keys("without_status")) == (["1"], [])
    assert {row.status for row in listed(community)} == {"open", "declined", "answered"}


def test_sorting_keeps_rows_without_a_value_last(community: Community) -> None:
    inputs.fill_in(community, [Input("post", "slack:T/C01:1.000001", "status", "tried", "2026-01-01")], "set")
    with community.reading() as connection:
        for descending in (False, True):
            found = worklist.Threads(connection)
            found.sort(connection, "status", descending)
            assert found.rows(connection, found.ids)[0].status == "tried"
        found.sort(connection, "replies", True)
        assert found.rows(connection, found.ids)[0].replies == 1


def test_pages_with_owner_review_and_filters(community: Community) -> None:
    said = [Input("page", "slack:T/p1", field, value, "1971-12-01") for field, value in (("owner", "Ann Vos"), ("review", "1971-12-20"), ("confirmed", "yes"))]

    def titles(only: str, names: bool = False) -> list[tuple[str, str]]:
        with community.reading() as connection:
            return [(row.title, row.owner) for row in worklist.pages(connection, only=only, names=names)]

    assert [title for title, _owner in titles("old")] == ["Tax"]
    inputs.fill_in(community, said, "page")
    assert titles("old") == []
    assert titles("due", names=True) == [("Tax", "Ann Vos")]
    pseudonym = titles("due")[0][1]
    assert pseudonym.startswith("P-") and "Ann" not in pseudonym
    assert titles("without_owner") == [("New", "")]


def test_links_need_the_address_that_the_user_gives(community: Community) -> None:
    def importer(name: str, link: object) -> Importer:
        return Importer(name=name, title="", patterns=(), sniff=lambda _s: 0.0, read=lambda *_: iter(()), link=link)  # type: ignore[arg-type]

    importers = {"slack.export": importer("slack.export", slack_link), "bad.one": importer("bad.one", lambda _key, _address: 1 / 0)}
    assert links.link(importers, links.addresses(community), "slack:T", "C01:1.000001") == ""
    for wrong in ("acme", "file:///etc", "https://a b", "javascript:alert(1)"):
        with pytest.raises(CmdeskError, match="no web address"):
            links.set_address(community, "slack:T", wrong)
    with pytest.raises(CmdeskError, match="Nothing was imported"):
        links.set_address(community, "slack:X", "https://acme.slack.com")
    links.set_address(community, "slack:T", "https://acme.slack.com/")
    assert links.link(importers, links.addresses(community), "slack:T", "C01:1.000001") == "https://acme.slack.com/archives/C01/p1000001"
    assert links.link(importers, {"bad:T": "https://x.org"}, "bad:T", "k") == ""
    links.set_address(community, "slack:T", "")
    assert links.addresses(community) == {}


def test_links_of_tables() -> None:
    assert table_link("https://wiki/x", "") == "https://wiki/x"
    assert table_link("12", "https://forum/?id=") == "https://forum/?id=12"
    assert table_link("12", "https://forum") == ""
    assert slack_link("general:1.000001", "https://acme.slack.com") == ""  # the channel by its name only
