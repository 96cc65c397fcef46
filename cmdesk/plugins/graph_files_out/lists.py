"""The network as text: an adjacency list, and a table of ties with a table of people beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from .network import NUMBERS, TEXTS, Network

_TEMPTING = ("=", "+", "-", "@")  # what a spreadsheet would take for a formula


def adjacency(network: Network) -> Iterator[str]:
    """Each line a person and her contacts, as networkx reads it; after the mark # stands what such a list cannot hold, as JSON. An id is one word:
    its blanks, # and % are written as in a web address."""
    yield "# cmdesk adjacency list"
    yield f"# directed: {'yes' if network.directed else 'no'}"
    keys = [_word(member.key) for member in network.members]
    for key, member in zip(keys, network.members, strict=True):
        yield f"{key} #{json.dumps({name: value for name, value in member.texts.items() if value}, ensure_ascii=False)}"
    contacts: dict[tuple[int, str], list[tuple[int, float]]] = {}
    for i, j, weight, relation in network.ties:
        contacts.setdefault((i, relation), []).append((j, weight))
    for (i, relation), others in contacts.items():
        said = {**({"relation": relation} if relation else {}), "weights": [weight for _j, weight in others]}
        yield f"{keys[i]} {' '.join(keys[j] for j, _weight in others)} #{json.dumps(said, ensure_ascii=False)}"


def _word(key: str) -> str:
    return key.replace("%", "%25").replace("#", "%23").replace(" ", "%20")


def edges(network: Network) -> Iterator[str]:
    """Each row a tie, in the columns that Gephi, igraph and pandas look for."""
    yield _row(("source", "target", "type", "weight", "relation"))
    for i, j, weight, relation in network.ties:
        ends = (network.members[i].key, network.members[j].key)
        yield _row((*ends, "Directed" if network.directed else "Undirected", repr(weight), relation))


def nodes(network: Network) -> Iterator[str]:
    """Each row a person, also one without a tie; ids are those of the table of ties."""
    numbers = NUMBERS if any(member.numbers for member in network.members) else ()
    yield _row(("id", *TEXTS, *numbers))
    for member in network.members:
        yield _row((member.key, *(member.texts[name] for name in TEXTS), *(repr(member.numbers[name]) for name in numbers)))


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(["'" + cell if cell.startswith(_TEMPTING) else cell for cell in cells])
    return out.getvalue()
