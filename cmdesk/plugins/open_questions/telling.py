"""How a finding is told: numbers as people write them, and an honest "cannot tell yet"."""

from __future__ import annotations

import math

import numpy as np

from cmdesk.api import Drawing, Figure, Finding, Snapshot, _, visibility

CANNOT = "cannot_tell"
SEED = 20151
"""The seed of every draw: the same community gives the same finding."""
DRAWS = 4_000
EDGES = (0.1, 0.9)
"""The edges of an 80 % interval."""


def percent(value: float) -> str:
    """A share as people write it."""
    return f"{100 * value:.0f} %" if value >= 0.095 or value == 0 else f"{100 * value:.1f} %"


def number(value: float, digits: int = 2) -> str:
    """A number with so many digits behind the point."""
    return f"{value:.{digits}f}".replace("-", "−")


def cannot(
    needs: str, figures: tuple[Figure, ...] = (), table: tuple[tuple[str | float | None, ...], ...] = (), picture: Drawing | None = None
) -> Finding:
    """The finding that it cannot be told yet, because it `needs` …; `needs` is a part of a sentence."""
    sentence = _("Cannot tell yet: needs {what}.").format(what=needs)
    return Finding(answer=CANNOT, word=_("cannot tell yet"), sentence=sentence, needs=needs, figures=figures, table=table, picture=picture)


def too_few_people(snapshot: Snapshot) -> Finding | None:
    """The finding for a community of which nothing may be shown, or None."""
    posts = snapshot.posts
    recent = (posts.at > snapshot.since) & (posts.author >= 0)
    writers = np.unique(posts.author[recent])
    people = int(snapshot.people.counted[writers].sum()) if len(writers) else 0
    if people >= visibility.HIDDEN_BELOW:
        return None
    return cannot(_("at least {n} people who write in this period").format(n=visibility.HIDDEN_BELOW))


def told(figure: Figure) -> str:
    """A figure's value with its interval, or a dash."""
    if figure.value is None or not math.isfinite(figure.value):
        return "–"
    said = percent if figure.unit == "share" else number
    if figure.low is None or figure.high is None:
        return said(figure.value)
    low = said(figure.low).removesuffix(" %")  # one sign for both edges
    return f"{said(figure.value)} ({low} – {said(figure.high)})"


def titled(figure: Figure) -> str:
    """A figure with its title."""
    return _("{title}: {value}").format(title=figure.title, value=told(figure))
