"""What an offer says of itself (*fiche de l'offre*): its name, its body, its remark; and the end of it."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.offer_bulk import copied
from api.store.conflict import Conflict
from api.store.repositories.offers import What
from api.web.messages import go
from api.web.own_offer import OwnOffer, change, own_offer, revision_in
from api.web.page import Page, pages, show
from api.web.pages.mon_offre import ModuleName
from api.web.pages.offre import OfferName
from api.web.sent import Form, Sent
from api.web.views.offer_diff import FieldChange, offer_changes
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.offer import Location, Offer
from referentials.provenance import Confidence
from reports.language import say
from reports.library_wording import label

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
_FIELDS = ("nom", "organisme", "siret", "code-postal", "ville", "confiance", "remarque")


class OfferFormPage(Page):
    """The form of an offer."""

    template: ClassVar[str] = "pages/offre/modifier.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    count: int = Field(description="Combien de modules.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    confidences: tuple[tuple[str, Said], ...] = Field(description="Les confiances : valeur, mots.")
    revision: int = Field(description="La révision de l'offre.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    differences: tuple[FieldChange, ...] = Field(description="Ce qui diffère de ce qui est gardé.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/offre/{name}/modifier")
def ask_details(request: Request, permit: Writing, name: OfferName) -> Response:
    """The form of an offer."""
    found = own_offer(permit, name)
    return _shown(request, permit, found, _typed(found.offer), {})


@router.post("/offre/{name}/modifier")
def write_details(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Keep what an offer says of itself, or show the form again with what was asked."""
    found, typed = own_offer(permit, name), form.typed(*_FIELDS)
    _check(form, typed)
    if form.errors:
        return _shown(request, permit, found._replace(revision=revision_in(form)), typed, form.errors)
    try:
        change(permit, name, revision_in(form), lambda offer: _with(offer, typed), What("details"))
    except Conflict:
        now = own_offer(permit, name)
        differing = offer_changes(now.offer, _with(now.offer, typed), permit.library).fields
        return _shown(request, permit, now, typed, {}, differing, status=409)
    return go(offer_address(name), permit.services, "offre-changee")


@router.post("/offre/{name}/supprimer")
def delete_offer(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Delete an offer with all its modules, once the box is ticked."""
    found = own_offer(permit, name)
    if not form.has("certain"):
        errors = {"certain": say("Cochez la case : la suppression est définitive.")}
        return _shown(request, permit, found, _typed(found.offer), errors)
    try:
        with permit.writing() as room, showing(offering.offer_of):
            Shelf(room.offers).remove(name, revision_in(form))
    except Conflict:
        return _shown(request, permit, own_offer(permit, name), _typed(found.offer), {}, status=409)
    return go("/offre", permit.services, "offre-supprimee")


@router.post("/offre/{name}/modules/{module}/dupliquer")
def copy_module(permit: Writing, name: OfferName, module: ModuleName, form: Sent) -> Response:
    """Add a copy of a module, and open its form; when somebody else was faster, the module is shown as it stands."""
    found = own_offer(permit, name)
    source = offering.module_of(found.offer, module)
    _offer, copy = copied(found.offer, module, say("{title} (copie)", title=source.title))
    try:
        change(
            permit,
            name,
            revision_in(form),
            lambda offer: copied(offer, module, copy.title)[0],
            What("module-copied", {"title": source.title}),
        )
    except Conflict:
        return go(f"{offer_address(name)}/historique", permit.services, "offre-changee-ailleurs")
    return go(f"{offer_address(name)}/modules/{copy.id}", permit.services, "module-copie")


def _typed(offer: Offer) -> dict[str, str]:
    place = offer.body.location or Location()
    return {
        "nom": offer.title,
        "organisme": offer.body.name,
        "siret": offer.body.siret or "",
        "code-postal": place.postcode or "",
        "ville": place.city or "",
        "confiance": offer.confidence.value,
        "remarque": offer.note or "",
    }


def _check(form: Form, typed: dict[str, str]) -> None:
    if not typed["nom"]:
        form.errors["nom"] = say("Écrivez le nom de l'offre.")
    if not typed["organisme"]:
        form.errors["organisme"] = say("Écrivez le nom de l'organisme.")
    typed["siret"] = re.sub(r"[\s.]", "", typed["siret"])
    if typed["siret"] and not re.fullmatch(r"[0-9]{14}", typed["siret"]):
        form.errors["siret"] = say("Un SIRET a 14 chiffres ; laissez vide si vous ne l'avez pas.")
    if typed["confiance"] not in set(Confidence):
        form.errors["confiance"] = say("Choisissez dans la liste.")


def _with(offer: Offer, typed: dict[str, str]) -> Offer:
    """The offer with what the form says; all else is left as it is."""
    place = Location(postcode=typed["code-postal"] or None, city=typed["ville"] or None)
    told = {
        "name": typed["organisme"],
        "siret": typed["siret"] or None,
        "location": place if place.postcode or place.city else None,
    }
    about = {"title": typed["nom"], "confidence": Confidence(typed["confiance"]), "note": typed["remarque"] or None}
    return offer.model_copy(update={**about, "body": offer.body.model_copy(update=told)})


def _shown(
    request: Request,
    permit: Permit,
    found: OwnOffer,
    typed: dict[str, str],
    errors: dict[str, str],
    differences: tuple[FieldChange, ...] = (),
    *,
    status: int = 200,
) -> Response:
    page = OfferFormPage(
        address=offer_address(found.offer.id),
        name=found.offer.title,
        count=len(found.offer.modules),
        typed=typed,
        confidences=tuple((one.value, label(one)) for one in Confidence),
        revision=found.revision,
        conflict=status == 409,
        differences=differences,
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else status)
