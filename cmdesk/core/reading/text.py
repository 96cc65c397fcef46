"""From bytes to text: which encoding a file is in, and its lines."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from charset_normalizer import from_bytes

from cmdesk.core.errors import ImportProblem
from cmdesk.core.reading.alphabets import latin
from cmdesk.core.reading.limits import Limits, over
from cmdesk.core.reading.names import shown
from cmdesk.core.reading.store import CHUNK, Store
from cmdesk.core.text import N_, _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_NO_ALPHABETS = ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7")
_SAMPLE = 1 << 18
_BATCH = 1 << 16  # characters


def unicode_encoding(head: bytes) -> tuple[str, int]:
    """(encoding, length of its byte order mark) of a Unicode text, by the mark or by where its first bytes are NUL; "utf-8" if neither."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    nul = tuple(byte == 0 for byte in head[:4])
    by_nul = {
        (False, True, True, True): "utf-32-le", (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le", (True, False, True, False): "utf-16-be",
        (False, True): "utf-16-le", (True, False): "utf-16-be",
    }  # fmt: skip
    return by_nul.get(nul, "utf-8"), 0


def detect(store: Store, name: str) -> tuple[str, int, str]:
    """(encoding, length of the byte order mark, what to tell the user or "") of a text entry. Reads the whole entry once: mark, then strict
    UTF-8, then UTF-16 by its NUL bytes, then Windows-1252, unless a second opinion finds another alphabet in it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    good = bad = 0
    sample = b""
    for number, chunk in enumerate(store.chunks(name)):
        if number == 0:
            encoding, mark = unicode_encoding(chunk[:8])
            if mark or encoding != "utf-8":
                return encoding, mark, ""
        if bad == 0 and _valid(decoder, chunk):
            continue
        text = chunk.decode("utf-8", "surrogateescape")
        wrong = sum("\udc80" <= character <= "\udcff" for character in text)
        bad += wrong
        good += sum(character > "\x7f" for character in text) - wrong
        if len(sample) < _SAMPLE:
            sample += chunk[:_SAMPLE]
    if not bad and _valid(decoder, b"", final=True):
        return "utf-8", 0, ""
    if good > bad:
        return "utf-8", 0, N_("some lines are not UTF-8, as the others are")
    encoding = _second_opinion(sample)
    return (
        encoding,
        0,
        N_("the text is not UTF-8 and was read as {encoding}; if letters look wrong, choose the encoding").format(encoding=encoding),
    )


def _valid(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _second_opinion(sample: bytes) -> str:
    """cp1252, unless the text does not fit it, another alphabet than the Latin one is found, or its letters are those of another language."""
    best = from_bytes(sample).best()
    if best is not None and any(
        word in alphabet for alphabet in best.alphabets for word in ("Cyrillic", "Greek", "Hebrew", "Arabic", "CJK")
    ):
        return str(best.encoding)
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return str(best.encoding) if best is not None else "latin-1"
    return latin(sample)


def known_encoding(name: str) -> str:
    """The codec named `name`; raises ImportProblem for one that Python does not know or that is no alphabet (base64, rot13 …)."""
    try:
        found = codecs.lookup(name).name
        if found in _NO_ALPHABETS or not isinstance(b"a\0".decode(found, "replace"), str):
            raise LookupError
        return found
    except (LookupError, ValueError) as error:
        raise ImportProblem(
            _("There is no encoding named “{name}”.").format(name=name), _("Use a name such as utf-8, cp1252, utf-16 or mac-roman.")
        ) from error


class _Raw(io.RawIOBase):
    """Chunks as a file, so that the standard library can cut them into lines."""

    def __init__(self, chunks: Iterable[bytes], skip: int) -> None:
        self._chunks = iter(chunks)
        self._rest = b""
        self._skip = skip

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest, self._skip = chunk[self._skip :], 0
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def lines(store: Store, name: str, encoding: str, mark: int, limits: Limits) -> Iterator[str]:
    """The lines of a text entry with their ends (LF, CR LF or CR, and nothing else that Unicode calls a line end). A byte that is wrong in
    the encoding becomes a lone surrogate (surrogateescape), so that `broken` finds its line. Memory stays flat."""
    return chain.from_iterable(batches(store, name, encoding, mark, limits))


def batches(store: Store, name: str, encoding: str, mark: int, limits: Limits) -> Iterator[list[str]]:
    """As `lines`, many at a time: what is done for each line costs more than reading it."""
    raw = io.BufferedReader(_Raw(store.chunks(name), mark), CHUNK)  # type: ignore[type-var]
    errors = "surrogateescape" if not encoding.startswith("utf-16") and not encoding.startswith("utf-32") else "replace"
    text = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
    cap = limits.line_bytes
    try:
        while piece := text.read(_BATCH):
            piece = piece if piece.endswith("\n") else piece + text.readline(cap)
            found = list(io.StringIO(piece, newline=""))
            if len(piece) >= cap and (long := next((k for k, line in enumerate(found) if len(line) >= cap), None)) is not None:
                yield found[:long]
                n = len(found[long])
                raise over(limits, "line_bytes", _("{name} holds a line of more than {n:,} characters").format(name=shown(name), n=n))
            yield found
    except UnicodeError as error:
        raise ImportProblem(
            _("{name} is not written in {encoding}.").format(name=shown(name), encoding=encoding),
            _("Leave the encoding out, or name the right one."),
        ) from error


def broken(line: str) -> bool:
    """True if the line held bytes that are wrong in its encoding."""
    if line.isascii():
        return False
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
