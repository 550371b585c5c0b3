"""What a change does to an offer (*changements*): modules added, removed, changed, field by field, before and after.

A field of one value shows it twice; a field of several shows only what goes and what comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from api.web.views.names import called, lines
from api.web.views.offers import session_in_words
from api.web.views.said import Said
from referentials.library import Library
from referentials.offer import Module, Offer, Session
from referentials.provenance import Value
from reports.language import say
from reports.library_wording import at_level, label, source, window
from reports.wording import euros, hours

Told = dict[str, tuple[str, ...]]
"""The words of each field, by its name; several for a field of several values."""


class FieldChange(Value):
    """A field that changes."""

    name: Said = Field(description="Le champ.")
    before: tuple[Said, ...] = Field(
        description="Ce qui s'en va ; rien : le champ était vide, ou garde ce qu'il avait."
    )
    after: tuple[Said, ...] = Field(description="Ce qui vient ; rien : le champ devient vide, ou n'y gagne rien.")


class ModuleChange(Value):
    """A module that comes, goes, or changes."""

    sort: str = Field(description="`added`, `removed` ou `changed`.")
    title: Said = Field(description="Son intitulé.")
    fields: tuple[FieldChange, ...] = Field(description="Ses champs ; d'un module retiré, aucun.")


class OfferChanges(Value):
    """All that changes in an offer."""

    fields: tuple[FieldChange, ...] = Field(description="Ce qui change de l'offre elle-même.")
    modules: tuple[ModuleChange, ...] = Field(description="Ce qui change des modules.")
    moved: bool = Field(description="Vrai quand l'ordre des modules change.")

    @property
    def none(self) -> bool:
        """Whether nothing changes."""
        return not (self.fields or self.modules or self.moved)


def offer_changes(before: Offer | None, after: Offer, library: Library) -> OfferChanges:
    """What becomes of an offer; of none, all of it is new."""
    old = {one.id: one for one in before.modules} if before else {}
    new = {one.id: one for one in after.modules}
    stay = [one for one in new if one in old]
    return OfferChanges(
        fields=field_changes(_offer_told(before) if before else {}, _offer_told(after)),
        modules=tuple(_module_changes(old, new, library)),
        moved=stay != [one for one in old if one in new],
    )


def _module_changes(old: dict[str, Module], new: dict[str, Module], library: Library) -> Iterator[ModuleChange]:
    for name, module in new.items():
        known = old.get(name)
        if known == module:
            continue
        found = field_changes(module_told(known, library) if known else {}, module_told(module, library))
        if known is None:
            yield ModuleChange(sort="added", title=module.title, fields=found)
        elif found:
            yield ModuleChange(sort="changed", title=known.title, fields=found)
    for name, module in old.items():
        if name not in new:
            yield ModuleChange(sort="removed", title=module.title, fields=())


def field_changes(before: Told, after: Told) -> tuple[FieldChange, ...]:
    """The fields that two things do not fill alike."""
    return tuple(
        FieldChange(
            name=name,
            before=tuple(one for one in before.get(name, ()) if one not in after.get(name, ())),
            after=tuple(one for one in after.get(name, ()) if one not in before.get(name, ())),
        )
        for name in before | after
        if set(before.get(name, ())) != set(after.get(name, ()))
    )


# -- the words of each field --------------------------------------------------------------------------------------------------


def module_told(module: Module, library: Library) -> Told:
    """The words of every field of a module that says something."""
    return {name: words for name, words in _module_fields(module, library) if any(words)}


def _module_fields(module: Module, library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield say("Intitulé"), (module.title,)
    for one in module.hours.modalities if module.hours else ():
        assert module.hours is not None
        yield say("Heures {modality}", modality=label(one)), (hours(getattr(module.hours, one.value)),)
    yield say("Prix par personne"), () if module.price is None else (euros(module.price),)
    yield say("Prix par personne en groupe"), () if module.group_price is None else (euros(module.group_price),)
    yield say("Blocs préparés en entier"), tuple(called(library, ref) for ref in module.prepares)
    developed = (at_level(called(library, one.competency), one.level) for one in module.develops)
    yield say("Compétences"), tuple(developed)
    yield say("Évaluations comprises"), tuple(called(library, ref) for ref in module.includes_assessment)
    asked = (" " * 2 * one.depth + one.text for one in lines(library, module.requires))
    yield say("Il faut d'abord"), tuple(asked)
    yield say("Sessions"), tuple(_session_told(one) for one in module.sessions)
    yield say("Langues"), (", ".join(module.languages),)
    yield say("Proposé"), (window(module.available),) if module.available else ()
    yield say("Éligible au CPF"), _yes_or_no(module.funding.cpf)
    yield say("Autre financement"), (module.funding.note or "",)
    yield say("Confiance"), (label(module.confidence),) if module.confidence else ()
    yield say("Inventé pour la démonstration"), _yes_or_no(module.illustrative or None)
    yield say("Remarque"), (module.note or "",)


def _session_told(one: Session) -> str:
    parts = (one.id, session_in_words(one), label(one.modality) if one.modality else "", " ".join(one.days))
    return ", ".join(filter(None, parts))


def _offer_told(offer: Offer) -> Told:
    place = offer.body.location
    found: Told = {
        say("Nom de l'offre"): (offer.title,),
        say("Organisme de formation"): (offer.body.name,),
        say("SIRET"): (offer.body.siret or "",),
        say("Lieu"): (" ".join(filter(None, (place.postcode, place.city))),) if place else (),
        say("Confiance"): (label(offer.confidence),),
        say("Inventée pour la démonstration"): _yes_or_no(offer.illustrative or None),
        say("Remarque"): (offer.note or "",),
        say("Sources"): tuple(source(one) for one in offer.sources),
    }
    return {name: words for name, words in found.items() if any(words)}


def _yes_or_no(value: bool | None) -> tuple[str, ...]:
    return () if value is None else (say("oui") if value else say("non"),)
