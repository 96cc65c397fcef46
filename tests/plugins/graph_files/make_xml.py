"""The cases D of robustness.md, made by code: id → (maker, what the ledger must say, or "refused" with a word of the sentence)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_ROOT = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
NODES = '<graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
GOOD = f'<?xml version="1.0" encoding="UTF-8"?>{_ROOT}{NODES}'
_ALL = {"read": 3, "used": 3, "set_aside": 0}
Case = tuple[Callable[[], bytes], dict[str, Any]]


def _doctype(inside: str, use: str = "") -> Callable[[], bytes]:
    return lambda: f'<?xml version="1.0"?><!DOCTYPE graphml {inside}>{_ROOT}{use}{NODES}'.encode()


_LAUGHS = "[" + '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]"
_TYPE: dict[str, Any] = {"refused": "document type"}

CASES: dict[str, Case] = {
    "D01": (_doctype(_LAUGHS, "<desc>&l9;</desc>"), _TYPE),
    "D02": (_doctype('[<!ENTITY a "' + "a" * 100_000 + '">]', "<desc>" + "&a;" * 1000 + "</desc>"), _TYPE),
    "D03": (_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "<desc>&x;</desc>"), _TYPE),
    "D04": (_doctype('SYSTEM "http://127.0.0.1:9/x.dtd"'), _TYPE),
    "D05": (_doctype('[<!ENTITY % p "<!ENTITY q \'x\'>"> %p;]'), _TYPE),
    "D06": (_doctype('PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd"'), _TYPE),
    "D07": (lambda: GOOD.replace('<node id="a"/>', '<node id="a" ' + " ".join(f'x{n}="1"' for n in range(200_000)) + "/>").encode(), _ALL),
    "D08": (lambda: (_ROOT + "<graph><node id='a'>" + "<x>" * 1_000_000).encode(), {"refused": "xml_depth"}),
    "D09": (lambda: (_ROOT + "<graph><node id='a'><desc>" + "x" * (40 << 20)).encode(), {"refused": "xml_record_bytes"}),
    "D10": (lambda: GOOD.replace("UTF-8", "UTF-7").encode(), {"refused": "encoding"}),
    "D11": (lambda: GOOD.replace('id="b"', 'id="b\x00"').encode(), {"refused": "damaged"}),
    "D12": (lambda: f'<g:graphml>{NODES.replace("</graphml>", "</g:graphml>").replace("<node id=", "<y:node q:id=")}'.encode(), _ALL),
    "D13": (lambda: GOOD.replace("</graph>", '<edge source="a" target="nobody"/><edge source="a" target="a"/><node id="a"/></graph>').encode(), {"read": 6, "used": 4, "set_aside": 1}),
    "D14": (lambda: GOOD.replace("<graph ", '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><graph ').encode(), _ALL),
    "D10-EBCDIC": (lambda: GOOD.replace("UTF-8", "cp500").encode("cp500"), {"refused": "no importer recognises"}),
    "D10-UTF-16": (lambda: GOOD.replace("UTF-8", "UTF-16").encode("utf-16"), _ALL),
    "D10-latin": (lambda: GOOD.replace("UTF-8", "iso-8859-1").encode("latin-1"), _ALL),
    "D11-cut": (lambda: GOOD.encode()[:-30], {"refused": "damaged"}),
}  # fmt: skip
