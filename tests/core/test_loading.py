"""A snapshot from a file holds what a snapshot made by hand of the same facts holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cmdesk.core import loading
from cmdesk.core.building import Building
from cmdesk.core.community import Community
from cmdesk.core.records import Accepted, Group, Membership, Origin, Person, Post, Reaction, Record
from cmdesk.core.snapshot import DAY, Snapshot
from tests.core.importing.stating import import_records

AS_OF = dt.date(2025, 6, 30)


@pytest.fixture
def community(tmp_path: Path) -> Iterator[Community]:
    with Community.create(tmp_path / "test.cmdesk", "Community") as opened:
        yield opened


def random_town(seed: int) -> tuple[list[Record], Building]:
    """The same people, posts, replies, mentions, reactions and accepted answers, as records and by hand."""
    generator = np.random.default_rng(seed)
    town, records = Building(until=AS_OF), [Origin("test", "T")]
    people = [f"p{k:02}" for k in range(12)]
    for k, person in enumerate(people):
        unit = f"U{k % 3}"
        records.append(Person(person, name=person, unit=unit))
        town.person(person, unit=unit)
    for name in ("g1", "g2"):
        members = [person for person in people if generator.uniform() < 0.7]
        records.append(Group(name, name))
        records += [Membership(person, name) for person in members]
        town.group(name, members=members)
    handles: list[tuple[int, str, str, int]] = []
    for k in range(150):
        author, at = people[generator.integers(12)], int(town.until - generator.integers(0, 200 * DAY))
        age = (town.until - at) / DAY
        mentioned = [people[n] for n in sorted(set(generator.integers(0, 12, generator.integers(0, 3)).tolist()))]
        older = [row for row in handles if row[3] < at]
        if older and generator.uniform() < 0.6:
            handle, key, group, _at = older[generator.integers(len(older))]
            town_handle = town.reply(author, handle, age=age, mentions=mentioned)
            records.append(Post(f"m{k}", author, group, at, thread=key, mentions=tuple(mentioned), text=""))
        else:
            key, group, question = f"m{k}", f"g{generator.integers(1, 3)}", bool(generator.uniform() < 0.5)
            town_handle = town.post(author, group, age=age, mentions=mentioned, question=question)
            records.append(Post(key, author, group, at, mentions=tuple(mentioned), question=question, announcement=False, idea=False))
            handles.append((town_handle, key, group, at))
        for n in sorted(set(generator.integers(0, 12, generator.integers(0, 3)).tolist())):
            records.append(Reaction(f"m{k}", people[n], "heart", at))
            town.react(people[n], town_handle, age=age)
        if generator.uniform() < 0.1:
            records.append(Accepted(f"m{k}", at=at))
            town.accept(town_handle, age=age)
    return records, town


def trusted(snapshot: Snapshot) -> dict[frozenset[str], tuple[float, float]]:
    names, found = snapshot.people.name, snapshot.trust
    rows = zip(found.i.tolist(), found.j.tolist(), found.r.tolist(), found.bal.tolist(), strict=True)
    return {frozenset((names[i], names[j])): (round(r, 9), round(bal, 9)) for i, j, r, bal in rows}


@pytest.mark.parametrize("seed", range(6))
def test_the_file_and_the_hand_give_one_trust_and_one_competence(community: Community, tmp_path: Path, seed: int) -> None:
    records, town = random_town(seed)
    import_records(community, tmp_path, records)
    with community.reading() as connection:
        loaded = loading.load(connection, as_of=AS_OF)
    made = town.snapshot()
    assert trusted(loaded) == trusted(made)
    shown = {name: round(float(k), 9) for name, k in zip(loaded.people.name, loaded.competence.k, strict=True)}
    assert shown == {name: round(float(k), 9) for name, k in zip(made.people.name, made.competence.k, strict=True)}
    rosters = [sorted(loaded.people.name[row] for row in loaded.groups.roster[k]) for k in (1, 2)]
    assert rosters == [sorted(made.people.name[row] for row in made.groups.roster[k]) for k in (1, 2)]


def test_the_last_day_with_data_counts_and_what_comes_later_does_not(community: Community, tmp_path: Path) -> None:
    day = lambda n: int(dt.datetime(2024, 3, n, 12, tzinfo=dt.UTC).timestamp()) * 1_000_000  # noqa: E731
    posts = [Post(f"m{n}", "a", "g", day(n), text="x") for n in (1, 5, 9)]
    import_records(community, tmp_path, [Origin("t", "T"), Person("a", "Ann"), Group("g", "G"), *posts])
    with community.reading() as connection:
        assert loading.last_day(connection) == dt.date(2024, 3, 9)
        assert len(loading.load(connection).posts) == 3
        assert len(loading.load(connection, as_of=dt.date(2024, 3, 8)).posts) == 2
        assert len(loading.load(connection, as_of=dt.date(2024, 2, 1)).posts) == 0


def test_the_as_of_day_ends_at_local_midnight(community: Community, tmp_path: Path) -> None:
    community.set_setting("zone", "Europe/Amsterdam")
    late = int(dt.datetime(2024, 6, 30, 21, 59, 59, tzinfo=dt.UTC).timestamp()) * 1_000_000  # 23:59:59 there
    posts = [Post("1", "a", "g", late, text="x"), Post("2", "a", "g", late + 1_000_000, text="x")]
    import_records(community, tmp_path, [Origin("t", "T"), Person("a", "Ann"), Group("g", "G"), *posts])
    with community.reading() as connection:
        assert len(loading.load(connection, as_of=dt.date(2024, 6, 30)).posts) == 1


def test_bots_and_members_who_opted_out_are_nobody_but_stay_in_the_file(community: Community, tmp_path: Path) -> None:
    from cmdesk.core import edits

    people = [Person("a", "Ann"), Person("b", "Bot", is_bot=True), Person("c", "Cas")]
    posts = [Post(f"{who}{n}", who, "g", 10**15 + n, text="x", mentions=("a",)) for who in "bc" for n in range(3)]
    import_records(community, tmp_path, [Origin("t", "T"), *people, Group("g", "G"), *posts])
    with community.reading() as connection:
        snapshot = loading.load(connection)
        member = int(snapshot.people.id[snapshot.people.name.index("Cas")])
        assert len(snapshot.trust) == 1
    edits.edit_member(community, member, opted_out=True)
    with community.reading() as connection:
        snapshot = loading.load(connection)
    assert len(snapshot.people) == 3 and len(snapshot.trust) == 0


def test_an_empty_community_is_a_snapshot_too(community: Community) -> None:
    with community.reading() as connection:
        snapshot = loading.load(connection)
    assert (len(snapshot.people), len(snapshot.posts), len(snapshot.groups), len(snapshot.trust)) == (0, 0, 1, 0)
    assert len(snapshot.events) == 0 and snapshot.graph().number_of_nodes() == 0
