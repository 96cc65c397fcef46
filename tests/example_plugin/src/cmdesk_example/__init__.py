"""Reads .tinychat files, measures how long posts are, and asks whether people write at night. The module is cheap to import: what needs numpy is imported where it runs.

A .tinychat file is UTF-8 text. Its first line is "tinychat 1 NAME"; each further line is one message, four fields between tabs:
time (ISO 8601), group, author, text. A message that begins with ">AUTHOR " answers the last message of that author in the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cmdesk.api import (
    Analysis,
    Figure,
    Finding,
    Group,
    Importer,
    Measure,
    Membership,
    Metric,
    NoOptions,
    Origin,
    Person,
    Post,
    Progress,
    Record,
    hookimpl,
)  # fmt: skip

if TYPE_CHECKING:
    from cmdesk.api import Snapshot, Source

FIRST_LINE = b"tinychat 1 "


@hookimpl
def cmdesk_importers() -> Iterable[Importer]:
    yield Importer(name="example.tinychat", title="Tiny chat", patterns=("*.tinychat",), sniff=sniff, read=read)


@hookimpl
def cmdesk_metrics() -> Iterable[Metric]:
    yield Metric(
        name="example.length", title="Length of posts", unit="characters", meaning="The mean length of a post in the window.", compute=length
    )


@hookimpl
def cmdesk_analyses() -> Iterable[Analysis]:
    yield Analysis(name="example.night", title="At night", question="Do people write at night?", analyse=night)


def sniff(source: Source) -> float:
    """Sure where the first line says so."""
    names = [entry.name for entry in source.entries()]
    return 1.0 if len(names) == 1 and source.head(names[0], 64).removeprefix(b"\xef\xbb\xbf").startswith(FIRST_LINE) else 0.0


def read(source: Source, options: NoOptions, progress: Progress) -> Iterator[Record]:
    """The people, groups and posts of one file. A line that is no message is set aside, with its number."""
    from cmdesk.api import parse_when

    entry = source.entries()[0].name
    people, groups, members = set[str](), set[str](), set[tuple[str, str]]()
    last: dict[tuple[str, str], str] = {}
    for number, line in enumerate(source.lines(entry), 1):
        progress.check()
        if number == 1:
            yield Origin("tinychat", line.split(" ", 2)[2].strip())
            source.leave_out("heading")
            continue
        fields = line.rstrip("\r\n").split("\t", 3)
        when = parse_when(fields[0])
        if len(fields) < 4 or when.at is None:
            source.set_aside(f"{entry}, line {number}", when.why or "it is no message: time, group, author and text are needed")
            continue
        _time, group, author, text = fields
        if author not in people:
            people.add(author)
            yield Person(key=author, name=author)
        if group not in groups:
            groups.add(group)
            yield Group(key=group, name=group)
        if (author, group) not in members:
            members.add((author, group))
            yield Membership(person=author, group=group)
        answered = text[1:].split(" ", 1)[0] if text.startswith(">") else ""
        yield Post(key=f"{number}", author=author, group=group, at=when.at, local=when.local, text=text, reply_to=last.get((group, answered), ""))
        last[group, author] = f"{number}"
        source.use()


def length(snapshot: Snapshot, groups: Sequence[int], progress: Progress) -> list[Measure]:
    """The mean length of the posts of each group in the window, of groups inside it too."""
    import numpy as np

    posts, measures = snapshot.posts, []
    recent = posts.at > snapshot.since
    for group in groups:
        progress.check()
        lengths = posts.length[recent & np.isin(posts.group, snapshot.groups.inside[group])]
        if len(lengths):
            measures.append(Measure(float(lengths.mean()), n=len(lengths)))
        else:
            measures.append(Measure(None, missing="nothing was posted in the window"))
    return measures


def night(snapshot: Snapshot, options: NoOptions, progress: Progress) -> Finding:
    """The share of the window's posts between 22 and 6 o'clock, by the clock of the community."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(snapshot.zone)
    times = snapshot.posts.at[snapshot.posts.at > snapshot.since].tolist()
    hours = [datetime.fromtimestamp(at / 1_000_000, zone).hour for at in times]
    if len(hours) < 30:
        return Finding(answer="cannot_tell", word="cannot tell yet", sentence="Cannot tell yet: needs 30 posts.", needs="30 posts")
    share = sum(hour >= 22 or hour < 6 for hour in hours) / len(hours)
    figure = Figure(name="night", title="Posts at night", value=share, unit="share", n=len(hours), least=30)
    answer = "yes" if share > 0.1 else "no"
    return Finding(answer=answer, word=answer, sentence=f"{share:.0%} of the posts are written at night.", figures=(figure,))
