"""Recomputes five metrics of every group from a raw Slack export and compares them with what `cmdesk assess --json` printed.

    python -I -S tests/independent/recompute.py EXPORT.zip ASSESSMENT.json

It knows docs/goal-model.md and Slack's format, nothing of cmdesk: plain Python, one post and one pair at a time, dictionaries only. It prints
what it compared as JSON, and ends with 1 where a value differs by more than 1e-9 or where only one of the two has a value.
Times: a community in UTC. Text: question marks and question tags as docs/goal-model.md tells them.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import sys
import zipfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

HOUR = 3600 * 10**6
DAY = 24 * HOUR
SYSTEM = {
    "channel_join", "channel_leave", "group_join", "group_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive",
    "channel_unarchive", "bot_add", "bot_remove", "pinned_item", "reminder_add", "tombstone", "sh_room_created", "huddle_thread",
    "group_topic", "group_purpose", "group_name", "group_archive", "group_unarchive", "bot_enable", "bot_disable",
}  # fmt: skip
MENTION = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")


class Post:
    """A message that somebody wrote."""

    def __init__(self, channel: str, message: dict[str, Any]) -> None:
        self.channel, self.ts = channel, str(message["ts"])
        seconds, _, micros = self.ts.partition(".")
        self.at = int(seconds) * 10**6 + int((micros + "000000")[:6])
        self.author = message.get("user") or message.get("bot_id") or ""
        thread = message.get("thread_ts")
        self.root = str(thread) if thread and str(thread) != self.ts else ""
        self.answered = message.get("parent_user_id") if self.root else ""
        self.mentions = set(MENTION.findall(message.get("text") or ""))
        self.asks = asks(message.get("text") or "")
        self.reactors = [user for emoji in message.get("reactions") or () for user in emoji.get("users") or ()]


def asks(text: str) -> bool:
    """A question mark at the end of a word outside links, or a question tag; an announcement tag makes the mark say nothing."""
    text = re.sub(r"<(?:mailto:|https?://)[^<>|]*\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<([^<>]*)>", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = re.sub(r"(?:https?://|www\.)\S+", " ", text)
    tags = {tag.lower() for tag in re.findall(r"(?<![\w#&/])#([^\W\d_][\w-]{1,40})", text)}
    if tags & {"question", "questions", "vraag", "vragen", "help", "frage"}:
        return True
    if tags & {"announcement", "announcements", "mededeling", "aankondiging", "ankündigung"}:
        return False
    return re.search(r"[?？؟](?=[\s)\]\"'»”*_~!?.…]|$)", text) is not None


class Export:
    """The people, channels and messages of a Slack export, up to T and without bots and deleted accounts."""

    def __init__(self, path: str, until: int) -> None:
        self.until = until
        with zipfile.ZipFile(path) as archive:
            users = json.loads(archive.read("users.json"))
            channels = json.loads(archive.read("channels.json"))
            raw = {
                channel["name"]: [
                    message
                    for name in sorted(archive.namelist())
                    if re.fullmatch(re.escape(channel["name"]) + r"/\d{4}-\d\d-\d\d\.json", name)
                    for message in json.loads(archive.read(name))
                ]
                for channel in channels
            }
        dropped = {user["id"] for user in users if user.get("is_bot") or user.get("deleted")} | {"USLACKBOT"}
        dropped |= {message["bot_id"] for messages in raw.values() for message in messages if message.get("bot_id") and not message.get("user")}
        self.posts: list[Post] = []
        self.places: set[str] = set()  # channels that hold posts, be it of bots
        met = {user["id"] for user in users}
        self.rosters: dict[str, set[str]] = {}
        for channel in channels:
            self.rosters[channel["name"]] = set(channel.get("members") or ()) - dropped
            met |= set(channel.get("members") or ())
            known: dict[str, Post] = {}
            for message in raw[channel["name"]]:
                if message.get("subtype") in SYSTEM:
                    met |= {message["user"]} if message.get("user") else set()
                    continue
                post = Post(channel["name"], message)
                known[post.ts] = post
            for post in known.values():
                met |= {post.author, *post.mentions, *post.reactors} - {""}
                if post.at <= until:
                    self.places.add(channel["name"])
                    self.posts.append(post)
        self.people = met - dropped
        self.starter = {(post.channel, post.ts): post.author for post in self.posts if not post.root}
        self.posts = sorted((post for post in self.posts if post.author in self.people), key=lambda post: (post.at, post.channel))

    def addressee(self, post: Post) -> str:
        """Whom a reply answers, "" where it answers nobody who counts."""
        if not post.root:
            return ""
        who = post.answered or self.starter.get((post.channel, post.root), "")
        return who if who in self.people and who != post.author else ""

    def thread(self, post: Post) -> tuple[str, str]:
        """The thread of a post."""
        return post.channel, post.root or post.ts


class Event:
    """One person turned to another; a is its weight over the number of persons addressed. `both`: it counts either way."""

    def __init__(self, at: int, source: str, target: str, a: float, channel: str, both: bool = False) -> None:
        self.at, self.source, self.target, self.a, self.channel, self.both = at, source, target, a, channel, both


def events(export: Export) -> list[Event]:
    """docs/goal-model.md §4.0"""
    found, reactions = [], []
    for post in export.posts:
        answered = export.addressee(post)
        if answered:
            found.append(Event(post.at, post.author, answered, 1.0, post.channel))
        named = {who for who in post.mentions if who in export.people and who != post.author}
        found += [Event(post.at, post.author, who, 0.8 / len(named), post.channel) for who in named if who != answered]
        reactions += [Event(post.at, who, post.author, 0.25, post.channel) for who in post.reactors if who in export.people and who != post.author]
    weekly: dict[tuple[str, str, int], int] = defaultdict(int)
    for event in sorted(reactions, key=lambda event: event.at):
        key = event.source, event.target, (event.at // DAY + 3) // 7
        weekly[key] += 1
        if weekly[key] <= 5:
            found.append(event)
    return found + together(export)


def together(export: Export) -> list[Event]:
    """Co-participation: one event per pair, thread and day."""
    threads: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in export.posts:
        threads[export.thread(post)].append(post)
    found = []
    for posts in threads.values():
        replied = {(frozenset((post.author, export.addressee(post))), post.at // DAY) for post in posts if export.addressee(post)}
        nearest: dict[tuple[frozenset[str], int], tuple[int, int, int]] = {}
        for (k, one), (m, other) in combinations(enumerate(posts), 2):
            if m - k > 5 or other.at - one.at > 72 * HOUR or one.author == other.author:
                continue
            key = frozenset((one.author, other.author)), other.at // DAY
            near = (other.at - one.at, m - k, -other.at)
            if key not in replied:
                nearest[key] = min(near, nearest.get(key, near))
        for (pair, _day), near in nearest.items():
            one_end, other_end = sorted(pair)
            found.append(Event(-near[2], one_end, other_end, 0.15, posts[0].channel, both=True))
    return found


def trust(happened: list[Event], until: int) -> dict[frozenset[str], float]:
    """R of each pair, docs/goal-model.md §4.1"""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    contexts: dict[frozenset[str], set[str]] = defaultdict(set)
    for event in happened:
        weight = event.a * 2 ** (-((until - event.at) / DAY) / 90)
        sums[event.source, event.target] += weight
        if event.both:
            sums[event.target, event.source] += weight
        contexts[frozenset((event.source, event.target))].add(event.channel)
    total = {pair: sum(sums.get(way, 0.0) for way in both_ways(pair)) for pair in contexts}
    near: dict[str, set[str]] = defaultdict(set)
    for pair, s in total.items():
        if s >= 0.05:
            one, other = pair
            near[one].add(other)
            near[other].add(one)
    found = {}
    for pair, s in total.items():
        one, other = pair
        common = len(near[one] & near[other])
        either = len(near[one] - {other}) + len(near[other] - {one}) - common
        emb = common / either if either else 0.0
        bal = 2 * min(sums.get(way, 0.0) for way in both_ways(pair)) / s
        mul = max(0.0, min(1.0, (len(contexts[pair]) - 1) / 2))
        found[pair] = s / (s + 2) * (0.30 + 0.40 * bal + 0.20 * emb + 0.10 * mul)
    return found


def both_ways(pair: frozenset[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two directions of a pair."""
    one, other = pair
    return (one, other), (other, one)


