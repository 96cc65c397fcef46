"""The files of robustness F, made by code: case → (content, what the import must say)."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.plugins.mailbox.builder import LINE, mail

Expect = dict[str, object]
"""What is checked: used, left_out, set_aside (records), posts (stored), or refused."""

TWO = {"used": 2}
ONE = {"used": 1}


def nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return (LINE + "From: ann@example.org\nDate: Thu, 07 Mar 2024 10:00:00 +0100\nMessage-ID: <deep@x>\n" + head).encode() + b"\nHello\n"


def attachment(size: int) -> bytes:
    parts = (
        "--x\nContent-Type: text/plain\n\nSee the film\n--x\nContent-Type: video/mp4; name=film.mp4\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename=film.mp4\n\n"
    )
    film = (b"A" * 76 + b"\n") * (size // 77)
    return mail(1, parts, Content_Type="multipart/mixed; boundary=x").rstrip(b"\n") + b"\n\n" + film + b"--x--\n\n" + mail(2)


def parts(kind: str, name: str, content: bytes = b"\x00\x01") -> bytes:
    body = f"--x\nContent-Type: text/plain\n\nHello?\n--x\nContent-Type: {kind}; name={name}\nContent-Transfer-Encoding: base64\n\n"
    return mail(1, body + base64.b64encode(content).decode() + "\n--x--", Content_Type="multipart/signed; boundary=x")


CASES: dict[str, tuple[Callable[[], bytes], Expect]] = {
    "F01": (lambda: mail(1, "I said\n\nFrom now on we meet on Monday.\nFrom there: to here\n\nFrom me, bye") + mail(2), TWO),
    "F02": (lambda: mail(1, ">From here we go?") + mail(2), TWO),
    "F03": (lambda: mail(1, line=""), ONE),
    "F04": (lambda: mail(1, "x\n\n" + LINE + "To: nobody\n\nend", Content_Length=str(len("x\n\n" + LINE + "To: nobody\n\nend\n"))) + mail(2), TWO),
    "F04_wrong": (lambda: mail(1, Content_Length="3") + mail(2, Content_Length="999"), TWO),
    "F05": (lambda: mail(1, "caf\udce9", Content_Type="text/plain; charset=klingon-8") + mail(2, Content_Type="text/plain; charset=base64"), TWO),
    "F06": (lambda: mail(1, sender="Jos\udce9 <jose@example.org>") + mail(2, Subject="na\udcefef"), TWO),
    "F07": (lambda: mail(1, Subject="=?utf-8?B?SGkKQmNjOiB4QGV4YW1wbGUub3Jn?="), ONE),
    "F08": (lambda: mail(1, Subject="a\0b", sender="An\0n <ann@example.org>"), ONE),
    "F09": (lambda: mail(1, key="<") + mail(2, key="<<>>") + mail(3, key=" "), {"used": 3}),
    "F10": (lambda: nested(2_000) + b"\n" + mail(2), TWO),
    "F10_depth": (lambda: nested(60) + b"\n" + mail(2), TWO),
    "F11": (lambda: mail(1, To="(" * 5_000), ONE),
    "F12": (lambda: mail(1, To=", ".join(f"p{n}@example.org" for n in range(10_500))), ONE),
    "F13": (lambda: mail(1, date="99 Jan 2024 99:99:99") + mail(2, date="Thu, 07 Mar 2024 10:00:00 +9999") + mail(3, date="Thu, 07 Mar 2024 10:00:00 -0000"), {"used": 3}),
    "F14": (lambda: mail(1, date="Thu, 07 Mar 49 10:00:00 +0000") + mail(2, date="Thu, 07 Mar 96 10:00:00 +0000"), TWO),
    "F15": (lambda: mail(1, date="-") + mail(2, date="Thu, 07 Mar 2199 10:00:00 +0000"), TWO),
    "F15_alone": (lambda: mail(1, date="Thu, 07 Mar 2199 10:00:00 +0000", line="", Subject="x"), {"used": 0, "set_aside": 1}),
    "F16": (lambda: mail(1, "SGVsbG8!!! this is not base64", Content_Transfer_Encoding="base64"), ONE),
    "F17": (lambda: attachment(60 << 20), TWO),
    "F18": (lambda: mail(1, In_Reply_To="<m2@example.org>") + mail(2, In_Reply_To="<m1@example.org>", References="<m1@example.org> <m2@example.org>") + mail(3, In_Reply_To="<m3@example.org>"), {"used": 3}),
    "F19": (lambda: mail(1) + mail(1) + mail(1, "Other words"), {"used": 1, "left_out": {"repeated_messages": 2}}),
    "F20": (lambda: mail(1, sender='"bob@example.org" <ann@example.org>') + mail(2, sender="ann@example.org (<bob@example.org>)") + mail(3, sender="<ann@example.org> bob@example.org"), {"used": 3}),
    "F21": (lambda: parts("application/ms-tnef", "winmail.dat"), ONE),
    "F22": (lambda: parts("application/pkcs7-signature", "smime.p7s") + mail(2, "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"), TWO),
    "F23": (lambda: mail(1, Subject="x" * (1 << 20)) + mail(2), {"used": 1, "set_aside": 1}),
    "empty": (lambda: b"", {"refused": True}),
    "not_mail": (lambda: b"From here to there\nit is far\n" * 50, {"refused": True}),
    "no_sender": (lambda: mail(1, sender="-", line="From MAILER-DAEMON Thu Mar  7 10:00:00 2024\n"), {"used": 0, "set_aside": 1}),
}  # fmt: skip
