"""A list inside an object: what stands before it, its elements one by one, and files that were cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading import json_inside
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source


class Head(msgspec.Struct):
    guild: Any = None


class Item(msgspec.Struct):
    id: int


def opened(tmp_path: Path, text: str | bytes, **limits: int) -> Source:
    path = tmp_path / "x.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Source(path, Limits(**limits))


def inside(source: Source) -> tuple[Any, list[int]]:
    head, items = source.json_inside("x.json", "items", Head, Item)
    return head.guild, [item.id for item in items]


@pytest.fixture(params=["at once", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "one by one":
        monkeypatch.setattr(json_inside, "AT_ONCE", 0)
    return str(request.param)


@pytest.mark.parametrize("text", [
    '{"guild": "a", "items": [{"id": 1}, {"id": 2}], "count": 2, "more": [{"id": 3}], "other": {"id": 4}}',
    '\ufeff{"guild": "a", "items" : \n [{"id":1},{"id":2}]}',
    '{"guild": "a", "x": {"items": [{"id": 9}]}, "y": "items", "items": [{"id": 1}, {"id": 2}]}',
    '{"guild": "a", "z": "\\"items\\": [", "items": [{"id": 1, "note": "]}"}, {"id": 2}], "t": 1}',
])  # fmt: skip
def test_the_list_and_what_comes_before_it(tmp_path: Path, way: str, text: str) -> None:
    with opened(tmp_path, text) as source:
        assert inside(source) == ("a", [1, 2])
        assert (source.ledger.read, source.ledger.set_aside, source.ledger.problems) == (2, 0, [])


@pytest.mark.parametrize("text", ['{"items": [], "guild": "b"}', '{"guild": null, "items": null}', '{"items":[]}'])
def test_an_empty_list(tmp_path: Path, way: str, text: str) -> None:
    with opened(tmp_path, text) as source:
        assert inside(source) == (None, [])
        assert source.ledger.problems == []


@pytest.mark.parametrize("text", ["[]", "{}", '{"item": []}', '{"items": {"id": 1}}', '{"items": 5}', "nonsense", '{"items"', '{"items": '])
def test_no_such_list(tmp_path: Path, text: str) -> None:
    with opened(tmp_path, text) as source, pytest.raises(ImportProblem, match="holds no list “items”"):
        inside(source)


def test_a_broken_element_is_set_aside_and_the_rest_goes_on(tmp_path: Path, way: str) -> None:
    with opened(tmp_path, '{"guild": 1, "items": [{"id": 1}, {"id": "x"}, 7, null, {"id": 5}], "n": 5}') as source:
        assert inside(source) == (1, [1, 5])
        assert (source.ledger.read, source.ledger.set_aside) == (5, 3)
        assert [problem.where for problem in source.ledger.problems] == [f"x.json, record {n}" for n in (2, 3, 4)]


def test_a_file_that_was_cut(tmp_path: Path) -> None:
    whole = json.dumps({"guild": "a", "items": [{"id": n, "words": "x" * 20} for n in range(5)], "count": 5})
    for end in range(whole.index("[") + 1, len(whole)):
        with opened(tmp_path, whole[:end]) as source:
            _guild, found = inside(source)
            assert found == list(range(len(found)))
            assert source.ledger.read == len(found) + source.ledger.set_aside
            assert bool(source.ledger.problems) == (end <= whole.index("]"))


def test_the_head_is_limited(tmp_path: Path) -> None:
    text = '{"guild": "' + "x" * 5_000 + '", "items": []}'
    with opened(tmp_path, text, json_record_bytes=1_000) as source, pytest.raises(ImportProblem, match="json_record_bytes"):
        list(source.json_inside("x.json", "item", Head, Item)[1])


def test_the_list_may_be_long(tmp_path: Path, way: str) -> None:
    text = json.dumps({"guild": "a", "items": [{"id": n, "words": "long enough to fill several chunks " * 4} for n in range(20_000)], "n": 0}, indent=1)
    with opened(tmp_path, text) as source:
        assert inside(source) == ("a", list(range(20_000)))


DEEP = [
    '{"guild": 1, "a": {"x": {"b": [{"id": 9}]}, "b": [{"id": 1}, {"id": 2}], "c": 3}, "b": [{"id": 8}]}',
    '{"b": [{"id": 8}], "a": {"b": [{"id": 1}, {"id": 2}]}}',
    '{"x": {"a": {"b": [{"id": 9}]}}, "a": {"z": "b", "y": [{"b": [1]}], "b": [{"id": 1}, {"id": 2}]}}',
    '{"a" : \n {"b" : [{"id":1},{"id":2}]}, "a2": {}}',
]


@pytest.mark.parametrize("text", DEEP)
def test_a_list_deeper_inside(tmp_path: Path, way: str, text: str) -> None:
    with opened(tmp_path, text) as source:
        assert [item.id for item in source.json_inside("x.json", ("a", "b"), msgspec.Raw, Item, needed=False)[1]] == [1, 2]
        assert (source.ledger.read, source.ledger.problems) == (2, [])


@pytest.mark.parametrize("text", ['{"a": {}}', '{"a": null}', '{"a": [{"b": []}]}', '{"a": {"b": 5}, "b": []}', "{}", '{"a": {"x": 1}, "c": {"b": [{"id": 1}]}}'])
def test_a_list_that_need_not_be_there(tmp_path: Path, text: str) -> None:
    with opened(tmp_path, text) as source:
        assert list(source.json_inside("x.json", ("a", "b"), msgspec.Raw, Item, needed=False)[1]) == []
        with pytest.raises(ImportProblem, match="holds no list “b”"):
            source.json_inside("x.json", ("a", "b"), msgspec.Raw, Item)


def test_what_is_no_document_is_refused_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path, '{"a": {"c"') as source, pytest.raises(ImportProblem):
        source.json_inside("x.json", ("a", "b"), msgspec.Raw, Item, needed=False)


def test_the_document_itself(tmp_path: Path) -> None:
    with opened(tmp_path, '{"id": 7}') as source:
        assert [item.id for item in source.json_inside("x.json", (), msgspec.Raw, Item)[1]] == [7]
        assert source.ledger.read == 1


VALUES = st.recursive(st.none() | st.integers() | st.text(max_size=5) | st.just("items"), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8)


@given(before=st.dictionaries(st.text(max_size=6).filter(lambda key: key not in ("items", "guild")), VALUES, max_size=3), items=st.lists(st.integers(0, 2**40), max_size=5), after=VALUES, guild=VALUES)
def test_it_is_what_the_whole_document_says(tmp_path_factory: pytest.TempPathFactory, before: dict[str, Any], items: list[int], after: Any, guild: Any) -> None:
    text = json.dumps({**before, "guild": guild, "items": [{"id": n} for n in items], "after": after})
    for at_once in (1 << 20, 0):
        with pytest.MonkeyPatch.context() as patch, opened(tmp_path_factory.mktemp("x"), text) as source:
            patch.setattr(json_inside, "AT_ONCE", at_once)
            assert inside(source) == (json.loads(text)["guild"], items)
