"""The same change for several modules (*opérations en lot*): chosen here, shown before it is made, undone in one go afterwards."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.offer_bulk import priced, with_hours, with_session, without_modules
from api.store.repositories.offers import What
from api.web.own_offer import OwnOffer, own_offer
from api.web.page import Page, pages, show
from api.web.pages.mon_offre_changements import Proposed, show_changes
from api.web.pages.offre import OfferName
from api.web.sent import Form, Sent
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.offer import Modality, Offer, Session
from reports.language import say
from reports.library_wording import label

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
_FIELDS = ("faire", "pourcent", "modalite", "heures", "debut", "fin", "par-semaine", "places", "lieu")


class BulkPage(Page):
    """The choice of modules, and of what to do with all of them."""

    template: ClassVar[str] = "pages/offre/lot.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    modules: tuple[tuple[str, Said], ...] = Field(description="Les modules : identifiant, intitulé.")
    chosen: tuple[str, ...] = Field(description="Ceux qui sont cochés.")
    modalities: tuple[tuple[str, Said], ...] = Field(description="Les modalités : valeur, mots.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/offre/{name}/lot")
def ask_operation(request: Request, permit: Writing, name: OfferName) -> Response:
    """Ask which modules, and what to do."""
    found = own_offer(permit, name)
    everything = tuple(one.id for one in found.offer.modules)
    return _asked(request, permit, found, dict.fromkeys(_FIELDS, "") | {"faire": "prix"}, everything, {})


@router.post("/offre/{name}/lot")
def show_operation(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Show what an operation would change."""
    found = own_offer(permit, name)
    known = {one.id for one in found.offer.modules}
    chosen = tuple(one for one in form.texts("module") if one in known)
    after, key = _operated(found.offer, chosen, form)
    if not chosen:
        form.errors["module"] = say("Choisissez au moins un module.")
    if form.errors:
        return _asked(request, permit, found, form.typed(*_FIELDS), chosen, form.errors)
    back = f"{offer_address(name)}/lot"
    count = sum(one not in after.modules for one in found.offer.modules)
    return show_changes(request, permit, Proposed(after, What(key, {"count": count}), back), found)


def _operated(offer: Offer, chosen: tuple[str, ...], form: Form) -> tuple[Offer, str]:
    """The offer after the operation that a form asks for, and what it is called; the form says what can't be read."""
    asked = form.text("faire")
    if asked == "prix":
        percent = _percent(form)
        return (priced(offer, chosen, percent) if percent is not None else offer), "prices"
    if asked == "heures":
        return _with_hours(offer, chosen, form), "hours"
    if asked == "session":
        session = _session(form)
        return (with_session(offer, chosen, session) if session else offer), "sessions"
    if asked == "supprimer":
        return without_modules(offer, chosen), "modules-removed"
    form.errors["faire"] = say("Choisissez ce qu'il faut faire.")
    return offer, ""


def _with_hours(offer: Offer, chosen: tuple[str, ...], form: Form) -> Offer:
    hours, modality = form.number("heures", most=10_000), form.text("modalite")
    if hours is None:
        form.errors.setdefault("heures", say("Écrivez un nombre d'heures."))
    if modality not in set(Modality):
        form.errors["modalite"] = say("Choisissez dans la liste.")
    return offer if form.errors or hours is None else with_hours(offer, chosen, Modality(modality), hours)


def _percent(form: Form) -> float | None:
    """So many percent more or less: « 2,5 », « −10 »."""
    text = form.text("pourcent").replace("%", "").replace("−", "-").strip()
    bare = text.lstrip("+-").strip()
    read = Form({"pourcent": bare})  # type: ignore[arg-type]
    found = read.number("pourcent", most=1_000)
    form.errors |= read.errors
    if found is None:
        form.errors.setdefault("pourcent", say("Écrivez un nombre, par exemple 2,5 ou −10."))
        return None
    if text.startswith("-") and found > 100:
        form.errors["pourcent"] = say("Un prix ne baisse pas de plus de 100 %.")
        return None
    return -found if text.startswith("-") else found


def _session(form: Form) -> Session | None:
    start, end = form.day("debut"), form.day("fin")
    for name, day in (("debut", start), ("fin", end)):
        if day is None:
            form.errors.setdefault(name, say("Écrivez un jour, par exemple 31/12/2027."))
    weekly, seats = form.number("par-semaine", least=0.25, most=80), form.number("places", most=100_000)
    if start and end and end < start:
        form.errors["fin"] = say("La session finit avant de commencer.")
    if form.errors or start is None or end is None:
        return None
    count = None if seats is None else int(seats)
    return Session(id="s1", start=start, end=end, weekly_hours=weekly, seats=count, place=form.text("lieu") or None)


def _asked(
    request: Request,
    permit: Permit,
    found: OwnOffer,
    typed: dict[str, str],
    chosen: tuple[str, ...],
    errors: dict[str, str],
) -> Response:
    page = BulkPage(
        address=offer_address(found.offer.id),
        name=found.offer.title,
        modules=tuple((one.id, one.title) for one in found.offer.modules),
        chosen=chosen,
        modalities=tuple((one.value, label(one)) for one in Modality),
        typed=typed,
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
