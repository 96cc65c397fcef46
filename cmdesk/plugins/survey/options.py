"""What the user may say about a survey."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`relation`: what was asked (trust, advice …), for all questions, or "Question=trust;Other question=advice". `scale`: its ends, as 1-5 (5-1
    where 1 is the best). `levels`: words from least to most, "Never;Monthly;Weekly;Daily". `blank`: what an empty cell means in a table with a
    column for each colleague: none (no tie) or unanswered. `unknown`: set_aside or keep names that are on no list. `source`: the name under which
    facts are kept. `adds_to`: "slack:T0123…", an export whose ids the persons have. `date_order`: dmy, mdy or ymd."""

    relation: str = ""
    scale: str = ""
    levels: str = ""
    blank: str = ""
    unknown: str = ""
    source: str = "survey"
    adds_to: str = ""
    date_order: str = ""
