"""Who may be the same person among 100,000 accounts of two sources: every pair that is worth it compared and scored."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks.table import Line
from cmdesk.core.same_person.account import Account, account
from cmdesk.core.same_person.suggestions import scored

MANY = 100_000


def lines() -> Iterator[Line]:
    """Processor seconds for all accounts, and how time grows from a fifth of them (1: straight)."""
    few, all_of_them = _seconds(MANY // 5), _seconds(MANY)
    yield Line(f"same person? among {MANY:,} accounts", f"{all_of_them:.0f} s", "", all_of_them, 20, "s")
    yield Line("same person? time a pair of sizes, five times as many", f"{all_of_them:.0f} s", f"{5 * few:.0f} s", all_of_them / (5 * few), 1.5)


def _seconds(many: int) -> float:
    people = _stated(many)
    start = time.process_time()
    scored(_accounts(people))
    return time.process_time() - start


def _accounts(people: list[tuple[int, dict[str, str]]]) -> list[Account]:
    return [account(n, f"p{source}:x/{n}", source, n, facts) for n, (source, facts) in enumerate(people)]


def _stated(many: int) -> list[tuple[int, dict[str, str]]]:
    """Source and facts of invented accounts, which are made outside of what is measured. Two of three people have an account in both sources, and three of ten of the second source tell only a handle; family names are as unequal as they are among people."""
    luck = random.Random(3)

    def word(length: int) -> str:
        return "".join(luck.choice("bcdfghklmnprstvz") + luck.choice("aeiou") for _syllable in range(length))

    given, family = [word(luck.randint(2, 3)) for _name in range(1_500)], [word(luck.randint(2, 4)) for _name in range(25_000)]
    found: list[tuple[int, dict[str, str]]] = []
    while len(found) < many:
        first = luck.choice(given)
        last = family[min(int(luck.paretovariate(0.6)) - 1, len(family) - 1)] if luck.random() < 0.4 else luck.choice(family)
        for source in (1, 2):
            if source == 1 or luck.random() < 0.7:
                name = f"{first} {last}" if luck.random() < 0.7 else f"{last}, {first}"
                email = f"{first}.{last}{luck.randint(1, 99)}@d{luck.randint(1, 50)}.example" if luck.random() < 0.5 else ""
                facts = {"name": name.title(), "handle": first[0] + last, "email": email, "unit": luck.choice(["A", "B", ""])}
                if source == 2 and luck.random() < 0.3:
                    facts.update(name="", email="")
                found.append((source, facts))
    return found[:many]
