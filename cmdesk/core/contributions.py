"""What a plugin offers, as frozen data: the host collects it, nobody calls a plugin to find out what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cmdesk.core.drawing import Drawing

if TYPE_CHECKING:
    import numpy as np

    from cmdesk.core.progress import Progress
    from cmdesk.core.reading.source import Source
    from cmdesk.core.records import Record
    from cmdesk.core.snapshot import Snapshot


class NoOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For contributions without options."""


class Importer(msgspec.Struct, frozen=True, kw_only=True):
    """Reads one kind of export. `name` is "plugin.thing"; `patterns` are file-name hints for dialogs; `sniff` looks at the content and says
    how sure it is (0–1, cheap, never raises for a foreign file); `read` yields an `Origin`, then facts, and keeps the source's ledger
    (`source.use`, `source.leave_out`, `source.set_aside`). `link(key, address)` gives the web address of a post or page at its platform, ""
    where it cannot; `address` is that of the platform as the user gave it, such as https://acme.slack.com, or ""."""

    name: str
    title: str
    patterns: tuple[str, ...]
    sniff: Callable[[Source], float]
    read: Callable[[Source, Any, Progress], Iterator[Record]]
    options: type[msgspec.Struct] = NoOptions
    link: Callable[[str, str], str] | None = None


class Measure(msgspec.Struct, frozen=True):
    """One metric of one group. `value` None: missing, and `missing` says why in one sentence. `n` is the number of items that the value
    stands on (persons, questions, pairs … the metric says which); `indicative`: 10–29 items; `proxy`: measured by a stand-in, scored on the
    criterion's proxy band. `low`, `high`: 80 % interval where known. `replicates`: values under the snapshot's shared resampling plan."""

    value: float | None
    n: int = 0
    missing: str = ""
    indicative: bool = False
    proxy: bool = False
    low: float | None = None
    high: float | None = None
    replicates: np.ndarray[Any, Any] | None = None


class Metric(msgspec.Struct, frozen=True, kw_only=True):
    """A number about groups. `compute(snapshot, groups, progress)` gets indices into `snapshot.groups` and returns one Measure for each,
    in that order, all groups in one call. `meaning` is one plain sentence for the reader of a report."""

    name: str
    title: str
    unit: str
    meaning: str
    compute: Callable[[Snapshot, Sequence[int], Progress], list[Measure]]


class CriterionScore(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion as it came out: metric value on its band. `score` is u(x) in 0–1, None where missing. `low`, `high`: its interval; `at_least`: a
    lower bound, because part of the messages was not seen; `without_moderators`: the value when moderators' posts do not count, where that
    differs."""

    metric: str
    value: float | None
    unit: str
    n: int
    low: float | None
    high: float | None
    score: float | None
    weight: float
    gate: bool
    missing: str = ""
    indicative: bool = False
    proxy: bool = False
    advice: str = ""
    at_least: bool = False
    without_moderators: float | None = None


class Sensitivity(msgspec.Struct, frozen=True):
    """The point verdict under another `setting`: "half_life=45", "half_life=90", "half_life=180" or "without_moderators"."""

    setting: str
    fit: float | None
    verdict: str


class Disagreement(msgspec.Struct, frozen=True):
    """What the other goal model that comes with cmdesk says of a goal on which the two disagree; `sentence` says it."""

    model: str
    verdict: str
    fit: float | None
    sentence: str


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How well one group's structure fits one goal. `fit` in 0–1, None without measured criteria; `verdict` is one of fits, partly, not_yet,
    no_verdict; `coverage` is the measured share of the weights; `reason` is one sentence. `people`: persons that the measures stand on. `low` and
    `high` are the interval of the fit (equal to it while `provisional`), `chance` the share of replicates in which it is .50 or more; `fragile`: the
    point verdict is another one under one of the settings of `sensitivity` (empty: not computed); `disagrees`: the other goal model that comes with
    cmdesk gives another verdict."""

    group: int
    goal: str
    chosen: bool
    fit: float | None
    low: float | None
    high: float | None
    verdict: str
    provisional: bool
    coverage: float
    reason: str
    people: int
    criteria: tuple[CriterionScore, ...]
    subscores: dict[str, float | None] = {}
    chance: float | None = None
    fragile: bool = False
    sensitivity: tuple[Sensitivity, ...] = ()
    disagrees: Disagreement | None = None


class Assessor(msgspec.Struct, frozen=True, kw_only=True):
    """Judges groups against goals, all in one call: `assess(snapshot, groups, goals, options, progress)`, where groups are indices into
    `snapshot.groups`, and `snapshot.measure(name, groups)` gives any plugin's metric by its name."""

    name: str
    title: str
    assess: Callable[[Snapshot, Sequence[int], Sequence[str], Any, Progress], Iterator[Score]]
    options: type[msgspec.Struct] = NoOptions


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number behind a finding. `value` None: it cannot be told, and `missing` says why; `low`, `high`: 80 % interval; `n` items stand behind
    it, at least `least` are needed. `word`: what it says by itself ("association", "falling" …), where it says something."""

    name: str
    title: str
    value: float | None
    unit: str = ""
    n: int = 0
    least: int = 0
    low: float | None = None
    high: float | None = None
    missing: str = ""
    word: str = ""


Cell = str | float | None
"""What stands in a table of a finding."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question about the whole community. `answer` is a word of the analysis ("yes", "works" …) or "cannot_tell", `word` the same
    in the user's language, `sentence` the answer in one sentence; `needs`: what is lacking, where it cannot be told. `table`: its first row
    holds the heads. It names nobody and shows no circle or group of fewer than five people: it is stored and exported as it is."""

    answer: str
    word: str
    sentence: str
    needs: str = ""
    figures: tuple[Figure, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()
    picture: Drawing | None = None


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """Answers a question about the whole community: `analyse(snapshot, options, progress)`. `question` is the question as people ask it."""

    name: str
    title: str
    question: str
    analyse: Callable[[Snapshot, Any, Progress], Finding]
    options: type[msgspec.Struct] = NoOptions


class Exporter(msgspec.Struct, frozen=True, kw_only=True):
    """Writes one file. `accepts` names the subject: "report" (core.reports.Report), "snapshot" (Snapshot)
    "lists" (core.lists_to_fill.ListsToFill) or "ledger" (core.importing.ledger_list.Ledgers). `path` is a temporary file: the
    host checks it with `check` (raises if the file is not what it should be) and renames it."""

    name: str
    title: str
    suffix: str
    accepts: str
    write: Callable[[Any, Path, Any, Progress], None]
    check: Callable[[Any, Path], None] | None = None
    options: type[msgspec.Struct] = NoOptions


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the window: `widget` is "package.view:Class", imported when first shown; the class takes one ViewContext."""

    name: str
    title: str
    icon: str
    widget: str


Contribution = Importer | Metric | Assessor | Analysis | Exporter | View
