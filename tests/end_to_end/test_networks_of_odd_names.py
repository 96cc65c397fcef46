"""The cases H (names) and G (times) of robustness in network files of every form, through the real command and its worker."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from tests.end_to_end import test_bad_names, test_bad_times
from tests.end_to_end.gate import Gate

BAD = "\0\ud800"
"""What XML and a line of text cannot hold: such a file is damaged, which the cases D and C look at."""
LONGEST = 1_000
NAMES = {case: [name for name in names if not set(name) & set(BAD)] for case, names in test_bad_names.CASES.items()}


def _graphml(names: list[str]) -> str:
    nodes = "".join(f'<node id="p{n}"><data key="label">{_text(name)}</data></node>' for n, name in enumerate(names))
    return f'<graphml><graph edgedefault="directed">{nodes}<edge source="p0" target="last"/><node id="last"/></graph></graphml>'


def _text(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _gexf(names: list[str]) -> str:
    nodes = "".join(f'<node id="p{n}" label={quoteattr(name)}/>' for n, name in enumerate(names))
    return f'<gexf><graph><nodes>{nodes}<node id="last"/></nodes><edges><edge source="p0" target="last"/></edges></graph></gexf>'


def _gml(names: list[str]) -> str:
    def quoted(name: str) -> str:
        return name.replace("&", "&amp;").replace('"', "&quot;")

    return "graph [\n" + "".join(f'node [ id p{n} label "{quoted(name)}" ]\n' for n, name in enumerate(names)) + "node [ id last ] edge [ source p0 target last ] ]\n"


def _own(names: list[str]) -> str:
    people = "".join(f"p{n} #{json.dumps({'label': name}, ensure_ascii=False)}\n" for n, name in enumerate(names))
    return f"# cmdesk adjacency list\n# directed: yes\n{people}last\np0 last\n"


FORMS = {"graphml": _graphml, "gexf": _gexf, "gml": _gml, "own": _own}


def _people(gate: Gate) -> dict[str, str | None]:
    return {str(key).removeprefix("network:network/"): json.loads(str(facts)).get("name") for key, _stated, facts in gate.dump("person") if str(key).startswith("network:")}


@pytest.mark.parametrize("form", FORMS)
def test_odd_names_of_nodes_are_kept(form: str, gate: Gate, tmp_path: Path) -> None:
    names = [name for case in sorted(NAMES) for name in NAMES[case]]
    path = tmp_path / "source.txt"
    path.write_bytes(FORMS[form](names).encode())
    done = gate(path)
    assert done.code == 0, done.err
    assert done.json["facts"]["person"]["stated"] == len(names) + 1 and done.json["records"]["set_aside"] == 0
    people = _people(gate)
    for n, name in enumerate(names):
        want = test_bad_names.kept("spreadsheet", name)
        assert people[f"p{n}"] == (want[:LONGEST] if want else want), name[:40]


@pytest.mark.parametrize("form", ["pajek", "dl", "adjacency", "edges"])
def test_odd_ids_are_people(form: str, gate: Gate, tmp_path: Path) -> None:
    """Where a name is the id itself: one word without the signs that part words."""
    words = {name for names in NAMES.values() for name in names if name and name.isprintable() and not set(name) & set("\"',;{}#%*|[]: \u2800") and len(name) < 500}
    keys = sorted({test_bad_names.kept("spreadsheet", word) or "x" for word in words if not word.split()[1:]} - {"!"})
    text = {
        "pajek": f"*Vertices {len(keys)}\n" + "".join(f'{n} "{key}"\n' for n, key in enumerate(keys, 1)) + "*Arcs\n" + "".join(f"{n} {n + 1} 1\n" for n in range(1, len(keys))),
        "dl": f"dl n={len(keys)} format=edgelist1\nlabels:\n" + "\n".join(f'"{key}"' for key in keys) + "\ndata:\n" + "".join(f"{n} {n + 1}\n" for n in range(1, len(keys))),
        "adjacency": "".join(f"{key} {other}\n" for key, other in itertools.pairwise(keys)) + keys[-1] + "\n",
        "edges": "".join(f"{key} {other} {{'weight': 2}}\n" for key, other in itertools.pairwise(keys)),
    }[form]
    path = tmp_path / "source.txt"
    path.write_bytes(text.encode())
    done = gate(path)
    assert done.code == 0, done.err
    assert (done.json["facts"]["stated_tie"]["stated"], done.json["records"]["set_aside"]) == (len(keys) - 1, 0)
    people = _people(gate)
    assert (set(people.values()) if form == "pajek" else set(people)) == set(keys)


TIMES = [(case, str(written), meant) for case in sorted(test_bad_times.CASES) for written, meant in test_bad_times.CASES[case].get("log", ())]


def _micro(meant: str | None) -> str:
    if meant is None:
        return ""
    return str(round(dt.datetime.fromisoformat(meant.removesuffix("Z")).replace(tzinfo=dt.UTC).timestamp() * 1e6))


@pytest.mark.parametrize("form", ["graphml", "gexf", "edges"])
def test_odd_times_of_ties(form: str, gate: Gate, tmp_path: Path) -> None:
    """A tie whose time cannot be is a tie without a time, and is told; small numbers count from the start of a study that nobody knows."""
    ties = [(f"a{n}", f"b{n}", written) for n, (_case, written, _meant) in enumerate(TIMES)]
    nodes = "".join(f'<node id="{one}"/><node id="{other}"/>' for one, other, _at in ties)
    text = {
        "graphml": f"<graphml><graph>{nodes}" + "".join(f'<edge source="{a}" target="{b}"><data key="date">{at}</data></edge>' for a, b, at in ties) + "</graph></graphml>",
        "gexf": f"<gexf><graph><nodes>{nodes}</nodes><edges>" + "".join(f'<edge source="{a}" target="{b}" start="{at}"/>' for a, b, at in ties) + "</edges></graph></gexf>",
        "edges": "".join(f"{a} {b} {{'date': '{at}'}}\n" for a, b, at in ties),
    }[form]
    path = tmp_path / "source.txt"
    path.write_bytes(text.encode())
    done = gate(path)
    assert done.code == 0, done.err
    assert (done.json["facts"]["stated_tie"]["stated"], done.json["records"]["set_aside"]) == (len(ties), 0)
    keys = [str(key).split(" | ") for key, *_rest in gate.dump("stated_tie")]
    found = {one.rpartition("/")[2].removeprefix("network:"): at.strip() for _source, one, _other, _relation, at in keys}
    told = " ".join(problem["where"] for problem in done.json["problems"])
    for n, (case, written, meant) in enumerate(TIMES):
        small = re.fullmatch(r"[-+]?[\d.e+]+", written) is not None and abs(float(written)) < 1e8
        assert found[f"a{n}"] == ("" if small else _micro(meant)), (case, written)
    assert told
