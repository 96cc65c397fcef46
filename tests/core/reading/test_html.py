"""Web pages by class: records counted, end tags missing, cut files, limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.limits import Limits
from cmdesk.core.reading.source import Element, Source


def page(tmp_path: Path, text: str | bytes, **limits: int) -> Source:
    path = tmp_path / "page.html"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Source(path, Limits(**limits))


def texts(source: Source) -> list[str]:
    return [element.text() for element in source.html("page.html", ("r",))]


def test_records_and_what_stands_around_them(tmp_path: Path) -> None:
    text = "<body><h1 class=head>Title</h1><div class=group><p class='r one'>a<b>b</b>&amp;c<br>d</p>outside<p class=r>e</p></div><i class=end>z"
    with page(tmp_path, text + "</i>") as source:
        found = list(source.html("page.html", ("r",), around=("head", "end"), begins=("group",)))
        assert [element.text() for element in found] == ["Title", "", "ab&c\nd", "e", "z"]
        assert [element.tag for element in found] == ["h1", "div", "p", "p", "i"]
        assert source.ledger.read == 2


def test_a_look_counts_nothing(tmp_path: Path) -> None:
    with page(tmp_path, "<p class=r>a</p>") as source:
        assert len(list(source.html("page.html", ("r",), counted=False))) == 1
        assert source.ledger.read == 0


def test_parts_by_class_and_attributes(tmp_path: Path) -> None:
    with page(tmp_path, '<div class=r><span class="x y" data-id=7 hidden>one</span><div><img class=x alt=":)"></div></div>') as source:
        [record] = source.html("page.html", ("r",))
        span, img = record.all("x")
        assert (span.attributes["data-id"], span.attributes["hidden"], span.classes) == ("7", "", {"x", "y"})
        assert record.first("y") is span and record.first("z") is None
        assert (img.tag, record.text()) == ("img", "one:)")


@pytest.mark.parametrize("text", [
    "<div class=r><ul><li>a<li>b</ul></div><div class=r>c</div>",
    "<div class=r><span>a<i>b</div><div class=r>c</div>",
    "</div></p><div class=r>ab</p></div></div><div class=r>c</div>",
    "<div class=r>ab<div class=r>c</div>",
    "<style>.r{}</style><script>'<div class=r>'</script><div class=r>a<!-- <div class=r> -->b</div><div class=r>c</div>",
])  # fmt: skip
def test_end_tags_that_are_missing_or_misplaced(tmp_path: Path, text: str) -> None:
    with page(tmp_path, text) as source:
        assert texts(source) == ["ab", "c"]
        assert (source.ledger.read, source.ledger.set_aside) == (2, 0)


@pytest.mark.parametrize("end", ["<div class=r>cut", "<div class=r>cut<b", "<div class=r><p>cut</p>"])
def test_a_record_that_the_end_of_the_file_cuts_is_set_aside(tmp_path: Path, end: str) -> None:
    with page(tmp_path, "<div class=r>a</div>" + end) as source:
        assert texts(source) == ["a"]
        assert (source.ledger.read, source.ledger.set_aside) == (2, 1)
        assert source.ledger.problems[0].where == "page.html, record 2"


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")])
def test_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    with page(tmp_path, mark + "<p class=r>café ça déjà</p>".encode(encoding)) as source:
        assert texts(source) == ["café ça déjà"]


def test_a_record_that_chunks_cut_is_whole(tmp_path: Path) -> None:
    long = "é" * 700_000
    with page(tmp_path, f"<p class=r>{long}</p><p class=r>b</p>") as source:
        assert texts(source) == [long, "b"]


@pytest.mark.parametrize(("text", "limit"), [
    ("<div class=r>" + "<b>" * 60 + "x", "html_depth"),
    ("<div class=r>" + "word " * 3_000, "html_record_bytes"),
    ('<div class=r><a href="' + "x" * 20_000, "html_record_bytes"),
    ("<!--" + "<!--" * 10_000, "html_record_bytes"),
])  # fmt: skip
def test_limits_are_named(tmp_path: Path, text: str, limit: str) -> None:
    with page(tmp_path, text, html_depth=50, html_record_bytes=10_000) as source, pytest.raises(ImportProblem, match=limit):
        list(source.html("page.html", ("r",)))


def test_depth_outside_of_records_costs_nothing(tmp_path: Path) -> None:
    with page(tmp_path, "<div>" * 100_000 + "<p class=r>a</p>") as source:
        assert texts(source) == ["a"]


TAGS = st.sampled_from(["<p class=r>", "</p>", "<div>", "</div>", "<div class=g>", "<br>", "<img alt=x>", "word", "<", ">", "&", "&#0;", "<!--", "-->", "<b/>", '"'])


@given(parts=st.lists(TAGS, max_size=40))
def test_whatever_a_page_holds_each_record_is_given_or_set_aside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    with page(tmp_path_factory.mktemp("page"), "<p class=r></p>" + "".join(parts)) as source:
        given_out: list[Element] = [element for element in source.html("page.html", ("r",), begins=("g",)) if "r" in element.classes]
        assert source.ledger.read == len(given_out) + source.ledger.set_aside


def test_the_api_names_it(source: Callable[..., Source]) -> None:
    from cmdesk import api

    assert api.Element is Element


def test_tags_alone(tmp_path: Path) -> None:
    text = '<p class="who x" title="a &amp; b">one</p>' + "<i>filler</i>" * 9_000 + "<b class=who\n title=c><span class=whose>" + "<p class='who"
    with page(tmp_path, text) as source:
        assert [(element.tag, element.attributes["title"]) for element in source.html_tags("page.html", ("who",))] == [("p", "a & b"), ("b", "c")]
        assert source.ledger.read == 0
