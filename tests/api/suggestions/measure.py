"""How good the suggestions are (*qualité des suggestions*): ``gold.csv`` → the share of matches found, and ``docs/suggestions.md``.

    python -m tests.api.suggestions.measure

Each line of the table is a text, a competency, and whether somebody who read both says that the one brings the other. A match is found in
the first three when two competencies at most that are not confirmed for the same text stand before it: those that are confirmed
would be accepted by then, and gone from the list.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from api.services import mapping, meaning, proximity
from referentials.library import Library
from referentials.model import Competency
from referentials.offer import Module

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "suggestions.md"
STUDY, RESERVE = "étude", "réserve"
FLOORS = {False: 0.80, True: 0.87}
"""The least share of matches that must be among the first three, without and with the extra ``semantic``."""
_WIDE = 10


class Pair(NamedTuple):
    """A line of the table."""

    part: str
    text: str
    words: str
    competency: str
    title: str
    goes: str
    why: str


class Ranked(NamedTuple):
    """A pair and the rank of its competency; a large one when it is not suggested."""

    pair: Pair
    rank: int
    wide: bool


def pairs() -> list[Pair]:
    """The table."""
    with (HERE / "gold.csv").open(encoding="utf-8", newline="") as file:
        return [Pair(*line) for line in list(csv.reader(file, delimiter=";"))[1:]]


@cache
def ranks() -> tuple[Ranked, ...]:
    """Every pair with its rank, as the suggestions have it now."""
    library, grouped = Library.read(), dict[tuple[str, str], list[Pair]]()
    for pair in pairs():
        grouped.setdefault((pair.text, pair.competency.partition("/")[0]), []).append(pair)
    return tuple(one for (text, key), some in grouped.items() for one in _ranked(library, text, key, some))


def _ranked(library: Library, text: str, key: str, some: list[Pair]) -> Iterable[Ranked]:
    found = mapping.ranking(library, key).all(_module(library, text))
    suggested = [one.ref for one in found if one.score >= mapping.least()]
    confirmed = {pair.competency for pair in some if pair.goes == "oui"}
    for pair in some:
        others = [ref for ref in suggested if ref not in confirmed or ref == pair.competency]
        rank = others.index(pair.competency) + 1 if pair.competency in others else 1000
        yield Ranked(pair, rank, len(found) >= _WIDE)


def _module(library: Library, text: str) -> Module:
    """The module of a line, or one that has the words of a competency."""
    item = library.find(text)
    assert isinstance(item, Module | Competency)
    return item if isinstance(item, Module) else Module(id="texte", title=item.title or "")


def share(most: int, part: str, goes: str = "oui", *, wide: bool = False) -> tuple[float, int]:
    """The share of the pairs of a part that are among the first ``most``, and how many pairs there are."""
    some = [one for one in ranks() if (one.pair.part, one.pair.goes) == (part, goes) and (one.wide or not wide)]
    return sum(one.rank <= most for one in some) / len(some), len(some)


def digest() -> str:
    """Changes when the table, or what ranks, does; not when a line is only written otherwise."""
    files = (HERE / "gold.csv", *(Path(one.__file__ or "") for one in (mapping, meaning, proximity)))
    told = re.sub(r"[\s(),]", "", "".join(file.read_text("utf-8") for file in files))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


# -- the page -----------------------------------------------------------------------------------------------------------------


def page() -> str:
    """``docs/suggestions.md``: what was measured here, and what was measured where the other extra is."""
    known = PAGE.read_text("utf-8") if PAGE.exists() else ""
    tables = {name: _kept(known, name) for name in ("words", "meaning")}
    tables["meaning" if meaning.is_installed() else "words"] = _measured()
    return _PAGE.format(digest=digest(), yes=_count("oui"), no=_count("non"), **tables)


def _kept(known: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", known, re.DOTALL)
    return found[1] if found else "not measured"


def _count(goes: str) -> int:
    return sum(pair.goes == goes for pair in pairs())


def _measured() -> str:
    rows = [
        ("matches of the study part", "oui", STUDY, False),
        ("matches of the part kept apart", "oui", RESERVE, False),
        (f"the same, where the certification has {_WIDE} competencies or more", "oui", RESERVE, True),
        ("non-matches of the study part", "non", STUDY, False),
        ("non-matches of the part kept apart", "non", RESERVE, False),
    ]
    lines = ["| | pairs | first | first three | first five |", "|---|---:|---:|---:|---:|"]
    for name, goes, part, wide in rows:
        found = [share(most, part, goes, wide=wide) for most in (1, 3, 5)]
        lines.append(f"| {name} | {found[0][1]} | " + " | ".join(f"{one:.2f}" for one, _count in found) + " |")
    return "\n".join(lines)


_PAGE = """# Suggestions of competencies

Written by `python -m tests.api.suggestions.measure`; a test fails when it no longer says what the code does (`{digest}`).

When a training body maps its modules, three to five competencies are suggested for each, with the words that bring them together
(`api/services/mapping.py`, `proximity.py`, `meaning.py`). Nothing is accepted without a person.

`tests/api/suggestions/gold.csv` has {yes} pairs of texts that match and {no} that do not, each confirmed by reading the two texts, with a
word of why. The texts are titles of modules that ship, and titles of competencies taken as a module might be called; the pairs were
chosen before anything was ranked. Every third text was kept apart: the weights and the words that count as one were chosen without it.
A match counts as found in the first three when at most two competencies that are not confirmed for the same text stand before it.
A certification of five competencies makes that easy; the third line leaves such ones out.

## Without the extra

<!-- words -->
{words}
<!-- end -->

## With the extra `semantic`

<!-- meaning -->
{meaning}
<!-- end -->

A non-match among the first three is a pair that looks alike and is not: words alone do not tell, and meaning hardly better. That is why
a person decides, and why a refusal is remembered. On these texts the extra changes little: it finds some matches that have no word in
common, and proposes more that are none.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
