"""Ties as lines: pairs of people whose trust, estimated from exchange, is at least 0.20, and what they said of each other when they were asked."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from cmdesk.core import asked, loading
from cmdesk.core.text import _
from cmdesk.core.visibility import HIDDEN_BELOW

if TYPE_CHECKING:
    from cmdesk.core.snapshot import Snapshot

_Pair = tuple[int, int]
_NONE = {"trust": None, "strong": None, "there": None, "back": None}


def lines(connection: sqlite3.Connection, names: bool) -> list[dict[str, Any]]:
    """One line a pair, the closest first; with names by name, without any measure and without what was said in a survey. None at all where under
    five people are counted. `observed`: a tie in exchange; `trust` is R, `there` and `back` the decayed exchange from the person to the
    other and from the other to the person (s of §4.1). `asked`: by relation what the person (`there`) and the other (`back`) said, 0–1 on the
    scale of the survey, None where nothing was said; only relations that at least five people answered about."""
    snapshot = loading.load(connection, as_of=None, metrics={})
    people = snapshot.people
    if int(people.counted.sum()) < HIDDEN_BELOW:
        return []
    ties = snapshot.trust.ties()
    shown = [name or code for name, code in zip(people.name, people.code, strict=True)] if names else list(people.code)
    place = {pair: k for k, pair in enumerate(zip(ties.i.tolist(), ties.j.tolist(), strict=True))}
    said = {} if names else _said(snapshot)
    found = []
    for i, j in sorted({*place, *said}):
        turned = shown[i] > shown[j]
        one, other = (j, i) if turned else (i, j)
        k = place.get((i, j))
        line: dict[str, Any] = {"person": shown[one], "other": shown[other], "observed": k is not None, **_NONE, "asked": None if names else []}
        if not names:
            line["asked"] = [_turned(answer) if turned else answer for answer in said.get((i, j), [])]
        if not names and k is not None:
            there, back = float(ties.s_ij[k]), float(ties.s_ji[k])
            line |= {"trust": float(ties.r[k]), "strong": bool(ties.strong[k]), "there": back if turned else there, "back": there if turned else back}
        found.append(line)
    return sorted(found, key=lambda line: (-(line["trust"] or 0), line["person"], line["other"]))


def _said(snapshot: Snapshot) -> dict[_Pair, list[dict[str, Any]]]:
    """What two persons said of each other, by pair (i < j); answers at the very bottom of the scale are no tie and no line."""
    found: dict[_Pair, dict[int, dict[str, Any]]] = {}
    answers, wanted = snapshot.asked, set(asked.shown(snapshot))
    columns = (answers.source.tolist(), answers.target.tolist(), answers.relation.tolist(), answers.value.tolist())
    for source, target, relation, value in zip(*columns, strict=True):
        if relation in wanted and value > 0:
            of_pair = found.setdefault((min(source, target), max(source, target)), {})
            empty = {"relation": answers.relation_names[relation], "there": None, "back": None}
            of_pair.setdefault(relation, empty)["there" if source < target else "back"] = value
    return {pair: [of_pair[relation] for relation in sorted(of_pair)] for pair, of_pair in found.items()}


def _turned(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "there": answer["back"], "back": answer["there"]}


def words(answers: list[dict[str, Any]]) -> str:
    """What was said, in one cell: "trust 0.75 / –"."""
    return ", ".join(f"{asked.title(one['relation'])} {_number(one['there'])} / {_number(one['back'])}" for one in answers)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def answer_lines(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """One line a group and relation: who answered and what the answers have in common with the exchange (`asked.Answers`)."""
    snapshot = loading.load(connection, as_of=None, metrics={})
    found = []
    for line in asked.of_groups(snapshot):
        numbers = {"asked": line.asked, "answered": line.answered, "response": line.response, "named": line.named, "mutual": line.mutual, "seen": line.seen, "said": line.said}
        told = {name: None if line.hidden else value for name, value in numbers.items()}
        found.append({"group": snapshot.groups.path[line.group], "relation": line.relation, **told, "low_response": not line.hidden and line.low, "hidden": line.hidden})
    return found


def note(line: dict[str, Any]) -> str:
    """What has to be said beside a line of answers."""
    if line["hidden"]:
        return _(line["hidden"])
    return _("fewer than half answered: read with care") if line["low_response"] else ""
