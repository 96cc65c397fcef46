"""JSON that a parser must take (y_), must refuse (n_) or may do either with (i_), made by code in the manner of JSONTestSuite (Nicolas Seriot)."""

from __future__ import annotations

from collections.abc import Iterator

_NUMBERS = {
    "y": ["0", "-0", "1", "-1", "123", "0.5", "-0.5", "1e5", "1E5", "1e+5", "1e-5", "1.5e10", "20e1", "-123.456e-7", "1e-400", "9007199254740993"],
    "n": ["+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1.e1", "0x1", "0b1", "1_000", "1 000", "- 1", "--1", "-", "1e1.5", "１", "Inf", "1,5.5.5", "0e+-1"],
    "i": ["1e400", "-1e400", "NaN", "Infinity", "-Infinity", "1" * 400, "-" + "9" * 5000, "0." + "1" * 400, "1e-99999", "123e65"],
}  # fmt: skip
_TEXTS = {
    "y": [rb"", rb"a", rb"\"", rb"\\", rb"\/", rb"\b\f\n\r\t", rb"\u0041", rb"\u00e9", rb"\ud834\udd1e", "é".encode(), "€".encode(), "𝄞".encode(), rb"\u0000", b"\x7f", "\u2028\u2029".encode(),
          "\ufeff".encode(), rb"\uFFFF", rb"\\u0041", b"/**/", b"[]{},:"],
    "n": [rb"\x", rb"\u00", rb"\u00G0", rb"\a", rb"\U0041", b"\\", rb"\ ", "\\é".encode(), b'a"b', rb"\u", rb"\'"],
    "i": [b"\t", b"\x00", b"\x1f", rb"\ud800", rb"\udd1e", rb"\ud800\ud800", rb"\ud834a", rb"\udd1e\ud834", b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x80"],
}  # fmt: skip
_SHAPES = {
    "y": ["[]", "{}", "[ ]", "[null]", "[true,false]", "[[],[[]]]", '{"a":1}', '{"":0}', '{"a":1,"a":2}', '{"a":{"b":[{}]}}', '[1, "a", null]', "[[[[[[[[]]]]]]]]", '{"a\\u0000b":1}', "null", '""'],
    "n": ["[", "]", "{", "}", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]", '{"a"}', '{"a":}', "{:1}", '{"a" 1}', '{a:1}', "{'a':1}", '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}', '{1:1}', "[tru]",
          "[True]", "[nul]", "[None]", "nulL", "[}", "{]", '["a', "['a']", '{"a":"b}', "[1]]", "{}}", "[]x", "[1]//c", "/*c*/[]", "[undefined]", "<a>", "[\f1]", "[\v1]", '{"a":1}{"b":2}', '"a" "b"', "@", ""],
    "i": ["[,]", "[" * 150 + "]" * 150, "[" * 500 + "]" * 500, "[" * 100_000, '{"a":' * 500 + "1" + "}" * 500, "[1" + ",1" * 100_000 + "]"],
}  # fmt: skip


def documents() -> Iterator[tuple[str, bytes]]:
    """(name, document); none holds the end of a line."""
    for verdict, numbers in _NUMBERS.items():
        for n, number in enumerate(numbers):
            yield f"{verdict}_number_{n:02}", number.encode()
            yield f"{verdict}_number_in_array_{n:02}", b"[" + number.encode() + b"]"
    for verdict, texts in _TEXTS.items():
        for n, text in enumerate(texts):
            yield f"{verdict}_string_{n:02}", b'"' + text + b'"'
            yield f"{verdict}_string_in_array_{n:02}", b'["' + text + b'"]'
            yield f"{verdict}_string_as_key_{n:02}", b'{"' + text + b'":1}'
    for verdict, shapes in _SHAPES.items():
        for n, shape in enumerate(shapes):
            yield f"{verdict}_structure_{n:02}", shape.encode()
            yield f"{verdict}_structure_in_object_{n:02}", b'{"k": ' + shape.encode() + b"}"
