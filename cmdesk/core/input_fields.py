"""What can be filled in by hand, about what, and which values fit (goal-model §4.3 `man` and `follow`, §4.7)."""

from __future__ import annotations

import datetime as dt

from cmdesk.core.records import Input
from cmdesk.core.references import ABOUT
from cmdesk.core.text import N_

STATUSES = (N_("open"), N_("taken_up"), N_("tried"), N_("adopted"), N_("declined"), N_("answered"))
"""What can have become of an idea or question, in the order in which they are offered. Each is open until somebody says otherwise."""
CHECKS = ("owner", "purpose", "posting", "roles", "rule", "review")
"""The items of the manageability checklist: a named owner who was active in the last 30 days, the purpose is stated, it is stated who may post
what, authors' roles can be seen, the rule for moderation or decisions is known, a review date is set."""
PULSE = ("know", "trust", "safe", "got")
"""The items of the pulse: I know whom to ask; I trust the others' competence; it is safe to ask; I got what I needed."""
SCALE = 5
"""Answers to the pulse go from 1 (not at all) to 5 (wholly)."""
CORRECTED = ("name", "unit", "role", "place", "expertise")
"""Fields of a member that a list which comes back may correct."""
EMPTIED = "(none)"
"""The value of a correction that takes a text away."""
LIST_SIGN = ";"
"""Between the names of a list in one value."""
LONGEST = 2_000
_MOST = 1_000_000  # answers of one number

FIELDS = {
    "post": ("status",),
    "page": ("owner", "confirmed", "review"),
    "group": ("owner", "purpose", "review", *(f"check_{item}" for item in CHECKS), *(f"pulse_{item}" for item in PULSE)),
    "member": ("reviewed", *CORRECTED, "joins", "leaves"),
}
"""What can be said about each thing. `confirmed` and `reviewed` are "yes" on the day of the input; `review` is the ISO day of the next review;
`check_…` is yes or no; `joins` and
`leaves` are paths of groups. `pulse_…` is how many answered 1, 2, 3, 4 and 5 ("0,1,4,6,2")."""


def unfit(said: Input) -> str:
    """Why this cannot be taken, "" if it can. An empty value takes back what was said on that day."""
    if said.about not in ABOUT or said.field not in FIELDS[said.about]:
        return N_("“{field}” cannot be filled in").format(field=said.field)
    if not said.ref:
        return N_("it does not say what it is about")
    if not is_day(said.day):
        return N_("“{day}” is no day; write it as 2026-03-31").format(day=said.day)
    return _unfit_value(said.field, said.value) if said.value else ""


def _unfit_value(field: str, value: str) -> str:
    if field == "status" and value not in STATUSES:
        return N_("the status “{value}” is not known; use one of: {names}").format(value=value, names=", ".join(STATUSES))
    if field.startswith("check_") and value not in ("yes", "no"):
        return N_("“{value}” is neither yes nor no").format(value=value)
    if field in ("confirmed", "reviewed") and value != "yes":
        return N_("“{value}” is not yes").format(value=value)
    if field == "review" and not is_day(value):
        return N_("“{day}” is no day; write it as 2026-03-31").format(day=value)
    if field.startswith("pulse_") and tally(value) is None:
        return N_("“{value}” is not five numbers of answers").format(value=value)
    return N_("it is longer than {most} characters").format(most=LONGEST) if len(value) > LONGEST else ""


def is_day(text: str) -> bool:
    """True for an ISO day such as 2026-03-31."""
    try:
        return len(text) == 10 and dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tally(text: str) -> tuple[int, ...] | None:
    """How many answered 1, 2, 3, 4 and 5; None if the text is no such thing."""
    parts = text.split(",")
    if len(parts) != SCALE or not all(part.isascii() and part.isdigit() and len(part) <= 7 for part in parts):
        return None
    numbers = tuple(int(part) for part in parts)
    return numbers if sum(numbers) <= _MOST else None