def answered(export: Export, since: int) -> dict[str, tuple[int, int]]:
    """For each channel (questions with a reply by somebody else within 72 h, questions), of W and older than 72 h."""
    first: dict[tuple[str, str], int] = {}
    for post in export.posts:
        if post.root and post.author != export.starter.get((post.channel, post.root)):
            first.setdefault((post.channel, post.root), post.at)
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for post in export.posts:
        if post.asks and not post.root and since < post.at < export.until - 72 * HOUR:
            hits, items = found[post.channel]
            hit = first.get((post.channel, post.ts), sys.maxsize) - post.at <= 72 * HOUR
            found[post.channel] = hits + hit, items + 1
    return found


def measures(path: str, as_of: str, window_days: int) -> dict[str | None, dict[str, float | None]]:
    """n, two, D_R, ans and even of each channel, and of the whole community (None)."""
    until = (int(dt.datetime.fromisoformat(as_of).replace(tzinfo=dt.UTC).timestamp()) + 86_400) * 10**6 - 1
    since = until - window_days * DAY
    export = Export(path, until)
    happened = events(export)
    r = trust(happened, until)
    questions = answered(export, since)
    whole = [sum(part) for part in zip(*questions.values(), strict=True)] or [0, 0]
    prior = whole[0] / whole[1] if whole[1] >= 10 else 0.5
    rosters: dict[str | None, set[str]] = {None: export.people, **{name: roster or _wrote(export, name) for name, roster in export.rosters.items()}}
    directed = [event for event in happened if event.at > since and not event.both]
    found = {}
    for name, roster in rosters.items():
        places = {name} if name in export.places else set(export.rosters)
        wrote: dict[str, int] = defaultdict(int)
        for post in export.posts:
            if post.at > since and post.channel in places and post.author in roster:
                wrote[post.author] += 1
        seen = sum(event.source in roster for event in directed) >= 50
        hits, items = whole if name is None else questions[name]
        found[name] = {
            "n": float(len(wrote)) if seen else None, "two": _two(directed, set(wrote)) if seen else None,
            "D_R": _density(r, sorted(wrote)) if seen and len(wrote) > 1 else None, "even": _even(wrote) if seen and len(wrote) > 1 else None,
            "ans": None if items < 10 else hits / items if name is None else (hits + 10 * prior) / (items + 10),
        }  # fmt: skip
    return found


