"""Every metric of the dictionary (goal-model §4.3) exists, says something of a full world, and does so without moderators too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmdesk.core.building import Building
from cmdesk.core.by_hand import Answer, ByHand
from cmdesk.core.snapshot import Snapshot
from cmdesk.plugins.goal_fit.catalogue import catalogue

from .worlds import measure, seal

DICTIONARY = ["n", "aud", "read", "t50", "rate_w", "ans", "solved", "tfr", "tfr_all", "ann_ans", "srole", "prof", "fresh", "cov", "D_R", "coh", "con", "top", "C", "two", "iso", "new", "wel", "even", "stab", "newc", "mix", "EI", "wide", "sim", "xthr", "bconc", "ext", "extT", "blau_unit", "blau_expertise", "recog", "voice", "prop", "lead", "trans", "multi", "idea", "follow", "man"]
LAST = 20_269
PEOPLE, DAYS = 24, 700


def world() -> Building:
    """Two groups of three units who ask, answer, announce, share and thank for two years; a moderator and a leader among them."""
    town = Building()
    names = [f"p{k}" for k in range(PEOPLE)]
    for k, name in enumerate(names):
        town.person(name, unit=f"U{k % 3}", role="engineer", expertise=(f"t{k % 4}",), joined=DAYS - 30 * k, moderator=k == 1, leader=k == 2, place="here")
    town.group("team", members=names[:16], audience=names[:18])
    town.group("other", members=names[12:])
    for age in range(DAYS - 1, 0, -1):
        k = age % 16
        who, helper = names[k], names[(k * 5 + age // 16 + 1) % 16]
        if who == helper:
            helper = names[(k + 2) % 16]
        kind = {"question": age % 2 == 0, "idea": age % 3 == 0, "tags": [f"t{age // 2 % 3}"]}
        first = town.post(who, "team", age=age + 0.9, **kind)
        answer = town.reply(helper, first, age=age + 0.8, to=first)
        town.reply(who, first, age=age + 0.7, to=answer)
        last = town.reply(helper, first, age=age + 0.6, to=answer)
        town.reply(names[(k + 3) % 16], first, age=age + 0.5, to=last)
        town.accept(answer, by=who)
        town.react(who, answer)
        if age % 4 == 0:
            notice = town.post(names[2], "team", age=age + 0.4, announcement=True)
            for number, reader in enumerate(names[:16]):
                town.view(reader, notice, age=max(0.0, age + 0.3 - number / 24))
            town.reply(names[5], notice, age=age + 0.2)
            town.share(names[13], first, "other", age=age + 0.1)
        outside = town.post(names[16 + age % 8], "other", age=age + 0.3, mentions=[names[age % 16]])
        town.reply(names[age % 16], outside, age=age + 0.25)
    town.person("new", unit="U0", role="", joined=20)
    town.group("team", members=[*names[:16], *(f"n{k}" for k in range(12))], audience=names[:18])
    for k in range(12):
        town.person(f"n{k}", unit=f"U{k % 3}", role="clerk", expertise=("t1",), joined=100 - k)
        town.reply(names[k], town.post(f"n{k}", "team", age=99 - k), age=98.9 - k)
        town.page(names[k], "team", updated=30 * k, views=k)
    return town


def filled_in(snapshot: Snapshot) -> Snapshot:
    k = snapshot.groups.name.index("team")
    old = [row for row in range(len(snapshot.posts)) if snapshot.posts.idea[row]]
    pulse = {(k, item): (Answer(-1, LAST, 0.5),) * 20 for item in ("know", "trust", "safe", "got")}
    return replace(snapshot, by_hand=ByHand(checks={k: {"rule": True}}, owners={k: 0}, statuses=dict.fromkeys(old, ()), pulse=pulse))


@pytest.fixture(scope="module")
def full() -> dict[bool, Snapshot]:
    return {with_moderators: filled_in(seal(world(), with_moderators=with_moderators)) for with_moderators in (True, False)}


def test_the_dictionary_is_in_the_catalogue() -> None:
    names = {entry.name for entry in catalogue()}
    assert set(DICTIONARY) <= names
    assert names - set(DICTIONARY) == {
        "n_core", "mix_group", "mix_place", "mix_organisation", "EI_random", "sim_out", "pulse_know", "pulse_trust", "pulse_safe", "pulse_got",
    }  # fmt: skip


@pytest.mark.parametrize("with_moderators", [True, False])
@pytest.mark.parametrize("name", [entry.name for entry in catalogue()])
def test_each_metric_is_measured_in_a_full_world(full: dict[bool, Snapshot], name: str, with_moderators: bool) -> None:
    found = measure(full[with_moderators], name)
    if name in ("mix_place", "mix_organisation"):  # all sit in one place, and nobody says in which organisation
        assert found.missing
    else:
        assert found.value is not None, found.missing
        assert found.value == found.value
        assert found.n > 0


def test_moderators_make_a_difference(full: dict[bool, Snapshot]) -> None:
    assert [measure(full[with_them], "n").value for with_them in (True, False)] == [28, 27]


def test_views_and_accepted_answers_are_used_where_they_are_there(full: dict[bool, Snapshot]) -> None:
    found = measure(full[True], "read")
    assert found.value == pytest.approx(15 / 28)  # the author of an announcement is no reader of it
    assert not found.proxy
    assert measure(full[True], "t50").value == pytest.approx(10.4)  # the eighth of fifteen readers, 2.4 h after the post and 8 h later
    blind = replace(full[True], viewings=replace(full[True].viewings, post=full[True].viewings.post[:0], person=full[True].viewings.person[:0],
                    at=full[True].viewings.at[:0], group=full[True].viewings.group[:0]), kept={}, _measures={})  # fmt: skip
    assert measure(blind, "read").proxy
