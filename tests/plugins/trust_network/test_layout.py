"""The free layout: neighbours in trust are neighbours on screen at least as often as with plain Fruchterman–Reingold; one seed, one picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Floats
from cmdesk.plugins.trust_network import facts as all_facts, strengths
from cmdesk.plugins.trust_network.choice import Choice
from cmdesk.plugins.trust_network.facts import Facts
from cmdesk.simulation import CircleSizes, circles
from cmdesk.simulation.snapshots import snapshot as simulated
from tests.plugins.trust_network.towns import crowds, known, town

EMAIL = Path(os.environ.get("CMDESK_SAMPLES") or "samples") / "surveys-and-networks" / "email-Eu-core.txt"


def preserved(place: Floats, facts: Facts) -> float:
    """The mean share of a person's k neighbours in trust among its k nearest on the map."""
    rows = np.flatnonzero(np.isfinite(facts.found.place[:, 0]))
    linked = np.zeros((facts.persons, facts.persons), np.bool_)
    base = facts.every.weight >= all_facts.TIE[facts.trust]
    linked[facts.every.i[base], facts.every.j[base]] = linked[facts.every.j[base], facts.every.i[base]] = True
    linked = linked[np.ix_(rows, rows)]
    far = ((place[rows][:, None] - place[rows][None]) ** 2).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    near = far.argsort(axis=1)
    shares = [linked[row, near[row, : linked[row].sum()]].mean() for row in range(len(rows)) if linked[row].any()]
    return float(np.mean(shares))


PLAIN = """
import random, sys
import igraph, numpy as np
random.seed(20151)
igraph.set_random_number_generator(random)
ties = np.load(sys.argv[1])
graph = igraph.Graph(n=int(ties["n"]), edges=ties["pairs"].tolist())
np.save(sys.argv[2], np.array(graph.layout_fruchterman_reingold(weights=ties["weight"].tolist()).coords))
"""


def plain(facts: Facts, folder: Path) -> Floats:
    """igraph's own layout of the same ties, in a process of its own: the program never loads igraph, which another test holds it to."""
    ties = facts.every.only(facts.every.weight >= all_facts.TIE[facts.trust])
    np.savez(folder / "ties.npz", n=facts.persons, pairs=np.column_stack([ties.i, ties.j]), weight=ties.weight)
    subprocess.run([sys.executable, "-c", PLAIN, str(folder / "ties.npz"), str(folder / "place.npy")], check=True)
    found: Floats = np.load(folder / "place.npy")
    return found


def test_email_of_a_research_institute(tmp_path: Path) -> None:
    if not EMAIL.exists():
        pytest.skip("$CMDESK_SAMPLES names no folder with this sample")
    edges = np.loadtxt(EMAIL, dtype=int)
    facts = known(town(1005, edges[edges[:, 0] != edges[:, 1]].tolist(), units=0))
    placed = all_facts.set_free(facts, Progress())
    assert placed.free is not None
    assert preserved(placed.free, facts) >= preserved(plain(facts, tmp_path), facts)


@pytest.mark.parametrize(("seed", "people"), [(1, 90), (2, 140), (3, 60), (4, 200)])
def test_four_simulated_communities(seed: int, people: int, tmp_path: Path) -> None:
    snapshot = simulated(circles(seed, CircleSizes(people=people, departments=4, circles=people // 18, days=200)))
    facts = all_facts.gather(snapshot, Choice(), Progress())
    placed = all_facts.set_free(facts, Progress())
    assert placed.free is not None
    assert preserved(placed.free, facts) >= preserved(plain(facts, tmp_path), facts)


def test_one_seed_one_picture() -> None:
    facts = known(town(40, crowds(20, 12, 8)))
    first, second = all_facts.set_free(facts, Progress()), all_facts.set_free(facts, Progress())
    assert first.free is not None and second.free is not None and first.free.tobytes() == second.free.tobytes()
    again = known(town(40, crowds(20, 12, 8)))
    assert again.found.place.tobytes() == facts.found.place.tobytes()


def test_stronger_overlap_pulls_more() -> None:
    snapshot = town(8, [(a, b) for a in range(5) for b in range(a)] + [(4, 5), (5, 6), (6, 7)])
    ties = strengths.of(snapshot, Choice(trust="asked"))
    pull = all_facts.pulls(ties.i, ties.j, ties.weight, 8)
    at = {(a, b): value for a, b, value in zip(ties.i.tolist(), ties.j.tolist(), pull.tolist(), strict=True)}
    assert at[0, 1] > at[4, 5] and np.isfinite(pull).all() and (pull > 0).all()
