"""Sixty modules and sixty competencies that nobody teaches, for the matrix: their words come from two short lists."""

from datetime import date

from api.store.scope import Scope
from api.store.unit_of_work import Store
from referentials.model import Referential
from referentials.offer import Offer

_ACTS = ("Accueillir", "Animer", "Concevoir", "Évaluer", "Organiser", "Présenter")
_THINGS = (
    "un atelier", "une visite", "un potager", "une exposition", "un concert", "une bibliothèque", "un refuge", "une cuisine",
    "un jardin", "une traversée",
)  # fmt: skip
SIXTY = Referential.model_validate(
    {
        "id": "soixante",
        "version": "2027",
        "title": "Soixante compétences",
        "kind": "parcours-de-formation",
        "confidence": "to_confirm",
        "blocks": [
            {
                "code": f"B{rank}",
                "title": act,
                "competencies": [
                    {"code": f"C{rank}.{n}", "title": f"{act} {thing}"} for n, thing in enumerate(_THINGS, 1)
                ],
            }
            for rank, act in enumerate(_ACTS, 1)
        ],
    }
)
OFFER = Offer.model_validate(
    {
        "id": "soixante-modules",
        "title": "Soixante modules",
        "body": {"name": "La Fabrique des essais"},
        "confidence": "to_confirm",
        "modules": [
            {
                "id": f"m{rank}-{n}",
                "title": f"{act} {thing}, en groupe",
                "develops": [f"soixante@2027/B{rank}/C{rank}.1"],
            }
            for rank, act in enumerate(_ACTS, 1)
            for n, thing in enumerate(_THINGS, 1)
        ],
    }
)


def settle_sixty(store: Store, organisation: str) -> None:
    """The certification, published in an organisation, and its offer."""
    with store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        room.published.publish(SIXTY, on=date(2027, 1, 4), reason="essai")
        room.offers.write(OFFER, OFFER.title)
