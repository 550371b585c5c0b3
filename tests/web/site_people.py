"""Who has an account on the site of the tests; none of them exists."""

from api.auth.passwords import hashed
from api.store.scope import Scope
from api.store.tables import Role
from api.store.unit_of_work import Store
from referentials.offer import Offer

PASSWORD = "quatre bateaux et un phare"
PROFESSIONAL = "professionnelle@exemple.fr"
ADVISER = "conseillere@exemple.fr"
TRAINER = "organisme@exemple.fr"
DESIGNER = "conceptrice@exemple.fr"
ADMINISTRATOR = "administration@exemple.fr"
SERVICE = "service@exemple.fr"
"""Who administers the whole service."""
_OFFER = Offer.model_validate(
    {
        "id": "offre-d-essai",
        "title": "Offre d'essai",
        "body": {"name": "La Fabrique des essais"},
        "confidence": "to_confirm",
        "modules": [
            {
                "id": "animer",
                "title": "Animer",
                "hours": {"onsite": 21, "remote": 3.5},
                "develops": ["tp-fpa@2023/CCP2/C4"],
                "prepares": ["tp-mn@2025/CCP1"],
                "sessions": [{"id": "s1", "start": "2027-01-04", "end": "2027-02-05"}],
            }
        ],
    }
)
_ROLES = {
    PROFESSIONAL: Role.PROFESSIONAL,
    ADVISER: Role.ADVISER,
    TRAINER: Role.TRAINING_BODY,
    DESIGNER: Role.DESIGNER,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}


def settle(store: Store) -> None:
    """An organisation, with an account for each role and an offer."""
    secret = hashed(PASSWORD)
    with store.write() as unit:
        organisation = unit.directory.organisations.add("La Fabrique des essais").id
        for email, role in _ROLES.items():
            where = None if role is Role.PROFESSIONAL else organisation
            unit.directory.accounts.add(email, "Compte d'essai", [role], organisation=where, password=secret)
        unit.directory.accounts.add(SERVICE, "Compte d'essai", [Role.ADMINISTRATOR], password=secret)
        offers = unit.of(Scope(organisation=organisation)).offers
        first = offers.write(_OFFER.model_copy(update={"title": "Offre"}), "Offre")
        offers.write(_OFFER, _OFFER.title, identifier=first.id)
