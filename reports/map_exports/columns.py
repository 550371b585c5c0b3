"""The columns of the national map (*colonnes de la carte*): one line per passage, or one per chain of rights.

Each column has a name for programs, a title for people and what it reads; lists stay lists until a file has to flatten them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pathways.national_map import Chain, Passage, Row
from referentials.rights import Recognition
from reports.language import to_say
from reports.library_wording import source
from reports.map_wording import cautions

Named = Callable[[str], str]
"""The title of a version, by its key."""


class Texts(NamedTuple):
    """What a map needs besides itself to be read: titles and rights."""

    title: Named
    rights: Mapping[str, Recognition]

    def where(self, names: Iterable[str]) -> tuple[str, ...]:
        """The texts and articles of some rights, each once."""
        return tuple(dict.fromkeys(source(self.rights[name].source) for name in names if name in self.rights))


class Column(NamedTuple):
    """One column: its name, its title as a sentence to say, the type of its values, what it reads."""

    name: str
    title: str
    kind: type
    read: Callable[[Any, Texts], Any]


def _of(name: str, title: str, kind: type) -> Column:
    return Column(name, title, kind, lambda one, _texts: getattr(one, name))


_ENDS = (
    _of("start", to_say("Départ"), str),
    Column("start_title", to_say("Intitulé du départ"), str, lambda one, texts: texts.title(one.start)),
    _of("target", to_say("Arrivée"), str),
    Column("target_title", to_say("Intitulé de l'arrivée"), str, lambda one, texts: texts.title(one.target)),
)

PASSAGES = (
    *_ENDS,
    _of("whole", to_say("Cible entière"), bool),
    _of("blocks", to_say("Blocs de droit"), tuple),
    _of("chained", to_say("Dont par enchaînement de droits"), tuple),
    _of("competencies", to_say("Compétences de droit"), int),
    _of("depth", to_say("Droits qui s'enchaînent"), int),
    _of("entry_waived", to_say("Entrée dispensée"), bool),
    _of("remaining_blocks", to_say("Blocs restants"), int),
    _of("remaining_competencies", to_say("Compétences restantes"), int),
    _of("rights", to_say("Droits"), tuple),
    _of("exemptions", to_say("Dispenses"), tuple),
    _of("reductions", to_say("Allègements"), tuple),
)
"""What a line says of a passage."""

CHAINS = (
    *_ENDS,
    _of("facts", to_say("Donné seulement par l'enchaînement"), tuple),
    _of("direct", to_say("Donné sans enchaînement"), tuple),
    _of("through", to_say("En passant par"), tuple),
    _of("rights", to_say("Droits, dans l'ordre"), tuple),
    Column("texts", to_say("Textes et articles, dans l'ordre"), tuple, lambda one, texts: texts.where(one.rights)),
    Column("cautions", to_say("À savoir"), tuple, lambda one, _texts: cautions(one)),
)
"""What a line says of a chain."""


def columns(chains: bool) -> tuple[Column, ...]:
    """The columns of a map of chains, or of passages."""
    return CHAINS if chains else PASSAGES


def items(rows: Iterable[Row], chains: bool) -> Iterator[Passage | Chain]:
    """What a map has a line for."""
    for row in rows:
        yield from row.chains if chains else row.passages
