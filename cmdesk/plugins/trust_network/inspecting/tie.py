"""A tie: trust R and what it is made of (docs/goal-model.md §4.1), who turned to whom, when and where. Numbers stand under pseudonyms only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cmdesk.api import _, events, ngettext, trust, wording

from .telling import Line, Naming, Section, Told, too_few

if TYPE_CHECKING:
    from cmdesk.api import Events, Snapshot

SHOWN = 15
"""Dates that are listed, the latest."""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A pair's trust R as the sum of what exchange itself, balance, shared contacts and shared contexts bring; the symbols of §4.1 beside it."""

    r: float
    strong: bool
    s_ij: float
    s_ji: float
    f: float
    bal: float
    emb: float
    mul: float
    contexts: int
    exchange: float
    balance: float
    shared: float
    multiplexity: float


def parts(snapshot: Snapshot, i: int, j: int) -> Parts | None:
    """The parts of the trust between two people (rows; s_ij is from `i` to `j`), None where no exchange is known."""
    found = snapshot.trust
    low, high = min(i, j), max(i, j)
    others = found.others[low]
    place = int(np.searchsorted(others, high))
    if place >= len(others) or others[place] != high:
        return None
    k = int(found.pairs[low][place])
    there, back = float(found.s_ij[k]), float(found.s_ji[k])
    f, bal, emb, mul = (float(part[k]) for part in (found.f, found.bal, found.emb, found.mul))
    alone, balance, embedded, multiplex = trust.BETA
    return Parts(
        r=float(found.r[k]), strong=bool(found.strong[k]), s_ij=there if i < j else back, s_ji=back if i < j else there, f=f, bal=bal, emb=emb,
        mul=mul, contexts=int(found.contexts[k]), exchange=f * alone, balance=f * balance * bal, shared=f * embedded * emb,
        multiplexity=f * multiplex * mul,
    )  # fmt: skip


def exchanged(snapshot: Snapshot, i: int, j: int) -> Events:
    """The events between two people (rows), the latest first."""
    every = snapshot.events
    rows = np.flatnonzero(((every.actor == i) & (every.target == j)) | ((every.actor == j) & (every.target == i)))
    return every.only(rows[np.lexsort((rows, -every.at[rows]))])


def tell(naming: Naming, i: int, j: int, *, at_least: float = trust.TIE) -> Told:
    """The sheet on the pair of the people in rows `i` and `j`."""
    title = _("{one} and {other}").format(one=naming.person(i), other=naming.person(j))
    if not naming.enough:
        return Told(title=title, sections=(too_few(),))
    found = parts(naming.snapshot, i, j)
    ends = Section(lines=tuple(Line(naming.person(row), naming.target(row)) for row in (i, j)))
    if found is None:
        asked = _asked(naming, i, j)
        return Told(title=title, subtitle=_("No exchange is known"), sections=(ends, *asked))
    happened = exchanged(naming.snapshot, i, j)
    sections = [ends]
    if naming.names:
        sections.append(Section(sentences=(_("How strong the tie is, and what it is made of, stands under pseudonyms only."),)))
    else:
        sections += [_strength(found), _evidence(naming, happened, i, j, found), *_asked(naming, i, j)]
    sections += [_contexts(naming, happened), _dates(naming, happened)]
    return Told(title=title, subtitle=_kind(found, at_least) if not naming.names else _("Exchange"), sections=tuple(sections))


def _kind(found: Parts, at_least: float) -> str:
    if found.strong:
        return _("A strong tie")
    return _("A tie") if found.r >= at_least else _("Some exchange, no tie: trust under {edge}").format(edge=wording.decimal(at_least))


