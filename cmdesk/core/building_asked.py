"""What a survey asked in a community made by hand (`core.building`), as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cmdesk.core.assembling import indices
from cmdesk.core.stated_ties import AskedTies

Said = tuple[Mapping[int, float] | None, Sequence[int]]
"""The value that a person gave each colleague (rows of people; None: did not answer), and the colleagues left out."""


def ties(answers: Mapping[tuple[int, str], Said], people: int) -> AskedTies:
    """Of (person, relation) → what was said, among so many `people`."""
    names = tuple(sorted({relation for _who, relation in answers}))
    asked, answered = (np.zeros((len(names), people), np.bool_) for _ in range(2))
    rows, blank = list[tuple[int, int, int, float]](), list[tuple[int, int, int]]()
    for (who, relation), (said, left_out) in answers.items():
        place = names.index(relation)
        asked[place, who], answered[place, who] = True, said is not None
        rows += [(place, who, row, value) for row, value in (said or {}).items()]
        blank += [(place, who, row) for row in left_out]
    relation_of, source, target = indices(row[0] for row in rows), indices(row[1] for row in rows), indices(row[2] for row in rows)
    value = np.array([row[3] for row in rows], np.float64)
    return AskedTies(source, target, relation_of, value, names, asked, answered, np.array(blank, np.int32).reshape(-1, 3))
