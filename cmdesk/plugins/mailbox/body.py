"""What the author of a mail wrote: its text without quotes, signature, footers and attachments."""

from __future__ import annotations

import binascii
import email
import email.policy
import html
import quopri
import re
from collections.abc import Iterator
from email.message import Message

import msgspec

from .headers import Header, base64, decode, parameters, raw

MOST_TEXT = 200_000  # characters of a mail's own text
_TAGS_OFF = re.compile(r"<(script|style|head)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"<(/?)blockquote\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_QUOTE = re.compile(r"[ \t]?[>|}]|[A-Za-z]{1,4}> ")
_BY = (
    r"wrote|writes|said|schrieb|schreef|écrit|a écrit|ecrit|escribió|escreveu|scrisse|ha scritto|skrev|napsal\(a\)|napisał(?:\(a\))?|kirjoitti|пишет|написал(?:\(а\))?"
)
_ATTRIBUTION = re.compile(rf"(?:.*\b(?:{_BY})\b[^.?!]*:|.*(?:写道|のメール|님이 작성)[:：]?)\s*", re.IGNORECASE)
_SAID_BY = re.compile(r".*(?:<[^<>]*(?:@| at )[^<>]*>|\d{1,2}:\d\d).*:\s*")  # "2016-04-14 11:06 GMT+02:00 Ann <ann at example.org>:"
_OPENS_ATTRIBUTION = re.compile(r"(?:(?:On|Am|Op|Le|El|Il|Em|Den|At|Dnia) .*(?:\d|<)|\d{4}-\d\d-\d\d )", re.IGNORECASE)
_BELOW = re.compile(
    r"-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Oorspronkelijk bericht|Message d'origine|Mensaje original"
    r"|BEGIN PGP (?:SIGNATURE|MESSAGE)|BEGIN PGP PUBLIC KEY BLOCK|Begin forwarded message|Doorgestuurd bericht|next part)\s*-*|-{10,} next part -{10,}|_{30,}|Begin forwarded message:|\[\[alternative HTML version deleted\]\]",
    re.IGNORECASE,
)
_SIGNATURE = ("-- ", "--", "—")
_UUENCODED = re.compile(r"begin(?:-base64)? [0-7]{3,4} \S")
_SIGNED = re.compile(r"-{5}BEGIN PGP SIGNED MESSAGE-{5}|Hash: (?:SHA|MD|RIPEMD)\S*\s*")
_FOOTER = re.compile(r"_{20,}|-{30,}|={30,}")
_MARKS = "-_=[Bb—"
_FOOTER_LINES = 12
_HASH = re.compile(r"#(?=\w)")


class Body(msgspec.Struct):
    """`text` is what the author wrote; `attachments` the kinds of the files with it ("*.pdf"); `why` says what could not be read."""

    text: str = ""
    attachments: list[str] = []
    why: str = ""


def read(header: Header, data: bytes, begin: int, depth: int) -> Body:
    """The body of the mail `data` that begins at `begin`; parts lie at most `depth` deep."""
    kind, said = parameters(raw(header, "content-type"))
    if kind.startswith(("multipart/", "message/")):
        return _parts(data, depth)
    how = raw(header, "content-transfer-encoding").lower()
    place = raw(header, "content-disposition").lower()
    if (kind and not kind.startswith("text/") and "/" in kind) or place.startswith("attachment"):
        return Body(attachments=[_suffix(said.get("name", ""), kind)])
    content = _unpacked(data[begin:], how)
    if content is None:
        return Body(why="base64")
    return Body(own_words(_text(content, kind, said.get("charset", ""))))


def _parts(data: bytes, depth: int) -> Body:
    """The first text of a mail of several parts."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        found = list(_leaves(message, depth))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return Body(why="parts")
    body = Body(why="" if all(part is not None for part in found) else "depth")
    texts: dict[str, str] = {}
    for part in found:
        if part is None:
            continue
        kind, said = parameters(_field(part, "content-type") or "text/plain")
        name = said.get("name", "") or parameters(_field(part, "content-disposition"))[1].get("filename", "")
        if kind in ("text/plain", "text/html") and not name and not _field(part, "content-disposition").lower().startswith("attachment"):
            payload = part.get_payload()
            if kind not in texts and isinstance(payload, str):
                content = _unpacked(payload.encode("utf-8", "surrogateescape"), _field(part, "content-transfer-encoding").lower())
                if content is None:
                    body.why = "base64"
                else:
                    texts[kind] = _text(content, kind, said.get("charset", ""))
        else:
            body.attachments.append(_suffix(name, kind))
    body.text = own_words(texts.get("text/plain") or texts.get("text/html", ""))
    return body


def _leaves(message: Message, depth: int) -> Iterator[Message | None]:
    """The parts that have no parts, without those of attached mails; None for one that lies too deep."""
    waiting = [(message, 0)]
    while waiting:
        part, level = waiting.pop()
        inside = part.get_payload()
        if not isinstance(inside, list):
            yield part
        elif level >= depth:
            yield None
        elif part.get_content_maintype() == "message" and level:
            continue
        else:
            waiting += [(one, level + 1) for one in reversed(inside) if isinstance(one, Message)]


def _field(part: Message, name: str) -> str:
    value = part.get(name, "")
    return str(value).replace("\n", " ").replace("\r", " ").strip()


def _unpacked(content: bytes, how: str) -> bytes | None:
    if how == "quoted-printable":
        try:
            return quopri.decodestring(content)
        except (binascii.Error, ValueError):
            return content
    return base64(content) if how == "base64" else content


def _text(content: bytes, kind: str, charset: str) -> str:
    text = decode(content, charset)
    return html_text(text) if kind == "text/html" else text


def html_text(text: str) -> str:
    """A page as text, without what it quotes."""
    text = _BREAK.sub("\n", _TAGS_OFF.sub(" ", _unquoted(text[: 5 * MOST_TEXT])))
    return html.unescape(_TAG.sub("", text))


def _unquoted(text: str) -> str:
    kept, depth, place = [], 0, 0
    for found in _BLOCK.finditer(text):
        if not depth:
            kept.append(text[place : found.start()])
        depth, place = max(depth + (-1 if found[1] else 1), 0), found.end()
    return " ".join(kept) + ("" if depth else text[place:])


def own_words(text: str) -> str:
    """`text` without quoted lines, the line that introduces them, the signature and what programs put below. A "#" is taken off its word:
    in mail it begins a comment or a number, not a tag."""
    lines = text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    quoting = False
    for place, line in enumerate(lines):
        first = line[:1]
        if first in _MARKS and _ends(line, bool(kept) and place > len(lines) - _FOOTER_LINES):
            break
        if (first in "> |}" or "> " in line[:6]) and _QUOTE.match(line):
            if not quoting:
                _drop_attribution(kept)
            quoting = True
            continue
        quoting = False
        if first not in "-H" or not _SIGNED.fullmatch(line):
            kept.append(line)
    if len(kept) < len(lines):
        _drop_attribution(kept)
    own = "\n".join(kept).strip()
    return _HASH.sub("# ", own) if "#" in own else own


def _ends(line: str, near_end: bool) -> bool:
    """True for a line below which nothing is the author's own."""
    if line in _SIGNATURE or _BELOW.match(line) or _UUENCODED.match(line):
        return True
    return near_end and _FOOTER.fullmatch(line.strip()) is not None


def _drop_attribution(kept: list[str]) -> None:
    """Take "On Monday, Ann wrote:" off the end, also where it runs over two or three lines."""
    blank = 0
    while kept and not kept[-1].strip():
        kept.pop()
        blank += 1
    if kept and (_ATTRIBUTION.fullmatch(kept[-1][-400:]) or _SAID_BY.fullmatch(kept[-1][-400:])):
        whole = kept.pop()
        for _ in range(2):
            if _OPENS_ATTRIBUTION.match(whole) or not kept or not kept[-1].strip() or not _OPENS_ATTRIBUTION.match(kept[-1]):
                break
            whole = kept.pop()
    elif blank:
        kept.append("")


def _suffix(name: str, kind: str) -> str:
    """The kind of an attachment by the end of its name, else by its type; never the name, which may say who is meant."""
    end = name.rpartition(".")[2].lower()
    if "." in name and 0 < len(end) <= 8 and end.isalnum() and end.isascii():
        return f"*.{end}"
    return kind if len(kind) <= 60 and kind.isascii() and kind.isprintable() else "?"
