"""What a scenario must show when it is assessed: the article's case in verdicts, checked against scores that know nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cmdesk.core.contributions import Score
from cmdesk.core.snapshot import Snapshot


def circles(snapshot: Snapshot, scores: Iterable[Score]) -> list[str]:
    """What does not come out of scenario A3; empty where all does. Scores name groups by their row in the snapshot."""
    verdicts = {(snapshot.groups.name[score.group], score.goal): score.verdict for score in scores}
    rings = [name for name in snapshot.groups.name if name.startswith("circle-")]
    whole = snapshot.groups.name[0]
    wrong = []
    for goal, wanted in (("collaborate", ("fits",)), ("inspire", ("fits", "partly")), ("innovate", ("fits", "partly"))):
        share = _share([verdicts[name, goal] for name in rings], wanted)
        if share < 0.8:
            wrong.append(f"{goal}: {share:.0%} of the circles are {' or '.join(wanted)}, at least 80 % must be")
    if verdicts[whole, "solve"] != "not_yet":
        wrong.append(f"solve as a whole is {verdicts[whole, 'solve']}, not_yet must come out")
    return wrong


def _share(verdicts: Sequence[str], wanted: Sequence[str]) -> float:
    return sum(verdict in wanted for verdict in verdicts) / len(verdicts) if verdicts else 0.0
