"""Announcements and stories, by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from cmdesk.core.building import Building

from .worlds import measure, missing, seal, team, value

H = 1 / 24
FOUR = ("a", "b", "c", "d")


def announcing(count: int, *, group: str = "team", town: Building | None = None, age: float = 20) -> tuple[Building, list[int]]:
    town = town or team(*FOUR)
    return town, [town.post("a", group, age=age + number, announcement=True) for number in range(count)]


def test_readers() -> None:
    town, posts = announcing(4, age=5)
    for post in posts:
        town.view("b", post, age=4)
        town.view("a", post, age=4)  # the author does not read
    town.view("c", posts[0], age=4)
    old = town.post("a", "team", age=40, announcement=True)
    town.view("d", old, age=31)  # before the 30 days
    town.view("zed", posts[1], age=3)  # no member
    found = measure(seal(town), "read")
    assert (found.value, found.n, found.proxy) == (0.5, 4, False)
    town.view("d", old, age=29)
    assert measure(seal(town), "read").value == 0.75


def test_readers_by_proxy() -> None:
    town, posts = announcing(4, age=5)
    town.view("d", posts[0], age=4)  # views for a quarter of the announcements
    town.react("b", posts[0], age=3)
    town.reply("c", posts[1], age=3)
    town.reply("a", posts[1], age=2)
    found = measure(seal(town), "read")
    assert (found.value, found.proxy) == (0.5, True)


def test_readers_without_announcements() -> None:
    town, _posts = announcing(2, age=40)
    assert "last 30 days" in missing(seal(town), "read")
    assert "No message is recognised as an announcement" in missing(seal(team("a")), "read")
    town, _posts = announcing(2, age=10)
    assert "neither threads" not in missing(seal(town), "read")
    town.states("reaction")
    assert measure(seal(town), "read").value == 0.0


def test_time_to_half_the_readers() -> None:
    town, posts = announcing(10)
    assert "who saw what" in missing(seal(town), "t50")
    for number, post in enumerate(posts):
        for reader, hours in zip(("b", "c", "d", "zed"), (1, number + 2, 50, 60), strict=True):
            town.view(reader, post, age=20 + number - hours * H)
    young = town.post("a", "team", age=6, announcement=True)
    town.view("b", young, age=1)
    snapshot = seal(town)
    assert value(snapshot, "t50") == pytest.approx(6.5)  # halves after 2 … 11 hours
    assert measure(snapshot, "t50").n == 10
    town.view("x", posts[0], age=1)  # five views now: the third completes the half
    assert value(seal(town), "t50") == pytest.approx(7.5)


def test_announcements_a_week() -> None:
    town, _posts = announcing(9)
    town.group("room", members=["a"], parent="team")
    announcing(4, group="room", town=town)
    snapshot = seal(town)
    weeks = 180 / 7
    assert value(snapshot, "rate_w", "room") == pytest.approx(4 / weeks)
    assert value(snapshot, "rate_w") == pytest.approx((9 + 4 / 4) / weeks)  # one of four is in the room
    assert value(snapshot, "rate_w", "elsewhere") == 0.0


def test_signed_with_a_role_and_answered() -> None:
    town, posts = announcing(6)
    assert "nobody's role" in missing(seal(town), "srole")
    town.person("b", role="editor")
    town.person("nobody", role="bot", named=False)
    for number in range(3):
        town.post("b", "team", age=30 + number, announcement=True)
        town.post("nobody", "team", age=30 + number, announcement=True)
    town.post("", "team", age=33, announcement=True)  # nobody knows by whom
    assert "no" in missing(seal(town), "ann_ans")
    town.reply("c", posts[0], age=1)
    town.reply("a", posts[1], age=1)
    snapshot = seal(town)
    assert (value(snapshot, "srole", "Community"), measure(snapshot, "srole", "Community").n) == (pytest.approx(3 / 13), 13)
    assert value(snapshot, "ann_ans", "Community") == pytest.approx(1 / 13)


def test_leaders_present() -> None:
    town = Building(until=dt.date(2025, 6, 30), window_days=28, zone="Europe/Amsterdam")  # a Monday; the window begins on Tuesday 3 June
    town.group("team", members=["a"])
    town.post("a", "team", age=1)
    assert "marked as a leader" in missing(seal(town), "lead")
    town.person("boss", leader=True)
    zone = dt.timezone(dt.timedelta(hours=2))
    for day, hour in ((4, 12), (9, 0), (15, 23), (16, 0), (30, 12)):  # before the first full week, first, first, second, after the last
        town.post("boss", "team", age=town.age(dt.datetime(2025, 6, day, hour, 30, tzinfo=zone)))
    snapshot = seal(town)
    assert (value(snapshot, "lead"), measure(snapshot, "lead").n) == (pytest.approx(2 / 3), 3)  # weeks of 9, 16 and 23 June
    assert "no full week" in missing(seal(_short()), "lead")


def _short() -> Building:
    town = Building(window_days=5)
    town.person("boss", leader=True)
    town.post("boss", "team", age=1)
    return town


def test_recognition() -> None:
    town = team(*FOUR)
    assert "neither reactions nor threads" in missing(seal(town), "recog")
    for number in range(6):
        post = town.post("a", "team", age=20 + number)
        town.react("b", post)
        town.reply("b", post, age=19)
        town.reply("c", post, age=19)
        town.react("a", post)
        if number == 0:
            town.react("zed", post)
    snapshot = seal(town)
    # ten starts: four without echo, five with b and c, one with zed too; n − 1 = 3
    assert (value(snapshot, "recog"), measure(snapshot, "recog").n) == (pytest.approx((5 * 2 + 3) / 10 / 3), 10)


def test_passed_on() -> None:
    town = team(*FOUR)
    posts = [town.post("a", "team", age=20 + number) for number in range(6)]
    assert "passed on" in missing(seal(town), "prop")
    town.share("b", posts[0], "elsewhere", age=1)
    town.share("c", posts[0], "elsewhere", age=1)
    town.share("b", posts[1], "team", age=1)  # the same group
    assert value(seal(town), "prop") == pytest.approx(1 / 10)
