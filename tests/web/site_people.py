"""Who has an account on the site of the tests; none of them exists."""

from api.auth.passwords import hashed
from api.store.tables import Role
from api.store.unit_of_work import Store

PASSWORD = "quatre bateaux et un phare"
PROFESSIONAL = "professionnelle@exemple.fr"
ADVISER = "conseillere@exemple.fr"
TRAINER = "organisme@exemple.fr"
DESIGNER = "conceptrice@exemple.fr"
ADMINISTRATOR = "administration@exemple.fr"
_ROLES = {
    PROFESSIONAL: Role.PROFESSIONAL,
    ADVISER: Role.ADVISER,
    TRAINER: Role.TRAINING_BODY,
    DESIGNER: Role.DESIGNER,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}


def settle(store: Store) -> None:
    """An organisation, with an account for each role."""
    secret = hashed(PASSWORD)
    with store.write() as unit:
        organisation = unit.directory.organisations.add("La Fabrique des essais").id
        for email, role in _ROLES.items():
            where = None if role is Role.PROFESSIONAL else organisation
            unit.directory.accounts.add(email, "Compte d'essai", [role], organisation=where, password=secret)