def _strength(found: Parts) -> Section:
    rows = (
        (_("part"), _("how much"), _("brings to R")),
        (_("exchange"), wording.decimal(found.f), wording.decimal(found.exchange)),
        (_("balance"), wording.decimal(found.bal), wording.decimal(found.balance)),
        (_("shared contacts"), wording.decimal(found.emb), wording.decimal(found.shared)),
        (_("several contexts"), wording.decimal(found.mul), wording.decimal(found.multiplexity)),
    )
    told = _("Estimated from exchange, 0 to 1. More exchange counts ever less; old exchange fades; one-sided exchange counts for less.")
    return Section(title=_("Trust (R)"), facts=((_("R"), wording.decimal(found.r)),), table=rows, sentences=(told,))


def _evidence(naming: Naming, happened: Events, i: int, j: int, found: Parts) -> Section:
    """How often each turned to the other, by kind, and what that weighs today."""
    one, other = naming.person(i), naming.person(j)
    rows = [(_("how"), f"{one} →", f"{other} →")]
    words = kinds()
    for kind in sorted({int(each) for each in happened.kind.tolist()}):
        if kind == events.Kind.TOGETHER:
            both = wording.count(int((happened.kind == kind).sum()))
            rows.append((words[kind], both, both))
        else:
            counts = [int(((happened.kind == kind) & (happened.actor == actor)).sum()) for actor in (i, j)]
            rows.append((words[kind], wording.count(counts[0]), wording.count(counts[1])))
    rows.append((_("weight today"), wording.decimal(found.s_ij), wording.decimal(found.s_ji)))
    return Section(title=_("Both directions"), table=tuple(rows))


def _contexts(naming: Naming, happened: Events) -> Section:
    where = sorted({naming.group(int(group)) for group in happened.group.tolist()}, key=str.casefold)
    return Section(title=_("Where"), lines=tuple(Line(name) for name in where))


def _dates(naming: Naming, happened: Events) -> Section:
    words = kinds()
    rows = [(_("day"), _("how"), _("from"))]
    for k in range(min(len(happened), SHOWN)):
        kind = int(happened.kind[k])
        who = _("both") if kind == events.Kind.TOGETHER else naming.person(int(happened.actor[k]))
        rows.append((naming.day(int(happened.at[k])), words[kind], who))
    more = len(happened) - SHOWN
    count = ngettext("{n} earlier one is not listed.", "{n} earlier ones are not listed.", more).format(n=more)
    told = (_("Earlier ones are not listed.") if naming.names else count,) if more > 0 else ()
    first = (_("First"), naming.day(int(happened.at[-1]))) if len(happened) else (_("First"), "–")
    last = (_("Last"), naming.day(int(happened.at[0]))) if len(happened) else (_("Last"), "–")
    return Section(title=_("When"), facts=(first, last), table=tuple(rows), sentences=told)


def _asked(naming: Naming, i: int, j: int) -> tuple[Section, ...]:
    """What a survey or a file states of the two: another kind of trust, never in R; under pseudonyms only."""
    stated = naming.snapshot.stated_ties
    rows = np.flatnonzero(((stated.source == i) & (stated.target == j)) | ((stated.source == j) & (stated.target == i)))
    if not len(rows):
        return ()
    if naming.names:
        return (Section(title=_("Asked"), sentences=(_("What a survey or a file states of the two stands under pseudonyms only."),)),)
    lines = []
    for k in rows.tolist():
        who = f"{naming.person(int(stated.source[k]))} → {naming.person(int(stated.target[k]))}"
        relation = stated.relation_names[int(stated.relation[k])]
        lines.append(Line(" · ".join(part for part in (who, relation, f"{float(stated.weight[k]):g}") if part)))
    return (Section(title=_("Asked"), sentences=(_("Stated in a survey or a file; it is no part of R."),), lines=tuple(lines)),)


def kinds() -> dict[int, str]:
    """The kinds of exchange in words."""
    return {
        events.Kind.REPLY: _("reply"), events.Kind.MENTION: _("mention"), events.Kind.ACCEPTED: _("accepted answer"),
        events.Kind.REACTION: _("reaction"), events.Kind.TOGETHER: _("in one conversation"),
    }  # fmt: skip
