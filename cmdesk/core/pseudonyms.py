"""Pseudonyms: a keyed code for each person and private conversation, the same within one community file and nowhere else."""

from __future__ import annotations

import hashlib
import hmac

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that are not mistaken for each other


def code(key: str, ref: str, length: int = 7, prefix: str = "P-") -> str:
    """The pseudonym of `ref` under the community's random key (hex): HMAC-SHA-256, as `prefix` and `length` signs."""
    digest = hmac.new(bytes.fromhex(key), ref.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    signs = []
    for _ in range(length):
        number, sign = divmod(number, 32)
        signs.append(_LETTERS[sign])
    return prefix + "".join(signs)
