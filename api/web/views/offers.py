"""Offers as pages show them (*offres de formation*): a line for each, and its modules with their hours, their price and what they bring."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from pydantic import Field

from api.web.views.names import Line, anchors, lines
from api.web.views.said import Anchor, Said
from referentials.library import Library
from referentials.offer import Module, Offer, Session
from referentials.provenance import Value
from reports.language import say, say_n
from reports.library_wording import label
from reports.wording import euros, from_to, hours


class OfferLine(Value):
    """An offer among others."""

    id: str = Field(description="Son identifiant.")
    href: str = Field(description="Sa page.")
    title: Said = Field(description="Son nom.")
    body: Said = Field(description="L'organisme.")
    count: int = Field(description="Combien de modules.")
    own: bool = Field(description="Vrai pour une offre de l'organisation de qui demande.")
    illustrative: bool = Field(description="Vrai pour une offre inventée.")


class ModuleSheet(Value):
    """A module of an offer."""

    id: str = Field(description="Son identifiant dans l'offre.")
    title: Said = Field(description="Son intitulé.")
    total: Said = Field(description="Les heures en tout ; vide : non connues.")
    hours: tuple[Said, ...] = Field(description="Les heures de chaque modalité.")
    price: Said = Field(description="Le prix par personne ; vide : non connu.")
    prepares: tuple[Anchor, ...] = Field(description="Les blocs préparés en entier.")
    develops: tuple[Anchor, ...] = Field(description="Les compétences.")
    assesses: tuple[Anchor, ...] = Field(description="Les blocs dont l'évaluation est comprise.")
    requires: tuple[Line, ...] = Field(description="Ce qu'il faut avant.")
    sessions: tuple[Said, ...] = Field(description="Les sessions ; aucune : départ libre.")
    note: Said = Field(description="Une remarque ; vide : aucune.")
    illustrative: bool = Field(description="Vrai pour un module inventé.")
    edit: str = Field(description="Où le modifier ; vide : pas par qui demande.")


def offer_address(identifier: str) -> str:
    """Where an offer is shown."""
    return f"/offre/{quote(identifier)}"


def offer_lines(library: Library, own: frozenset[str]) -> tuple[OfferLine, ...]:
    """Every offer: one's own first, then the real ones, then those that were made up."""
    found = [_line(offer, offer.id in own) for offer in library.offers]
    return tuple(sorted(found, key=lambda one: (not one.own, one.illustrative, one.title.casefold(), one.id)))


def _line(offer: Offer, own: bool) -> OfferLine:
    return OfferLine(
        id=offer.id,
        href=offer_address(offer.id),
        title=offer.title,
        body=offer.body.name,
        count=len(offer.modules),
        own=own,
        illustrative=offer.illustrative,
    )


def module_sheets(offer: Offer, library: Library, *, own: bool) -> tuple[ModuleSheet, ...]:
    """The modules of an offer, in its order."""
    return tuple(_sheet(offer, module, library, own) for module in offer.modules)


def _sheet(offer: Offer, module: Module, library: Library, own: bool) -> ModuleSheet:
    by_modality: Mapping[str, float] = module.hours.model_dump() if module.hours else {}
    return ModuleSheet(
        id=module.id,
        title=module.title,
        total="" if module.hours is None else hours(module.hours.total),
        hours=tuple(
            say("{modality} : {hours}", modality=label(one), hours=hours(by_modality[one.value]))
            for one in (module.hours.modalities if module.hours else ())
        ),
        price="" if module.price is None else euros(module.price),
        prepares=anchors(library, module.prepares),
        develops=anchors(library, (one.competency for one in module.develops)),
        assesses=anchors(library, module.includes_assessment),
        requires=lines(library, module.requires),
        sessions=tuple(session_in_words(one) for one in module.sessions),
        note=module.note or "",
        illustrative=offer.is_illustrative(module),
        edit=f"{offer_address(offer.id)}/modules/{quote(module.id)}" if own else "",
    )


def session_in_words(session: Session) -> str:
    """When a session takes place, where, how much a week, and for how many."""
    told = (
        from_to(session.start, session.end),
        session.place or "",
        say("{hours} par semaine", hours=hours(session.weekly_hours)) if session.weekly_hours else "",
        "" if session.seats is None else say_n("{count} place", "{count} places", session.seats),
    )
    return ", ".join(filter(None, told))
