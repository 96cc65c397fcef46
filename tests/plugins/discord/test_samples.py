"""Real exports, as they are, re-zipped and renamed: every message counts, and nobody else recognises them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.core.importing import ImportResult
from cmdesk.core.reading.source import Source
from cmdesk.core.records import Group, Origin, Person, Post, Reaction
from cmdesk.pluginhost import Host
from tests.plugins.discord.builder import Read, zipped

DATA = Path(__file__).parents[2] / "data" / "discord"
ZULIP = next(DATA.glob("zulip_*.json"))
PAGES = sorted(DATA.glob("*.html"))
Import = Callable[..., ImportResult]


def test_the_zulip_sample() -> None:
    read = Read(ZULIP)
    assert (read.ledger.read, read.ledger.used, read.ledger.set_aside, read.ledger.problems) == (12, 12, 0, [])
    assert read.only(Origin) == Origin("discord", "1519311536839983195", "zulip-discord server")
    assert Counter(type(record) for record in read.records) == {Post: 12, Reaction: 6, Person: 4, Group: 2, Origin: 1}
    assert [post.event for post in read.all(Post)] == [True] + [False] * 11
    assert sum(len(post.mentions) for post in read.all(Post)) == 1
    assert read.all(Post)[0].at == 1_782_302_663_180_000


@pytest.mark.parametrize(("page", "messages", "people", "answers", "counted"), list(zip(PAGES, (10, 9, 12), (7, 6, 9), (0, 2, 0), (3, 1, 97), strict=True)))
def test_the_pyscript_pages(page: Path, messages: int, people: int, answers: int, counted: int) -> None:
    read = Read(page)
    assert (read.ledger.read, read.ledger.used, read.ledger.problems) == (messages, messages, [])
    posts = read.all(Post)
    assert read.only(Origin) == Origin("discord", "972017612454232116", "PyScript 💻")
    assert len({person.key for person in read.all(Person)}) == people
    assert (sum(bool(post.reply_to) for post in posts), sum(post.unnamed_reactions for post in posts)) == (answers, counted)
    assert all(post.author.isdecimal() and post.at and not post.local for post in posts)
    assert all(post.edited is None or post.edited > post.at - 60_000_000 for post in posts if post.at)
    assert {post.group for post in posts} == {page.stem.rpartition("_")[2]}


def everything(tmp_path: Path) -> Path:
    return zipped(tmp_path / "Downloads (1).zip", {path.name: path.read_bytes() for path in (*PAGES, ZULIP)}, "dump/2024/")


@pytest.mark.parametrize("make", [lambda _folder: ZULIP, lambda _folder: PAGES[0], everything, lambda folder: zipped(folder / "y.zip", {"x": ZULIP.read_bytes(), "z.htm": PAGES[1].read_bytes()}),
                                  lambda folder: _renamed(folder, ZULIP), lambda folder: _renamed(folder, PAGES[2])])  # fmt: skip
def test_nobody_else_recognises_them(tmp_path: Path, host: Host, make: Callable[[Path], Path]) -> None:
    with Source(make(tmp_path)) as source:
        sure = {name: importer.sniff(source) for name, importer in host.importers.items()}
    assert sure.pop("discord.export") > 0.9
    assert max(sure.values()) <= 0.5


def _renamed(folder: Path, path: Path) -> Path:
    target = folder / "x.txt"
    target.write_bytes(path.read_bytes())
    return target


def test_importing_twice_stores_nothing_more(tmp_path: Path, import_file: Import) -> None:
    path = everything(tmp_path)
    first, again = import_file(path), import_file(path)
    assert (first.records.read, first.records.used) == (12 + 10 + 9 + 12, 43)
    assert first.facts["post"].stored == 43
    assert sum(fact.stored for fact in again.facts.values()) == 0
    assert sum(fact.set_aside for fact in first.facts.values()) == 0
