"""The founding article's cases with 20 seeds each: at least 18 of 20 must come out, and none may give the opposite verdict.

`python -m benchmarks.scenarios` writes docs/scenarios.md: what came out of each, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from benchmarks.table import Line
from cmdesk import pluginhost
from cmdesk.pluginhost import Host
from cmdesk.simulation import judging, scenarios, told
from cmdesk.simulation.scenarios import Scenario
from cmdesk.simulation.snapshots import snapshot

SEEDS = 20
WORKERS = 2
MAY_MISS = 2
PAGE = Path(__file__).parents[1] / "docs" / "scenarios.md"


def lines() -> Iterator[Line]:
    """For each scenario how many of 20 seeds do not tell what the article tells, and how many tell the opposite."""
    for scenario, runs in _all():
        missed, opposite = _counts(runs)
        what = f"{scenario.key.upper()} {scenario.name}: seeds of {len(runs)}"
        yield Line(f"{what} that come out otherwise", f"{len(runs) - missed} of {len(runs)}", "", float(missed), MAY_MISS, "")
        yield Line(f"{what} that tell the opposite", "", "", float(opposite), 0, "")


def _all() -> Iterator[tuple[Scenario, list[list[told.Case]]]]:
    """Each scenario with the cases of every seed, on two cores. Those that are one story of one size (A3 and A13) are told once."""
    found: dict[str, list[list[told.Case]]] = {}
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for scenario in scenarios.ALL:
            if scenario.key not in found:
                same = [other.key for other in scenarios.ALL if (other.make, other.sizes) == (scenario.make, scenario.sizes)]
                runs = list(pool.map(judged, [same] * SEEDS, range(SEEDS)))
                found |= {key: [run[place] for run in runs] for place, key in enumerate(same)}
            _tell_misses(scenario, found[scenario.key])
            yield scenario, found[scenario.key]


def _tell_misses(scenario: Scenario, runs: list[list[told.Case]]) -> None:
    for seed, cases in enumerate(runs):
        for case in cases:
            if not case.right:
                print(f"{scenario.key}, seed {seed}: {case.what}: {case.came}, wanted {case.wanted}. {case.why}", file=sys.stderr)


@cache
def _host() -> Host:
    return pluginhost.load(folders=False)


def judged(keys: Sequence[str], seed: int) -> list[list[told.Case]]:
    """What comes out of scenarios that share a story, with this seed."""
    found = judging.judged(snapshot(scenarios.BY_NAME[keys[0]].tell(seed), metrics=_host().metrics), _host())
    return [list(scenarios.BY_NAME[key].check(found)) for key in keys]


def _counts(runs: list[list[told.Case]]) -> tuple[int, int]:
    missed = sum(any(not case.right for case in cases) for cases in runs)
    return missed, sum(any(case.opposite for case in cases) for cases in runs)


def write() -> None:
    """docs/scenarios.md, anew."""
    rows = []
    for scenario, runs in _all():
        missed, opposite = _counts(runs)
        print(f"{scenario.key}: {len(runs) - missed} of {len(runs)}, opposite {opposite}", file=sys.stderr, flush=True)
        rows += [f"\n## {scenario.key.upper()} {scenario.name}: {scenario.title}\n", f"{_story(scenario)}\n"]
        rows.append(f"{len(runs) - missed} of {len(runs)} seeds come out, {opposite} tell the opposite. Seed 0:\n")
        rows += ["| what | must come out | came out | why |", "|---|---|---|---|"]
        rows += [f"| {case.what} | {case.wanted} | {case.came} | {_cell(case.why)} |" for case in runs[0]]
    PAGE.write_text(_HEAD + "\n".join(rows) + "\n", "utf-8")


def _story(scenario: Scenario) -> str:
    told_of = " ".join((scenario.make.__doc__ or "").split()).partition(": ")[2]
    return told_of[:1].upper() + told_of[1:]


def _cell(text: str) -> str:
    return text.replace("|", "/")


_HEAD = """# The article's cases

Made by `python -m benchmarks.scenarios`; do not edit. Each case of the founding article is a simulated community of the structure that it
tells of (`cmdesk/simulation/`), measured like any import: nothing tells the assessor about it but the facts. The point fit decides here.
What must come out stands in `cmdesk/simulation/told.py`. At least 18 of 20 seeds must give the verdict, and none the opposite (FITS for NOT YET
or the other way). Write one yourself with `cmdesk simulate --scenario NAME --to OUT.zip`; `--scenario list` lists them, and `--set SIZE=NUMBER`
changes sizes and rates.
"""


if __name__ == "__main__":
    write()
