"""Which fiche follows which, said by either of the two (*anciennes et nouvelles certifications*).

A fiche may name what it replaces, what replaces it, both or neither, and the two ends of a link need not agree. So all links are gathered before
the first fiche is given: in an XML file by a look at its bytes, far faster than reading it. Links that turn in circles are broken where a number
would be followed by a smaller one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from referentials.findings import Finding, warning
from referentials.registers import number_in

Link = tuple[str, str]
"""An old number and the new one that follows it."""

_CHUNK = 1 << 20
_LARGEST = 20_000_000
"""Bytes of a fiche; one that has more is refused when it is read."""
_FICHE, _OTHER = b"<FICHE>", b"<ID_FICHE_"
_TEXT = rb"\s*(?:<!\[CDATA\[)?\s*([A-Za-z]{2,4}\s?[0-9]{1,7})\s*(?:\]\]>)?\s*<"
_NUMBER = re.compile(rb"<NUMERO_FICHE>" + _TEXT)
_NAMED = re.compile(rb"<ID_FICHE_(NOUVELLE|ANCIENNE)_CERTIFICATION>" + _TEXT)


class Succession:
    """What every fiche replaces, and what replaces it; without circles."""

    def __init__(self, links: Iterable[Link], name: str) -> None:
        self._after: dict[str, set[str]] = defaultdict(set)
        self._before: dict[str, set[str]] = defaultdict(set)
        for old, new in links:
            self._after[old].add(new)
        self.findings = tuple(self._broken(name))
        for old, following in self._after.items():
            for new in following:
                self._before[new].add(old)

    def replaced_by(self, number: str) -> tuple[str, ...]:
        """The fiches that follow one."""
        return tuple(sorted(self._after.get(number, ()), key=_rank))

    def replaces(self, number: str) -> tuple[str, ...]:
        """The fiches that one follows."""
        return tuple(sorted(self._before.get(number, ()), key=_rank))

    def _broken(self, name: str) -> Iterator[Finding]:
        """Break every circle: each has a link from a number to a smaller one, or to itself."""
        backwards = [(old, new) for old in self._after for new in self._after[old] if _rank(new) <= _rank(old)]
        for old, new in sorted(backwards, key=lambda link: (_rank(link[0]), _rank(link[1]))):
            if self._leads(new, old):
                self._after[old].discard(new)
                yield warning(
                    "rncp-succession-en-boucle",
                    f"{old} et {new} se remplacent l'une l'autre : nous gardons que {old} est la plus récente."
                    if old != new
                    else f"{old} se remplace elle-même : ce lien est ignoré.",
                    "Vérifiez laquelle est encore enregistrée sur le site de France compétences.",
                    file=name,
                    path=old,
                )

    def _leads(self, start: str, end: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            current = waiting.pop()
            if current == end:
                return True
            new = self._after.get(current, set()) - seen
            seen |= new
            waiting += new
        return False


def _rank(number: str) -> tuple[int, str]:
    digits = number.lstrip("RNCPS")
    return int(digits), number


def links_in(stream: IO[bytes]) -> Iterator[Link]:
    """Every link that an XML file states, from its bytes; the stream is left at its beginning."""
    for fiches in _whole_fiches(stream):
        for found in _named(fiches):
            start = fiches.rfind(_FICHE, 0, found.start())
            own = _NUMBER.search(fiches, start, found.start()) if start >= 0 else None
            number, other = number_in(own[1].decode()) if own else None, number_in(found[2].decode())
            if number and other:
                yield (number, other) if found[1] == b"NOUVELLE" else (other, number)


def _named(fiches: bytes) -> Iterator[re.Match[bytes]]:
    """Every fiche that another one names. They are few: plain bytes are found far faster than a pattern."""
    place = fiches.find(_OTHER)
    while place >= 0:
        if found := _NAMED.match(fiches, place):
            yield found
        place = fiches.find(_OTHER, place + 1)


def _whole_fiches(stream: IO[bytes]) -> Iterator[bytes]:
    """The file by pieces that cut no fiche."""
    stream.seek(0)
    rest = b""
    while piece := stream.read(_CHUNK):
        text = rest + piece
        last = text.rfind(_FICHE)
        if last > 0:
            yield text[:last]
        rest = text[max(last, 0) :] if len(text) - last < _LARGEST else b""
    yield rest
    stream.seek(0)


def links_of(rows: Iterable[Mapping[str, str]]) -> Iterator[Link]:
    """Every link of the CSV table, whose rows have a number, an old one and a new one, each of the last two perhaps empty."""
    for row in rows:
        number = number_in(row.get("Numero_Fiche"))
        old, new = number_in(row.get("Ancienne_Certification")), number_in(row.get("Nouvelle_Certification"))
        if number and old:
            yield old, number
        if number and new:
            yield number, new
