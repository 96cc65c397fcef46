"""What leaves the page as files: tables that hold what the snapshot holds, no measure beside a name, pictures that read back."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from PySide6.QtGui import QImage

from cmdesk import pluginhost
from cmdesk.core import circles as found_circles, exporting, trust
from cmdesk.core.building import Building
from cmdesk.core.errors import Cancelled, CmdeskError
from cmdesk.core.progress import Progress
from cmdesk.core.snapshot import Snapshot
from cmdesk.pluginhost import Host
from cmdesk.plugins.trust_network.inspecting.telling import Naming
from cmdesk.plugins.trust_network.inspecting.tie import parts as tie_parts
from cmdesk.plugins.trust_network.options import LEAST, FilmOptions, TableOptions
from cmdesk.plugins.trust_network.out import tables
from cmdesk.simulation import CircleSizes, circles
from cmdesk.simulation.snapshots import snapshot as simulated


@pytest.fixture(scope="module")
def plugins() -> Host:
    return pluginhost.load(folders=False)


@pytest.fixture(scope="module")
def community() -> Snapshot:
    return simulated(circles(5, CircleSizes(people=90, departments=4, circles=5, days=400)))


def written(plugins: Host, name: str, snapshot: Snapshot, out: Path, **options: object) -> Path:
    exporter = plugins.exporters[name]
    exporting.write(exporter, snapshot, out, exporter.options(**options), Progress())
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_edge_of_a_tie_is_that_of_the_model() -> None:
    assert LEAST == trust.TIE


def test_the_tables_hold_the_network(plugins: Host, community: Snapshot, tmp_path: Path) -> None:
    people = rows(written(plugins, "network.people", community, tmp_path / "people.csv"))
    ties = rows(written(plugins, "network.ties", community, tmp_path / "ties.csv"))
    graph = nx.Graph()
    graph.add_nodes_from(row["person"] for row in people)
    graph.add_weighted_edges_from((row["source"], row["target"], float(row["weight"])) for row in ties)
    code = dict(enumerate(community.people.code))
    wanted = nx.relabel_nodes(community.graph(), code)
    assert set(graph) == set(wanted) and {frozenset(edge) for edge in graph.edges} == {frozenset(edge) for edge in wanted.edges}
    for one, other, facts in wanted.edges(data=True):
        assert graph.edges[one, other]["weight"] == pytest.approx(facts["weight"], abs=1e-6)
    for row in people:
        assert int(row["ties"]) == wanted.degree(row["person"])
    assert sum(int(row["posts"]) for row in people) == int(((community.posts.at > community.since) & community.people.counted[community.posts.author]).sum())


def test_with_names_the_tables_hold_no_measure(plugins: Host, community: Snapshot, tmp_path: Path) -> None:
    people = rows(written(plugins, "network.people", community, tmp_path / "people.csv", names=True))
    ties = rows(written(plugins, "network.ties", community, tmp_path / "ties.csv", names=True))
    assert set(people[0]) == {"person", "unit", "circle", "groups", "first_seen", "last_seen"}
    assert set(ties[0]) == {"source", "target"} and len(ties) == len(community.trust.ties())
    assert {row["person"] for row in people} <= set(community.people.name)
    assert ties == sorted(ties, key=lambda row: (row["source"], row["target"])) and all(row["source"] <= row["target"] for row in ties)


def test_under_pseudonyms_the_order_tells_nobody_and_directions_go_with_their_ends(plugins: Host, community: Snapshot, tmp_path: Path) -> None:
    people = [row["person"] for row in rows(written(plugins, "network.people", community, tmp_path / "people.csv"))]
    assert people == sorted(people, key=str.casefold)
    row_of = {code: row for row, code in enumerate(community.people.code)}
    for tie in rows(written(plugins, "network.ties", community, tmp_path / "ties.csv")):
        parts = tie_parts(community, row_of[tie["source"]], row_of[tie["target"]])
        assert parts is not None and float(tie["evidence_there"]) == pytest.approx(parts.s_ij, abs=1e-6)
        assert float(tie["evidence_back"]) == pytest.approx(parts.s_ji, abs=1e-6)


def test_small_circles_and_rare_departments_are_not_told(community: Snapshot) -> None:
    label = found_circles.containers(community)
    sizes = np.bincount(label[label >= 0])
    table = list(tables.people(Naming(community, names=False), label))
    told = {row[2] for row in table[1:]}
    assert told <= {"", "small", *(str(k + 1) for k in np.flatnonzero(sizes >= 5).tolist())}


def test_fewer_than_five_people_have_no_ties_and_no_measures(plugins: Host, tmp_path: Path) -> None:
    town = Building()
    for age in range(0, 60, 5):
        town.reply("Ann", town.post("Bob", "", age), age)
        town.reply("Bob", town.post("Ann", "", age), age)
    few = town.snapshot()
    assert rows(written(plugins, "network.ties", few, tmp_path / "ties.csv")) == []
    people = rows(written(plugins, "network.people", few, tmp_path / "people.csv"))
    assert len(people) == 2 and all(row["ties"] == row["posts"] == "" for row in people)


def test_a_name_that_tempts_a_spreadsheet_stays_text(plugins: Host, tmp_path: Path) -> None:
    town = Building()
    for name in ("=1+1", "@sum", 'a"b', "x\ny", "+5", "\u202eevil"):
        town.person(name)
    out = written(plugins, "network.people", town.snapshot(), tmp_path / "people.csv", names=True)
    assert sorted(row["person"] for row in rows(out)) == sorted(["'=1+1", "'@sum", 'a"b', "x\ny", "'+5", "\u202eevil"])


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_periods_are_numbered_pictures(plugins: Host, community: Snapshot, tmp_path: Path, kind: str) -> None:
    out = written(plugins, "network.periods", community, tmp_path / "film.zip", kind=kind)
    with zipfile.ZipFile(out) as film:
        names = film.namelist()
        assert names == [*(f"network-{k:02d}.{kind}" for k in range(1, 6)), "periods.txt"]
        if kind == "png":
            images = [QImage.fromData(film.read(name)) for name in names[:-1]]
            assert all(image.size() == images[0].size() and not image.isNull() for image in images)
        assert film.read("periods.txt").decode().count("ties before") == 5
        if kind == "svg":
            assert b"Simulated" in film.read(names[0]) and community.people.name[0].encode() not in film.read(names[0]).split()
    again = written(plugins, "network.periods", community, tmp_path / "again.zip", kind=kind)
    assert again.read_bytes() == out.read_bytes(), "the same facts give the same file"


@pytest.mark.parametrize("options", [{"kind": "gif"}, {"periods": 0}, {"days": 0}, {"periods": 10_000}])
def test_options_that_make_no_sense_are_refused_in_words(plugins: Host, community: Snapshot, tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(CmdeskError) as problem:
        written(plugins, "network.periods", community, tmp_path / "film.zip", **options)
    assert problem.value.hint and not list(tmp_path.iterdir())


def test_an_empty_community_gives_one_picture_and_tables_of_heads(plugins: Host, tmp_path: Path) -> None:
    empty = Building().snapshot()
    with zipfile.ZipFile(written(plugins, "network.periods", empty, tmp_path / "film.zip")) as film:
        assert film.namelist() == ["network-01.png", "periods.txt"]
    assert rows(written(plugins, "network.people", empty, tmp_path / "people.csv")) == []


def test_stopping_leaves_nothing(plugins: Host, community: Snapshot, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        exporting.write(plugins.exporters["network.periods"], community, tmp_path / "film.zip", FilmOptions(), progress)
    assert not list(tmp_path.iterdir())
    assert TableOptions().names is False
