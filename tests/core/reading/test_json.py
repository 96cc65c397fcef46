"""Robustness B: JSON as it should not be. Each case through `Source`."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Source
from cmdesk.core.reading.split import Splitter

from .checking import check, refused
from .corpus import Message, Outcome
from .slack_shape import DAY, day, message


def _texts(outcome: Outcome) -> list[str | None]:
    return [found.text for found in outcome.records[DAY]]


def test_B01_nested_100_000_deep(tmp_path: Path) -> None:
    refused(tmp_path, "B01", "nested more than 200 levels deep; the limit json_depth is 200")


def test_B02_integer_of_5_000_digits(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B02")) == ["message 1"]


def test_B03_number_out_of_range(tmp_path: Path) -> None:
    assert [found.ts for found in check(tmp_path, "B03").records[DAY]] == ["1704100001.000100", None]


def test_B04_two_to_the_63(tmp_path: Path) -> None:
    assert check(tmp_path, "B04").records[DAY][1].ts == float(2**63)


def test_B05_nan(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B05")) == ["message 1", "message 2"]


def test_B06_duplicate_keys(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B06")) == ["message 1"]


def test_B07_lone_surrogate(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B07")) == ["cut \ufffd here", "whole \U0001f600 and \\ud83d"]


def test_B08_byte_order_mark(tmp_path: Path) -> None:
    assert check(tmp_path, "B08").ledger.used == 6


def test_B09_utf_16_and_32(tmp_path: Path) -> None:
    assert check(tmp_path, "B09").ledger.used == 12


def test_B10_windows_1252(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B10")
    assert _texts(outcome) == ["caffè – “naïve”"]
    assert "Windows-1252" in outcome.told


def test_B11_truncated(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B11")
    assert _texts(outcome) == ["message 1", "message 2"]
    assert f"{DAY}, record 3: the file ends in the middle of a record, at byte " in outcome.told


@pytest.mark.parametrize("cut", range(1, len(day())))
def test_B11_truncated_anywhere(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "day.json"
    path.write_bytes(day()[:cut])
    with Source(path) as source:
        whole = day()[:cut].count(b"}")
        assert [found.text for found in source.json_records("day.json", Message)] == [f"message {n}" for n in range(1, whole + 1)]
        assert source.ledger.problem_count == 1
        assert source.ledger.read == whole + source.ledger.set_aside


def test_B12_trailing_text(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B12")
    assert len(_texts(outcome)) == 3
    assert "end of export" in outcome.told


def test_B13_one_bad_line(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B13")
    assert len(_texts(outcome)) == 19_999
    assert outcome.told == f"{DAY}, line 12,345: it is cut off"


def test_B14_documents_one_after_another(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B14")) == [f"message {n}" for n in (1, 2, 3, 4)]


def test_B15_control_character(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B15")) == ["a\nb\x01c"]


def test_B16_nul(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B16")) == ["a\0b"]


def test_B17_36_mb_on_one_line(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B17", growth=120 << 10)
    assert len(outcome.records[DAY]) == 17_500


def test_B18_one_text_of_90_mb(tmp_path: Path) -> None:
    refused(tmp_path, "B18", "the limit json_record_bytes is 16,777,216", growth=120 << 10)


def test_B19_300_000_keys(tmp_path: Path) -> None:
    assert check(tmp_path, "B19").ledger.used == 4


def test_B20_colliding_keys(tmp_path: Path) -> None:
    assert check(tmp_path, "B20").ledger.used == 4


def test_B21_null_for_every_field(tmp_path: Path) -> None:
    assert _texts(check(tmp_path, "B21")) == ["message 1", None, "message 3"]


def test_B21_object_for_a_list(tmp_path: Path) -> None:
    refused(tmp_path, "B21_object", "general/2024-01-01.json holds one object where a list was expected")


def test_B22_number_as_text(tmp_path: Path) -> None:
    outcome = check(tmp_path, "B22")
    assert outcome.records[DAY][0].reply_count == 3
    assert "record 2: reactions holds text, where a list belongs" in outcome.told


def test_B23_number_as_id(tmp_path: Path) -> None:
    assert "record 2: user holds a whole number, where text belongs" in check(tmp_path, "B23").told


def test_B24_empty_file(tmp_path: Path) -> None:
    assert check(tmp_path, "B24_empty").told == f"{DAY}: the file is empty"


def test_B24_empty_object(tmp_path: Path) -> None:
    refused(tmp_path, "B24_object", "users.json holds one object where a list was expected")


def test_B24_empty_list(tmp_path: Path) -> None:
    assert check(tmp_path, "B24_list").records[DAY] == []


def _source(tmp_path: Path, content: bytes, name: str = "a.json", limits: Limits | None = None) -> Source:
    (tmp_path / name).write_bytes(content)
    return Source(tmp_path / name, limits)


def test_json_reads_one_document(tmp_path: Path) -> None:
    class Box(msgspec.Struct):
        name: str
        size: int = 0

    with _source(tmp_path, b'\xef\xbb\xbf{"name": "x\\ud800", "size": "3"}') as source:
        assert source.json("a.json", Box) == Box("x\ufffd", 3)
        assert source.ledger.read == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"ts": []}', "ts holds a list, where a number belongs"),
        (b"<html>", "a.json cannot be read: it holds a web page"),
        (b'{"ts": "1"', "it is cut off"),
        (b" ", "it is empty"),
        (b"{" * 10, "it is not valid JSON"),
    ],
)
def test_json_names_entry_and_place(tmp_path: Path, content: bytes, words: str) -> None:
    with _source(tmp_path, content) as source, pytest.raises(ImportProblem) as caught:
        source.json("a.json", Message)
    assert words in caught.value.message


def test_json_is_limited(tmp_path: Path) -> None:
    with _source(tmp_path, b'{"ts": "1"}', limits=Limits(whole_bytes=5)) as source:
        with pytest.raises(ImportProblem, match="limit whole_bytes is 5"):
            source.json("a.json", Message)
        with pytest.raises(ImportProblem, match="limit whole_bytes is 5"):
            source.data("a.json")


def test_raised_depth_lets_it_through(tmp_path: Path) -> None:
    content = b'[{"text": "a", "deep": ' + b"[" * 300 + b"]" * 300 + b'}, {"ts": []}]'
    with _source(tmp_path, content) as source, pytest.raises(ImportProblem, match="json_depth"):
        list(source.json_records("a.json", Message))
    with _source(tmp_path, content, limits=Limits(json_depth=400)) as source:
        assert [found.text for found in source.json_records("a.json", Message)] == ["a"]
        assert source.ledger.set_aside == 1


def test_raw_fields_survive_the_repair(tmp_path: Path) -> None:
    class Lazy(msgspec.Struct):
        text: str
        blocks: msgspec.Raw = msgspec.Raw(b"null")

    with _source(tmp_path, b'[{"text": "\\ud83d", "blocks": [1, {"a": 2}]}]') as source:
        (found,) = source.json_records("a.json", Lazy)
    assert found.text == "\ufffd"
    assert msgspec.json.decode(found.blocks) == [1, {"a": 2}]


def test_a_large_list_loses_nothing_around_broken_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmdesk.core.reading.json.AT_ONCE", 1000)
    messages = [json.dumps(message(n, blocks=[{"type": "x", "parts": [{"type": "y"}] * (n % 5)}])) for n in range(20_000)]
    for n in range(0, 20_000, 1500):
        messages[n] = messages[n].replace('"message"', "message")
    with _source(tmp_path, ("[" + ",\n".join(messages) + "]").encode()) as source:
        found = [record.text for record in source.json_records("a.json", Message)]
        assert found == [f"message {n}" for n in range(20_000) if n % 1500]
        assert source.ledger.read == 20_000
        assert source.ledger.set_aside == 14
        assert [problem.where for problem in source.ledger.problems[:2]] == ["a.json, record 1", "a.json, record 1,501"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(values, max_size=8), st.integers(1, 9), st.booleans())
def test_law_splitter_finds_the_elements(elements: list[object], size: int, spaced: bool) -> None:
    text = json.dumps(elements, indent=1 if spaced else None, ensure_ascii=False).encode("utf-8", "surrogatepass")
    splitter = Splitter("a", Limits())
    pieces = [piece for at in range(0, len(text), size) for piece in splitter.feed(text[at : at + size])]
    last, ending = splitter.finish()
    assert ending == ""
    assert splitter.trailing == b""
    assert [json.loads(piece.decode("utf-8", "surrogatepass")) for piece in pieces + last] == elements
