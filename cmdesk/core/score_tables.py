"""Scores and their criteria in the tables of a community file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec

from cmdesk.core.contributions import CriterionScore, Disagreement, Score, Sensitivity

_SCORE = (
    "INSERT INTO scores (id, assessment_id, group_id, goal, chosen, fit, low, high, verdict, provisional, coverage, reason, people, subscores,"
    " chance, fragile, sensitivity, disagrees) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_CRITERION = "INSERT INTO criteria VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


def write(connection: sqlite3.Connection, assessment_id: int, scores: Sequence[Score]) -> None:
    """Store the scores of an assessment in place of those that it has; `group` is the group's id."""
    old = "(SELECT id FROM scores WHERE assessment_id = ?)"
    connection.execute(f"DELETE FROM criteria WHERE score_id IN {old}", (assessment_id,))
    connection.execute("DELETE FROM scores WHERE assessment_id = ?", (assessment_id,))
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM scores").fetchone()[0]
    score_rows, criterion_rows = [], []
    for score_id, score in enumerate(scores, first):
        score_rows.append(
            (score_id, assessment_id, score.group, score.goal, score.chosen, score.fit, score.low, score.high, score.verdict, score.provisional,
             score.coverage, score.reason, score.people, _json(score.subscores), score.chance, score.fragile, _json(score.sensitivity), _json(score.disagrees))
        )  # fmt: skip
        for place, one in enumerate(score.criteria):
            criterion_rows.append(
                (score_id, place, one.metric, one.value, one.unit, one.n, one.low, one.high, one.score, one.weight, one.gate, one.missing,
                 one.indicative, one.proxy, one.advice, one.at_least, one.without_moderators)
            )  # fmt: skip
    connection.executemany(_SCORE, score_rows)
    connection.executemany(_CRITERION, criterion_rows)


def read(connection: sqlite3.Connection, assessment_id: int) -> list[Score]:
    """The stored scores of an assessment; `group` is the group's id."""
    found = connection.execute(
        "SELECT c.score_id, c.metric, c.value, c.unit, c.n, c.low, c.high, c.score, c.weight, c.gate, c.missing, c.indicative, c.proxy, c.advice,"
        " c.at_least, c.without_moderators"
        " FROM criteria c JOIN scores s ON s.id = c.score_id WHERE s.assessment_id = ? ORDER BY c.score_id, c.place",
        (assessment_id,),
    )
    criteria = {score_id: tuple(_criterion(row) for row in part) for score_id, part in groupby(found, key=lambda row: row[0])}
    rows = connection.execute(
        "SELECT id, group_id, goal, chosen, fit, low, high, verdict, provisional, coverage, reason, people, subscores, chance, fragile, sensitivity, disagrees"
        " FROM scores WHERE assessment_id = ? ORDER BY id",
        (assessment_id,),
    )
    return [
        Score(
            group=row[1], goal=row[2], chosen=bool(row[3]), fit=row[4], low=row[5], high=row[6], verdict=row[7], provisional=bool(row[8]),
            coverage=row[9], reason=row[10], people=row[11], criteria=criteria.get(row[0], ()), subscores=msgspec.json.decode(row[12]),
            chance=row[13], fragile=bool(row[14]), sensitivity=msgspec.json.decode(row[15], type=tuple[Sensitivity, ...]), disagrees=msgspec.json.decode(row[16], type=Disagreement | None),
        )
        for row in rows
    ]  # fmt: skip


def _criterion(row: tuple[Any, ...]) -> CriterionScore:
    return CriterionScore(
        metric=row[1], value=row[2], unit=row[3], n=row[4], low=row[5], high=row[6], score=row[7], weight=row[8], gate=bool(row[9]),
        missing=row[10], indicative=bool(row[11]), proxy=bool(row[12]), advice=row[13], at_least=bool(row[14]), without_moderators=row[15],
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
