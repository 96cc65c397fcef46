"""A circle: how many people, how dense, what about, what bridges it to the others, and what its structure fits. Nobody is ranked or named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.api import _, activity, frame, goal_model, ngettext, trust, wording

from .. import strengths
from ..choice import Choice
from .telling import HIDDEN_BELOW, Line, Naming, Section, Told, too_few

if TYPE_CHECKING:
    from cmdesk.api import Bools, Index, Ints, Score, Snapshot

    from ..strengths import Ties

TIE = trust.TIE
TOPICS, BRIDGES = 8, 12
"""Topics and bridges that are listed at most."""
_VOICES = 2  # members who wrote about a topic, at least: what one person writes about is that person's


class Bridge(msgspec.Struct, frozen=True):
    """What holds a circle to another (number from 0, −1: people in small circles): ties, their trust together, and how many people of this
    circle and of the other have one."""

    other: int
    ties: int
    trust: float
    here: int
    there: int


def tell(naming: Naming, number: int, circle: Index, *, fit: Sequence[Score] | None = None, ties: Ties | None = None) -> Told:
    """The sheet on circle `number` (0 is the largest) of `circle`, the number of everybody's. `fit`: its scores against goals, None where they are
    not worked out. `ties`: every pair with its trust, of another kind than relational."""
    title = _("Circle {number}").format(number=number + 1)
    members = np.flatnonzero(circle == number).astype(np.int32)
    if not naming.enough:
        return Told(title=title, sections=(too_few(),))
    if len(members) < HIDDEN_BELOW:
        return Told(title=title, subtitle=_("A small circle"), sections=(Section(sentences=(_("Under five people nothing is told of it."),)),))
    sections = [_facts(naming, members, ties), _units(naming, members), _topics(naming.snapshot, members), _bridges(naming.snapshot, number, circle, ties)]
    if fit is not None:
        sections.append(fit_section(fit))
    return Told(title=title, subtitle=_("Found in the ties, and not set by anybody"), sections=tuple(part for part in sections if part is not None))


def of_people(naming: Naming, title: str, members: Index, circle: Index, ties: Ties | None = None) -> Told:
    """The sheet on any five people or more, such as those in a lasso or a department."""
    if not naming.enough:
        return Told(title=title, sections=(too_few(),))
    inside, tied = _within(naming.snapshot, members), tied_only(naming.snapshot, ties)
    out = inside[tied.i] != inside[tied.j]
    sum_of = wording.decimal(float(tied.weight[out].sum()), 1)
    outside = Section(title=_("To others"), facts=((_("Ties"), wording.count(int(out.sum()))), (_("Their trust together"), sum_of)))
    circles = Section(facts=((_("Circles that they are in"), wording.count(len(np.unique(circle[members][circle[members] >= 0])))),))
    parts = (_facts(naming, members, ties), circles, _units(naming, members), _topics(naming.snapshot, members), outside)
    return Told(title=title, sections=tuple(part for part in parts if part is not None))


def every(snapshot: Snapshot, ties: Ties | None) -> Ties:
    """All pairs with their trust: `ties`, or relational trust."""
    return strengths.relational(snapshot, Choice()) if ties is None else ties


def tied_only(snapshot: Snapshot, ties: Ties | None) -> Ties:
    """The pairs that are a tie: of R from .20 on, of another kind all that are given."""
    found = every(snapshot, ties)
    return found.only(found.weight >= TIE) if ties is None else found


def _within(snapshot: Snapshot, members: Index) -> Bools:
    inside = np.zeros(len(snapshot.people), np.bool_)
    inside[members] = True
    return inside


def _facts(naming: Naming, members: Index, ties: Ties | None) -> Section:
    snapshot, many = naming.snapshot, len(members)
    mine = _within(snapshot, members)
    pairs = many * (many - 1) / 2
    known, each = every(snapshot, ties), tied_only(snapshot, ties)
    among, inner = mine[known.i] & mine[known.j], mine[each.i] & mine[each.j]
    tied, strong = int(inner.sum()), int(each.strong[inner].sum())
    wrote = set[int]().union(*activity.activity(snapshot).wrote) if len(snapshot.groups) else set()
    facts = [
        (_("People"), wording.count(many)), (_("Wrote in the period"), wording.count(len(wrote & set(members.tolist())))),
        (_("Ties inside"), _("{n} of {all} possible").format(n=wording.count(tied), all=wording.count(int(pairs)))),
        (_("Strong ones"), wording.count(strong)), (_("Density of trust"), wording.decimal(float(known.weight[among].sum()) / pairs)),
    ]  # fmt: skip
    return Section(facts=tuple(facts), sentences=(_("Density: mean trust of all pairs, 0 to 1. It falls as a circle grows, by arithmetic alone."),))


def _units(naming: Naming, members: Index) -> Section | None:
    """The mix of departments; those of fewer than five people in the community are one."""
    people = naming.snapshot.people
    known = people.unit[members]
    if not len(people.unit_names):
        return None
    counts: dict[str, int] = {}
    for unit in known.tolist():
        name = people.unit_names[unit] if naming.large(unit) else _("not known, or small")
        counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Section(title=_("Departments"), facts=tuple((name, wording.percent(count / len(members))) for name, count in ordered))


def topics(snapshot: Snapshot, members: Index) -> list[tuple[str, int]]:
    """The tags of the threads in which at least two of `members` wrote in the window, with how many threads, the most first."""
    posts = snapshot.posts
    inside = np.zeros(len(snapshot.people), np.bool_)
    inside[members] = True
    rows = np.flatnonzero((posts.at > snapshot.since) & (posts.author >= 0) & inside[posts.author])
    pairs = np.unique(np.column_stack([posts.thread[rows], posts.author[rows]]), axis=0) if len(rows) else np.zeros((0, 2), np.int64)
    voices = np.bincount(pairs[:, 0], minlength=posts.threads)
    talked = np.flatnonzero(voices >= _VOICES)
    starts = np.flatnonzero(posts.starts & np.isin(posts.thread, talked))
    tags = posts.tags.take(starts).items
    count: Ints = np.bincount(tags, minlength=len(posts.tag_names))
    order = np.lexsort((np.arange(len(count)), -count))
    return [(posts.tag_names[k], int(count[k])) for k in order.tolist() if count[k]]


def _topics(snapshot: Snapshot, members: Index) -> Section:
    found = topics(snapshot, members)
    if "tag" not in snapshot.states:
        return Section(title=_("Topics"), sentences=(_("The data hold no tags, so topics are not known."),))
    if not found:
        return Section(title=_("Topics"), sentences=(_("No tag was used in threads where two or more of them wrote."),))
    lines = [Line(ngettext("{name} · {n} thread", "{name} · {n} threads", count).format(name=name, n=count)) for name, count in found[:TOPICS]]
    return Section(title=_("Topics"), lines=tuple(lines))


def bridges(snapshot: Snapshot, number: int, circle: Index, given: Ties | None = None) -> list[Bridge]:
    """What holds circle `number` to each other circle, the most trust first; circles under five people are told as one."""
    ties = tied_only(snapshot, given)
    one, other = circle[ties.i], circle[ties.j]
    out = (one == number) != (other == number)
    mine = np.where(one[out] == number, ties.i[out], ties.j[out])
    theirs = np.where(one[out] == number, ties.j[out], ties.i[out])
    sizes = np.bincount(circle[circle >= 0])
    far = circle[theirs]
    far = np.where((far >= 0) & (sizes[far] >= HIDDEN_BELOW), far, -1)
    r = ties.weight[out]
    found = [
        Bridge(int(end), int(at.sum()), float(r[at].sum()), len(np.unique(mine[at])), len(np.unique(theirs[at])))
        for end in np.unique(far) for at in (far == end,)
    ]  # fmt: skip
    return sorted(found, key=lambda bridge: (-bridge.trust, bridge.other))


def _bridges(snapshot: Snapshot, number: int, circle: Index, ties: Ties | None) -> Section:
    found = bridges(snapshot, number, circle, ties)
    if not found:
        return Section(title=_("Bridges"), sentences=(_("No tie leads out of this circle."),))
    rows = [(_("to"), _("ties"), _("trust"), _("people here"))]
    for bridge in found[:BRIDGES]:
        name = _("circle {number}").format(number=bridge.other + 1) if bridge.other >= 0 else _("small circles")
        rows.append((name, wording.count(bridge.ties), wording.decimal(bridge.trust, 1), wording.count(bridge.here)))
    single = sum(1 for bridge in found if min(bridge.here, bridge.there) == 1 and bridge.other >= 0)
    said = []
    if single:
        said.append(ngettext("{n} of these bridges hangs on one person.", "{n} of these bridges hang on one person each.", single).format(n=single))
    more = len(found) - BRIDGES
    if more > 0:
        said.append(ngettext("{n} more bridge is not listed.", "{n} more bridges are not listed.", more).format(n=more))
    return Section(title=_("Bridges"), table=tuple(rows), sentences=tuple(said))


def fit_section(scores: Sequence[Score]) -> Section:
    """What the structure of a circle fits, as if it were a group."""
    if not scores:
        return Section(title=_("Goal fit"), sentences=(_("Not told: too few of its people wrote in the period."),))
    facts = []
    for score in scores:
        fit = "" if score.fit is None or score.verdict == "no_verdict" else f" · {wording.decimal(score.fit)}"
        facts.append((frame.goal_title(goal_model.TITLES.get(score.goal, ""), score.goal), frame.word(score.verdict) + fit))
    return Section(title=_("Goal fit"), sentences=(_("As if this circle were a group of its own."),), facts=tuple(facts))
