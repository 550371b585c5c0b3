"""Choosing a certification by what people call it (*choisir un diplôme*): a title, an old name, a code of the national directories.

What answers is gathered by certification, the version in force first: few people know that a title has versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import Field

from api.services.catalogue import folded
from api.store.repositories.search import Search
from referentials.absence import UnknownReference
from referentials.contents import squeezed
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Block, Kind, Referential, State
from referentials.provenance import Value
from reports.library_wording import label, window

_HITS = 120
_CODE_ALONE = 1


class Version(Value):
    """One version of a certification."""

    ref: str = Field(description="Sa référence.")
    dates: str = Field(description="Quand elle vaut, en mots.")
    current: bool = Field(description="Vrai quand elle est en vigueur.")


class Part(Value):
    """One block."""

    ref: str = Field(description="Sa référence.")
    code: str = Field(description="Son code.")
    title: str = Field(description="Son intitulé ; vide : non connu.")


class Choice(Value):
    """A certification that somebody may mean."""

    id: str = Field(description="Son identifiant.")
    title: str = Field(description="Son intitulé.")
    short_title: str = Field(description="Son sigle ; vide : aucun.")
    kind: str = Field(description="Sa nature, en mots.")
    level: int | None = Field(description="Son niveau ; vide : non connu.")
    codes: tuple[str, ...] = Field(description="Ses codes au répertoire national.")
    is_read: bool = Field(description="Faux pour une fiche nommée par une passerelle, que personne n'a lue.")
    versions: tuple[Version, ...] = Field(description="Ses versions, celle en vigueur d'abord, puis les plus récentes.")
    parts: tuple[Part, ...] = Field(description="Les blocs, de la première version, qui répondent eux-mêmes.")

    @property
    def ref(self) -> str:
        """The version to propose first."""
        return self.versions[0].ref

    @property
    def current(self) -> bool:
        """Whether one can still aim at it."""
        return self.versions[0].current


def choices(
    search: Search, library: Library, text: str, on: date, most: int, *, whole: bool = False
) -> tuple[Choice, ...]:
    """The certifications that answer some words, the nearest first.

    Parameters
    ----------
    search : Search
        What whoever asks may find.
    most : int
        How many, at most.
    whole : bool
        Only what answers as a whole; otherwise a block leads to its certification too.
    """
    kinds = ("referential",) if whole else ("referential", "block")
    refs = [hit.ref for hit in search.find(text, kinds, limit=_HITS)] or list(_coded(library, text))
    grouped: dict[str, list[str]] = {}
    for ref in refs:
        grouped.setdefault(ref.partition("@")[0], []).append(ref)
    own = {identifier: [ref for ref in named if _answers(library, ref, text)] for identifier, named in grouped.items()}
    found = (_choice(library, identifier, own[identifier], on) for identifier in list(grouped)[:most])
    return tuple(one for one in found if one is not None)


def _answers(library: Library, ref: str, text: str) -> bool:
    """Whether a block answers by its own code and title, and not by the name of its certification."""
    if "/" not in ref:
        return False
    block = library.find(ref)
    names = folded(f"{block.code} {block.title or ''}") if isinstance(block, Block) else ""
    codes = {squeezed(one.code) for one in block.codes} if isinstance(block, Block) else set()
    return squeezed(text) in codes or all(word in names for word in folded(text).split())


def _coded(library: Library, text: str) -> Iterable[str]:
    return library.by_code(text) if len(text.split()) == _CODE_ALONE else ()


def choice_of(library: Library, identifier: str, on: date) -> Choice:
    """A certification by its identifier.

    Raises
    ------
    UnknownReference
        There is none.
    """
    found = _choice(library, identifier, (), on)
    if found is None:
        raise UnknownReference(identifier, library.near(identifier))
    return found


def _choice(library: Library, identifier: str, named: Iterable[str], on: date) -> Choice | None:
    try:
        items = _latest_first(library, identifier, on)
    except (UnknownReference, FileProblem):
        return None
    first = items[0]
    return Choice(
        id=identifier,
        title=first.title,
        short_title=first.short_title or "",
        kind=label(first.kind),
        level=first.level,
        codes=tuple(code.code for code in (*first.codes.rncp, *first.codes.rs)),
        is_read=first.state is not State.NAMED,
        versions=tuple(version_of(library, item, on) for item in items),
        parts=tuple(part for part in parts_of(first) if part.ref in set(named)),
    )


def _latest_first(library: Library, identifier: str, on: date) -> list[Referential]:
    items = list(reversed(library.versions(identifier)))
    return sorted(items, key=lambda item: not library.is_in_force(item, on))


def version_of(library: Library, item: Referential, on: date) -> Version:
    """A version, as one chooses it."""
    return Version(ref=item.key, dates=window(item.valid), current=library.is_in_force(item, on))


def parts_of(item: Referential) -> Iterator[Part]:
    """The blocks of a version."""
    for block in item.known_blocks:
        yield part_of(f"{item.key}/{block.code}", block)


def part_of(ref: str, block: Block) -> Part:
    """A block, as one chooses it."""
    return Part(ref=ref, code=block.code, title=block.title or "")


def is_framework(item: Referential) -> bool:
    """Whether a version lists competencies and awards nothing."""
    return item.kind is Kind.CADRE_DE_COMPETENCES
