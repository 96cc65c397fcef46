"""Mail archives are cut where a mail begins, and nowhere else, wherever the pieces of the file end."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st

from cmdesk.core.reading import mbox

LINE = b"From ann@example.org Thu Mar  7 10:00:00 2024\n"


def cut(data: bytes, size: int = 1 << 20, most: int = 1 << 20) -> list[mbox.Mail]:
    return list(mbox.mails((data[at : at + size] for at in range(0, len(data), size)), most))


@pytest.mark.parametrize("line", [
    b"From ann@example.org Thu Mar  7 10:00:00 2024", b"From Inman.Brant at mayo.edu  Fri Jun  1 00:04:24 2007",
    b"From h@d|ey @end|ng |rom gm@||@com  Fri Feb 16 13:05:43 2024", b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970",
    b"From 1234567890@xxx Mon Jan 01 00:00:00 +0000 2020", b"From - Mon Jan 01 00:00:00 2020", b"From a Mon Jan  1 00:00:00 CET 2020",
    b"From a@b Mon Jan  1 00:00 2020 remote from host", b"From a Mon, 01 Jan 2020 00:00:00 +0000",
])  # fmt: skip
def test_lines_that_begin_a_mail(line: bytes) -> None:
    mails = cut(LINE + b"A: 1\n\nx\n\n" + line + b"\nB: 2\n\ny\n")
    assert [mail.data for mail in mails] == [b"A: 1\n\nx\n\n", b"B: 2\n\ny\n"]
    assert mails[1].sender and mails[1].when


@pytest.mark.parametrize("body", [
    b"x\n\nFrom Monday on we meet.\n", b"x\n\nFrom ann on Thu Mar  7 10:00:00 2024\nI heard that\n", b"x\nFrom ann Thu Mar  7 10:00:00 2024\nTo: bob\n",
    b"x\n\n From ann Thu Mar  7 10:00:00 2024\nTo: bob\n", b"x\n\nFrom" + b" y" * 2_000 + b"\n",
])  # fmt: skip
def test_lines_that_begin_none(body: bytes) -> None:
    assert len(cut(LINE + b"A: 1\n\n" + body + b"\n" + LINE + b"B: 2\n\nz\n")) == 2


def test_quoted_lines_are_unquoted_once() -> None:
    (mail,) = cut(LINE + b"A: 1\n\n>From here\n>>From there\n> From said\n")
    assert mail.data == b"A: 1\n\nFrom here\n>From there\n> From said\n"


def test_a_content_length_that_holds_counts() -> None:
    inner = b"x\n\n" + LINE + b"Not: a mail\n\ny\n"
    data = LINE + b"A: 1\nContent-Length: %d\n\n" % len(inner) + inner + b"\n" + LINE + b"B: 2\nContent-Length: 2\n\nz\n"
    assert len(cut(data)) == 2
    assert len(cut(data.replace(b"Length: %d\n" % len(inner), b"Length: 3\n"))) == 3  # one that does not hold is passed over
    assert len(cut(data.replace(b"Length: %d\n" % len(inner), b"Length: 99999999\n"))) == 3


def test_one_mail_without_the_line_before_it() -> None:
    (mail,) = cut(b"\xef\xbb\xbfA: 1\r\n\r\nx\r\n")
    assert (mail.sender, mail.when, mail.data) == (b"", "", b"A: 1\r\n\r\nx\r\n")


def test_ends_of_lines() -> None:
    data = LINE + b"A: 1\n\nx\n\n" + LINE + b"B: 2\n\ny\n"
    for end in (b"\r\n", b"\r"):
        assert len(cut(data.replace(b"\n", end))) == 2


def test_a_long_mail_is_cut_and_the_next_one_found() -> None:
    data = LINE + b"A: 1\n\n" + b"x" * 70 + b"\n" + b"y" * 200_000 + b"\n\n" + LINE + b"B: 2\n\nz\n"
    first, second = cut(data, size=1_000, most=4_000)
    assert first.cut and len(first.data) <= 4_000 and first.data.startswith(b"A: 1\n")
    assert (second.data, second.cut) == (b"B: 2\n\nz\n", False)


PIECE = st.sampled_from([b"From ", LINE, b"A: 1\n", b"\n", b"\r\n", b"x", b">From ", b"Content-Length: 9\n", b"From a Thu Mar  7 10:00:00 2024\nB: 2\n\n"])


@example([b"\n", b"\r\n", b"A: 1\n", b"\n", b"x"], 1)  # empty lines before the first mail, over several pieces
@example([b"\xef\xbb\xbf", LINE, b"A: 1\n"], 2)
@given(st.lists(PIECE, max_size=40), st.integers(1, 60))
def test_where_pieces_end_changes_nothing(parts: list[bytes], size: int) -> None:
    data = b"".join(parts)
    if b"\n" in data[:size] or b"\r" not in data[:size]:
        whole = [(mail.when, mail.data) for mail in cut(data)]
        assert [(mail.when, mail.data) for mail in cut(data, size)] == whole
