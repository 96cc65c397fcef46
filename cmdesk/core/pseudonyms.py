"""Pseudonyms: a keyed code for each person, the same within one community file and nowhere else."""

from __future__ import annotations

import hashlib
import hmac

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that are not mistaken for each other


def code(key: str, ref: str, length: int = 7) -> str:
    """The pseudonym of `ref` under the community's random key (hex): HMAC-SHA-256, as "P-" and `length` signs."""
    digest = hmac.new(bytes.fromhex(key), ref.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    signs = []
    for _ in range(length):
        number, sign = divmod(number, 32)
        signs.append(_LETTERS[sign])
    return "P-" + "".join(signs)
