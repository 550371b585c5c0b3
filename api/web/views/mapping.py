"""The matrix of an offer in front of a certification (*matrice des correspondances*): a row for each module, a column for each competency.

A cell says what is known of its pair: brought by the module, brought with a whole block, suggested, refused, or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple
from urllib.parse import quote, urlencode

from pydantic import Field

from api.services.mapping import Brought, Suggestion, brought, suggestions
from api.services.mapping_changes import Pair
from api.web.sent import Form
from api.web.views.names import called
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import Finding
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.offer import Module, Offer
from referentials.provenance import Value
from reports.language import say

ROWS = 100
"""Modules of one page."""
COLUMNS = 100
"""Competencies of one page: a longer certification is shown block by block."""


class Column(Value):
    """A competency at the head of a column."""

    rank: int = Field(description="Son rang, à partir de 1.")
    ref: str = Field(description="Sa référence.")
    code: str = Field(description="Son code dans le bloc.")
    title: Said = Field(description="Son intitulé en entier.")
    href: str = Field(description="Où lire les modules qui en sont proches.")


class Group(Value):
    """A block above its columns."""

    code: str = Field(description="Son code.")
    title: Said = Field(description="Son intitulé.")
    columns: tuple[Column, ...] = Field(description="Ses compétences.")


class Cell(Value):
    """What is known of a module and a competency."""

    column: int = Field(description="Le rang de la colonne, à partir de 1.")
    head: str = Field(description="Le code de la compétence.")
    value: str = Field(description="Le bloc et la compétence, que la case envoie quand elle est cochée.")
    ticked: bool = Field(description="Vrai quand le module apporte la compétence.")
    state: str = Field(description="near, no, block ; vide : rien à dire.")
    why: Said = Field(description="Ce qui fait proposer la compétence ; vide : rien.")


class Row(Value):
    """A module and its cells."""

    id: str = Field(description="Son identifiant dans l'offre.")
    field: str = Field(description="Le nom de ses cases dans le formulaire.")
    title: Said = Field(description="Son intitulé.")
    href: str = Field(description="Où lire ses suggestions.")
    cells: tuple[Cell, ...] = Field(description="Ses cases, dans l'ordre des colonnes.")


class Shown(NamedTuple):
    """What a page of the matrix is about."""

    library: Library
    offer: Offer
    version: Referential
    block: str
    page: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that have columns."""
        wanted = (one for one in self.version.known_blocks if self.block in ("", one.code))
        return tuple(one for one in wanted if any(part.title for part in one.known_competencies))

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules that have rows."""
        return self.offer.modules[(self.page - 1) * ROWS : self.page * ROWS]

    def pairs(self) -> frozenset[Pair]:
        """Every pair that has a box."""
        refs = [column.ref for group in groups(self) for column in group.columns]
        covered = {one.id: self._covered(one) for one in self.modules}
        return frozenset(Pair(one.id, ref) for one in self.modules for ref in refs if ref not in covered[one.id])

    def _covered(self, module: Module) -> frozenset[str]:
        found = brought(module, self.library)
        return found.in_blocks - found.alone


# -- addresses ----------------------------------------------------------------------------------------------------------------


def matrix_address(offer: str, target: str = "", block: str = "", page: int = 1) -> str:
    """Where the matrix is."""
    asked = {"cible": target, "bloc": block, "page": "" if page == 1 else str(page)}
    told = urlencode({name: value for name, value in asked.items() if value}, safe="@/")
    return f"{offer_address(offer)}/correspondances{'?' if told else ''}{told}"


def module_address(offer: str, module: str, target: str) -> str:
    """Where the suggestions for a module are."""
    return f"{offer_address(offer)}/correspondances/modules/{quote(module)}?{urlencode({'cible': target}, safe='@')}"


def competency_address(offer: str, ref: str) -> str:
    """Where the modules that come near a competency are."""
    return f"{offer_address(offer)}/correspondances/competence?{urlencode({'ref': ref}, safe='@/')}"


# -- what is shown ------------------------------------------------------------------------------------------------------------


def block_shown(version: Referential, asked: str) -> str:
    """The block that a page shows; none for all of them, where they are few enough."""
    codes = [one.code for one in version.known_blocks if one.known_competencies]
    if asked in codes:
        return asked
    return codes[0] if codes and sum(1 for _one in version.competencies()) > COLUMNS else ""


def groups(shown: Shown) -> tuple[Group, ...]:
    """The blocks and the competencies at the heads of the columns."""
    ranks = count(1)
    return tuple(
        Group(code=one.code, title=one.title or "", columns=tuple(_columns(shown, one, ranks))) for one in shown.blocks
    )


def _columns(shown: Shown, block: Block, ranks: Iterator[int]) -> Iterator[Column]:
    for one in block.known_competencies:
        if one.title:
            ref = f"{shown.version.key}/{block.code}/{one.code}"
            href = competency_address(shown.offer.id, ref)
            yield Column(rank=next(ranks), ref=ref, code=one.code, title=one.title, href=href)


def rows(shown: Shown, refused: Collection[Pair], ticked: Collection[Pair] | None = None) -> tuple[Row, ...]:
    """The modules and their cells; with ``ticked``, the boxes are those that somebody had ticked."""
    columns = [column for group in groups(shown) for column in group.columns]
    return tuple(_row(shown, module, columns, refused, ticked) for module in shown.modules)


def _row(
    shown: Shown, module: Module, columns: list[Column], refused: Collection[Pair], ticked: Collection[Pair] | None
) -> Row:
    has, no = brought(module, shown.library), {pair.ref for pair in refused if pair.module == module.id}
    near = {one.ref: one for one in suggestions(shown.library, shown.version, module, no)}
    typed = has.alone if ticked is None else {pair.ref for pair in ticked if pair.module == module.id}
    return Row(
        id=module.id,
        field=f"{_BOX}{module.id}",
        title=module.title,
        href=module_address(shown.offer.id, module.id, shown.version.key),
        cells=tuple(_cell(one, has, no, near, typed) for one in columns),
    )


def _cell(
    column: Column,
    has: Brought,
    no: Collection[str],
    near: Mapping[str, Suggestion],
    typed: Collection[str],
) -> Cell:
    ref, state, why = column.ref, "", ""
    if ref in has.in_blocks and ref not in has.alone:
        state = "block"
    elif ref in no and ref not in has.alone:
        state, why = "no", say("refusée")
    elif ref in near:
        state, why = "near", reason(near[ref])
    value = ref.partition("/")[2]
    return Cell(column=column.rank, head=column.code, value=value, ticked=ref in typed, state=state, why=why)


_BOX = "m:"


def ticked_in(form: Form, version: Referential) -> frozenset[Pair]:
    """The pairs whose boxes were ticked: the name of a box says the module, its value the block and the competency."""
    names = form.names(_BOX)
    return frozenset(
        Pair(name.removeprefix(_BOX), f"{version.key}/{one}") for name in names for one in form.texts(name)
    )


def value_of(pair: Pair) -> str:
    """A pair in a form."""
    return f"{pair.module}~{pair.ref}"


def pair_in(text: str) -> Pair | None:
    """The pair that a form names; None when it names none."""
    module, tilde, ref = text.partition("~")
    return Pair(module, ref) if tilde and module and ref.count("/") == 2 else None


def reason(one: Suggestion) -> str:
    """Why a competency is suggested."""
    told = say("proximité {score} sur 100", score=one.score)
    if one.words:
        return say("{told} ; mots communs : {words}", told=told, words=", ".join(one.words))
    alike = say("sens proche") if one.by_meaning else say("mots de la même famille")
    return f"{told} ; {alike}"


def problems(findings: Iterable[Finding]) -> str:
    """What keeps a change from being made, in sentences for whoever ticks boxes."""
    return " ".join(f"{one.message} {_remedy(one)}" for one in [*findings][:_MOST_PROBLEMS])


def _remedy(one: Finding) -> str:
    if one.rule == "module-sans-objet":
        return say("Laissez-lui au moins une compétence, ou dites pourquoi dans la remarque du module.")
    return one.remedy


_MOST_PROBLEMS = 3


# -- what a change does, in words ---------------------------------------------------------------------------------------------


class PairLine(Value):
    """A module and a competency, in words."""

    value: str = Field(description="Ce que le formulaire en envoie.")
    module: Said = Field(description="L'intitulé du module.")
    competency: Said = Field(description="La compétence, par son code et son intitulé.")
    why: Said = Field("", description="Ce qui la fait proposer ; vide : rien.")


def pair_lines(
    shown_in: tuple[Library, Offer], pairs: Collection[Pair], why: Mapping[Pair, str] | None = None
) -> tuple[PairLine, ...]:
    """Pairs in words, module by module in the order of the offer."""
    library, offer = shown_in
    titles = {one.id: one.title for one in offer.modules}
    order = {name: rank for rank, name in enumerate(titles)}
    return tuple(
        PairLine(
            value=value_of(pair),
            module=titles.get(pair.module, pair.module),
            competency=called(library, pair.ref),
            why=(why or {}).get(pair, ""),
        )
        for pair in sorted(pairs, key=lambda one: (order.get(one.module, len(order)), one.ref))
    )
