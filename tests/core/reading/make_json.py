"""The JSON of robustness B, each as the day file of a Slack-shaped export."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

from .make_archives import IMPORTED, PROBLEMS, REFUSED
from .slack_shape import day, deflated, files, members, message, raw_zip, with_day


def case_B01(tmp_path: Path) -> Path:
    """100,000 lists in each other."""
    return with_day(tmp_path, b"[" * 100_000)


def case_B02(tmp_path: Path) -> Path:
    """A number of 5,000 digits as time."""
    return with_day(tmp_path, day(message(1), message(2)).replace(b'"1704100002.000100"', b"9" * 5000))


def case_B03(tmp_path: Path) -> Path:
    """1e999."""
    return with_day(tmp_path, day(message(1, score=0.5), message(2, ts=0.5)).replace(b"0.5", b"1e999"))


def case_B04(tmp_path: Path) -> Path:
    """2^63 as time: a number like any other to a reader."""
    return with_day(tmp_path, day(message(1), message(2, ts=2**63)))


def case_B05(tmp_path: Path) -> Path:
    """NaN and Infinity, where nobody reads them."""
    return with_day(tmp_path, day(message(1, score=float("nan")), message(2, score=float("-inf"))))


def case_B06(tmp_path: Path) -> Path:
    """A key twice."""
    return with_day(tmp_path, day(message(1)).replace(b'"type"', b'"text": "first", "type"'))


def case_B07(tmp_path: Path) -> Path:
    """A lone half of a surrogate pair; the backslash before the second is text."""
    return with_day(tmp_path, day(message(1, text="cut \ud83d here"), message(2, text="whole \U0001f600 and \\ud83d")))


def case_B08(tmp_path: Path) -> Path:
    """A byte order mark."""
    return with_day(tmp_path, codecs.BOM_UTF8 + day())


def case_B09(tmp_path: Path) -> Path:
    """UTF-16 with and without mark, UTF-32."""
    text = day().decode()
    more = {"general/2024-01-02.json": text.encode("utf-16-be"), "general/2024-01-03.json": text.encode("utf-32")}
    path = tmp_path / "export.zip"
    path.write_bytes(raw_zip(members({**files(text.encode("utf-16")), **more})))
    return path


def case_B10(tmp_path: Path) -> Path:
    """Windows-1252 bytes."""
    return with_day(tmp_path, json.dumps([message(1, text="caffè – “naïve”")], ensure_ascii=False).encode("cp1252"))


def case_B11(tmp_path: Path) -> Path:
    """Cut off in the third message."""
    return with_day(tmp_path, day()[:-40])


def case_B12(tmp_path: Path) -> Path:
    """Text behind the list."""
    return with_day(tmp_path, day() + b"\n-- end of export --\n")


def case_B13(tmp_path: Path) -> Path:
    """A message a line, one of 20,000 broken."""
    lines = [json.dumps(message(n)) for n in range(20_000)]
    lines[12_344] = lines[12_344][:-9]
    return with_day(tmp_path, "\n".join(lines).encode())


def case_B14(tmp_path: Path) -> Path:
    """Three lists one after another."""
    return with_day(tmp_path, day(message(1), message(2)) + b"\n" + day(message(3)) + day(message(4)))


def case_B15(tmp_path: Path) -> Path:
    """Control characters inside a text."""
    return with_day(tmp_path, day(message(1, text="a@b#c")).replace(b"@", b"\n").replace(b"#", b"\x01"))


def case_B16(tmp_path: Path) -> Path:
    r"""\u0000 inside a text."""
    return with_day(tmp_path, day(message(1, text="a\0b")))


def case_B17(tmp_path: Path) -> Path:
    """36 MB on one line."""
    one = json.dumps(message(1, blob="x" * 2000)).encode()
    return with_day(tmp_path, b"[" + b",".join([one] * 17_500) + b"]")


def case_B18(tmp_path: Path) -> Path:
    """One text of 90 MB."""
    path = tmp_path / "export.zip"
    path.write_bytes(raw_zip([*members(files()), deflated("general/2024-01-02.json", b'[{"text": "' + b"a" * (1 << 20), 90)]))
    return path


def case_B19(tmp_path: Path) -> Path:
    """300,000 keys in one object."""
    return with_day(tmp_path, day(message(1, **{f"k{n}": n for n in range(300_000)})))


def case_B20(tmp_path: Path) -> Path:
    """Keys that would collide in a hash table without a random seed."""
    keys = {str(n * ((1 << 61) - 1)): n for n in range(20_000)}
    return with_day(tmp_path, day(message(1, reply=keys)))


def case_B21(tmp_path: Path) -> Path:
    """Null for every field."""
    return with_day(tmp_path, day(message(1), dict.fromkeys(message(2)), message(3)))


def case_B21_object(tmp_path: Path) -> Path:
    """An object where a list belongs."""
    return with_day(tmp_path, b'{"ok": false, "error": "not_authed"}')


def case_B22(tmp_path: Path) -> Path:
    """A number as text, and text where a list belongs."""
    return with_day(tmp_path, day(message(1, reply_count="3"), message(2, reactions="none"), message(3)))


def case_B23(tmp_path: Path) -> Path:
    """A number beyond 2^53 as id."""
    return with_day(tmp_path, day(message(1), message(2, user=9007199254740993), message(3)))


def case_B24_empty(tmp_path: Path) -> Path:
    """A day file of 0 bytes."""
    return with_day(tmp_path, b"")


def case_B24_object(tmp_path: Path) -> Path:
    """{} as list of users."""
    path = tmp_path / "export.zip"
    path.write_bytes(raw_zip(members(files(b"{}", "users.json"))))
    return path


def case_B24_list(tmp_path: Path) -> Path:
    """[]."""
    return with_day(tmp_path, b"[]")


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "B01": (case_B01, REFUSED), "B02": (case_B02, PROBLEMS), "B03": (case_B03, IMPORTED), "B04": (case_B04, IMPORTED),
    "B05": (case_B05, IMPORTED), "B06": (case_B06, IMPORTED), "B07": (case_B07, IMPORTED), "B08": (case_B08, IMPORTED),
    "B09": (case_B09, IMPORTED), "B10": (case_B10, PROBLEMS), "B11": (case_B11, PROBLEMS), "B12": (case_B12, PROBLEMS),
    "B13": (case_B13, PROBLEMS), "B14": (case_B14, IMPORTED), "B15": (case_B15, IMPORTED), "B16": (case_B16, IMPORTED),
    "B17": (case_B17, IMPORTED), "B18": (case_B18, REFUSED), "B19": (case_B19, IMPORTED), "B20": (case_B20, IMPORTED),
    "B21": (case_B21, IMPORTED), "B21_object": (case_B21_object, REFUSED), "B22": (case_B22, PROBLEMS), "B23": (case_B23, PROBLEMS),
    "B24_empty": (case_B24_empty, PROBLEMS), "B24_object": (case_B24_object, REFUSED), "B24_list": (case_B24_list, IMPORTED),
}  # fmt: skip
"""Case → (maker, what must become of it at the readers; an importer may set more aside)."""