def _wrote(export: Export, channel: str) -> set[str]:
    return {post.author for post in export.posts if post.channel == channel}


def _two(directed: list[Event], active: set[str]) -> float | None:
    ways = {(event.source, event.target) for event in directed if event.source in active and event.target in active}
    pairs = {frozenset(way) for way in ways}
    n = len(active)
    if not pairs or len(pairs) < min(20, n * (n - 1) / 4):
        return None
    return sum(all(way in ways for way in both_ways(pair)) for pair in pairs) / len(pairs)


def _density(r: dict[frozenset[str], float], active: list[str]) -> float:
    n = len(active)
    return math.fsum(r.get(frozenset(pair), 0.0) for pair in combinations(active, 2)) / (n * (n - 1) / 2)


def _even(wrote: dict[str, int]) -> float:
    total = sum(wrote.values())
    return -math.fsum(count / total * math.log(count / total) for count in wrote.values()) / math.log(len(wrote))


def compare(path: str, assessment: dict[str, Any]) -> list[dict[str, Any]]:
    """A line for each group and metric that the assessment shows: both values, and whether they agree."""
    mine = measures(path, assessment["as_of"], assessment["window_days"])
    lines = {}
    for score in assessment["scores"]:
        name = score["group"].rpartition("/")[2]
        for row in score["criteria"]:
            if row["metric"] in ("n", "two", "D_R", "ans", "even"):
                own, theirs = mine.get(name, mine[None])[row["metric"]], row["value"]
                agree = own is theirs is None or (own is not None and theirs is not None and math.isclose(own, theirs, rel_tol=0, abs_tol=1e-9))
                lines[score["group"], row["metric"]] = {"group": score["group"], "metric": row["metric"], "own": own, "cmdesk": theirs, "agree": agree}
    return list(lines.values())


if __name__ == "__main__":
    told = compare(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))
    print(json.dumps(told, indent=1))
    sys.exit(0 if told and all(line["agree"] for line in told) else 1)
