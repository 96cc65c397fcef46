"""Makes tests/data/same_person/real.csv again: `python -m tests.core.same_person.from_samples SAMPLES` (tests/data/same_person/README.md).

People of the samples become pairs by rule; who stands in `looked_at.txt` goes to the half on which rules are made, of the others a draw by SEED is
held back. Nothing of this reads how pairs score.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import random
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

DATA = Path(__file__).parents[2] / "data" / "same_person"
SEED = "who is the same, third draw"
DIFFERENT = 60
"""Pairs of two people, of each kind, in each half."""
PUSHES, EQUAL, OTHER = "one address in two pushes", "a handle that is the name", "account and its only address"
COLUMNS = ("half", "label", "kind", "one_name", "one_handle", "two_name", "two_handle")


class Pusher(NamedTuple):
    """A login and the names that stand with the only address that it pushed, in the order of its pushes."""

    login: str
    names: tuple[str, ...]

    @property
    def kind(self) -> str:
        if len(self.names) > 1:
            return PUSHES
        return EQUAL if _squeezed(self.login) == _squeezed(self.names[0]) else OTHER


class Row(NamedTuple):
    """A pair as it stands in the file, without its half."""

    label: str
    kind: str
    one_name: str
    one_handle: str
    two_name: str
    two_handle: str


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", name.casefold()) if len(word) > 3}


def pushers(samples: Path) -> list[Pusher]:
    """Logins with one address that no other login pushed, by login."""
    of_login: defaultdict[str, set[str]] = defaultdict(set)
    of_address: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, list[str]] = defaultdict(list)
    with gzip.open(samples / "github" / "gharchive-2015-01-01-0-first1500.json.gz", "rt", encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            if event["type"] != "PushEvent":
                continue
            login, in_push = event["actor"]["login"], {}
            for author in (commit["author"] for commit in event["payload"]["commits"]):
                in_push.setdefault(author["email"], author["name"])
            for address, name in in_push.items():
                of_login[login].add(address)
                of_address[address].add(login)
                names[address].append(name)
    alone = ((login, next(iter(addresses))) for login, addresses in sorted(of_login.items()) if len(addresses) == 1)
    return [Pusher(login, tuple(names[address])) for login, address in alone if len(of_address[address]) == 1 and names[address][0].strip()]


def same(one: Pusher) -> Row:
    """A pusher as two accounts: the hidden address says that they are one person."""
    if one.kind == PUSHES:
        return Row("same", PUSHES, one.names[0], one.login, one.names[-1], "")
    return Row("same", one.kind, "", one.login, one.names[0], "")


def accounts_with_two(samples: Path) -> tuple[list[Row], list[Row]]:
    """One account of Slack, or of Discourse, as its handle and as its name: Slack's, Discourse's."""
    with zipfile.ZipFile(samples / "slack" / "houstondatavis-slack-export.zip") as archive:
        users = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith("users.json"))))
    slack = {(user["name"], user.get("real_name") or user.get("profile", {}).get("real_name") or "") for user in users if not user.get("is_bot")}
    posts: set[tuple[str, str]] = set()
    for path in sorted((samples / "discourse").glob("*.json")):
        posts.update(_posters(json.loads(path.read_text("utf-8"))))
    return _as_two(slack), _as_two(posts)


def _posters(found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        if found.get("username") and found.get("name"):
            yield str(found["username"]), str(found["name"])
        for inner in found.values():
            yield from _posters(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _posters(inner)


def _as_two(accounts: Iterable[tuple[str, str]]) -> list[Row]:
    return [Row("same", "one account, name and handle", "", handle, name, "") for handle, name in sorted(accounts) if " " in name.strip()]


def different(people: list[Pusher], luck: random.Random) -> list[Row]:
    """Two pushers who share a word of their names, or of whom one's login holds a word of the other's name or begins like it; never two of
    nearly one name."""
    shared, held, begun = [], [], []
    for one, other in itertools.permutations(people, 2):
        a, b = one.names[0], other.names[0]
        if {_squeezed(one.login), _squeezed(a)} & {_squeezed(other.login), _squeezed(b)} or _words(a) == _words(b):
            continue
        if one.login < other.login and " " in a.strip() and " " in b.strip() and _words(a) & _words(b):
            shared.append(Row("different", "a shared word of the name", a, "", b, ""))
        if " " in b.strip() and any(word in one.login.casefold() for word in _words(b)):
            held.append(Row("different", "a handle with a word of the name", "", one.login, b, ""))
        elif " " in b.strip() and one.login.casefold()[:3] in {word[:3] for word in _words(b)}:
            begun.append(Row("different", "a handle that begins like the name", "", one.login, b, ""))
    return [*_some(shared, luck), *_some(held, luck), *_some(begun, luck)]


def of_one_site(samples: Path, looked_at: frozenset[str], fixed: bool, luck: random.Random) -> list[Row]:
    """Two users of Stack Exchange whose names share a word and are not equal."""
    rows = ElementTree.parse(samples / "stackexchange" / "Users.xml").getroot()
    names = sorted({row.get("DisplayName", "") for row in rows} - {""})
    names = [name for name in names if (name in looked_at) is fixed]
    pairs = [(a, b) for a, b in itertools.combinations(names, 2) if _words(a) & _words(b) and _words(a) != _words(b) and _squeezed(a) != _squeezed(b)]
    return _some([Row("different", "two accounts of one site", a, "", b, "") for a, b in pairs], luck)


def _some(rows: list[Row], luck: random.Random) -> list[Row]:
    return rows if len(rows) <= DIFFERENT else luck.sample(rows, DIFFERENT)


def draw(unseen: list[Pusher], everybody: list[Pusher], luck: random.Random) -> list[Pusher]:
    """As many as there are of those with two pushes, and of the other kinds so many that each has the share that it has among everybody."""
    by_kind = {kind: [one for one in unseen if one.kind == kind] for kind in (PUSHES, EQUAL, OTHER)}
    whole = {kind: sum(one.kind == kind for one in everybody) for kind in by_kind}
    part = min(len(by_kind[kind]) / whole[kind] for kind in by_kind)
    return [one for kind, those in by_kind.items() for one in luck.sample(those, int(part * whole[kind]))]


def rows(samples: Path) -> Iterator[tuple[str, Row]]:
    """All pairs with their half."""
    looked_at = frozenset((DATA / "looked_at.txt").read_text("utf-8").splitlines())
    everybody = pushers(samples)
    seen = [one for one in everybody if {one.login, *one.names} & looked_at]
    luck = random.Random(SEED)
    unseen = [one for one in everybody if one not in seen]
    drawn = draw(unseen, everybody, luck)
    slack, discourse = accounts_with_two(samples)
    for half, people, accounts in (("fixed", seen, slack), ("held", unseen, discourse)):
        found = [*map(same, people if half == "fixed" else drawn), *accounts, *different(people, luck), *of_one_site(samples, looked_at, half == "fixed", luck)]
        yield from ((half, row) for row in sorted(set(found)))


if __name__ == "__main__":
    made = list(rows(Path(sys.argv[1])))
    with (DATA / "real.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((half, *row) for half, row in made)
