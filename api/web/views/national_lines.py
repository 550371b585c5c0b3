"""Lines of the national map as a page shows them (*passerelles et enchaînements*): by name, largest first, each with its words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pydantic import Field

from api.web.views.names import bridge_address, called
from api.web.views.said import Said
from pathways.national_map import Chain, Passage
from referentials.library import Library
from referentials.provenance import Value
from reports.map_wording import cautions, chain, passage
from reports.reason_wording import proof


class PassageLine(Value):
    """What a title gives of another."""

    href: str = Field(description="La fiche de cette passerelle.")
    start: Said = Field(description="Le titre détenu.")
    target: Said = Field(description="La cible.")
    words: Said = Field(description="Ce que cela donne, et ce qui reste.")


class ChainLine(Value):
    """What only a chain of rights gives."""

    href: str = Field(description="La fiche de cette passerelle.")
    start: Said = Field(description="Le titre détenu.")
    target: Said = Field(description="La cible.")
    words: Said = Field(description="Ce que l'enchaînement donne, et par où.")
    steps: tuple[Said, ...] = Field(description="Chaque étape, avec son texte et son article.")
    cautions: tuple[Said, ...] = Field(description="Ce qu'il faut savoir.")


def passage_lines(some: Iterable[Passage], library: Library, day: str) -> tuple[PassageLine, ...]:
    """Passages by name."""
    return tuple(
        PassageLine(
            href=bridge_address(one.start, one.target, le=day),
            start=called(library, one.start),
            target=called(library, one.target),
            words=passage(one),
        )
        for one in some
    )


def chain_lines(some: Iterable[Chain], library: Library, day: str) -> tuple[ChainLine, ...]:
    """Chains by name, each step with its text."""
    return tuple(
        ChainLine(
            href=bridge_address(one.start, one.target, le=day),
            start=called(library, one.start),
            target=called(library, one.target),
            words=chain(one, partial(called, library)),
            steps=tuple(proof(step.model_copy(update={"cautions": ()})) for step in one.steps),
            cautions=cautions(one),
        )
        for one in some
    )
