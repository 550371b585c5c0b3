"""What HTTP gives and takes about accounts (*comptes*), for whoever has one and for whoever administers them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from api.auth.passwords import LONGEST
from api.auth.permissions import Action
from api.store.tables import Account, ApiToken, AuditLine, Consent, LoginSession, Organisation, Role
from referentials.provenance import Value

Email = Annotated[
    str,
    Field(
        max_length=254, pattern=r"^[^@\s]+@[^@\s]+$", description="Adresse électronique.", examples=["anne@exemple.fr"]
    ),
]
Name = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"\S", description="Nom à afficher.", examples=["Anne"])
]
Password = Annotated[str, Field(max_length=LONGEST, description="Mot de passe, de 12 à 128 caractères à la création.")]
Siret = Annotated[
    str, Field(pattern=r"^\d{14}$", description="Numéro SIRET, 14 chiffres.", examples=["00000000000000"])
]


class SignIn(Value):
    """An address and a password."""

    email: Email
    password: Password


class NewName(Value):
    """Another name."""

    name: Name


class NewPassword(Value):
    """A password in place of another."""

    current: Password
    new: Password


class GivenPassword(Value):
    """A password that an administrator gives."""

    new: Password


class AccountRow(Value):
    """One account."""

    id: str
    etag: str = Field(description="À renvoyer dans If-Match pour le modifier.")
    email: str
    name: str
    organisation: str | None
    roles: tuple[Role, ...]
    disabled: bool
    created_at: datetime

    @classmethod
    def of(cls, row: Account) -> AccountRow:
        """From the row."""
        return cls(
            id=row.id,
            etag=f'"{row.revision}"',
            email=row.email,
            name=row.name,
            organisation=row.organisation_id,
            roles=tuple(sorted(row.roles)),
            disabled=row.disabled_at is not None,
            created_at=row.created_at,
        )


class Me(Value):
    """Whoever asks, and all that they may do."""

    account: AccountRow
    organisation_name: str | None
    permissions: tuple[Action, ...] = Field(description="Ce que ce compte, ou ce jeton, permet.")


class SessionRow(Value):
    """One session."""

    id: str
    opened_at: datetime
    seen_at: datetime = Field(description="Dernier usage, à cinq minutes près.")
    expires_at: datetime
    current: bool = Field(description="Vrai pour la session qui pose la question.")

    @classmethod
    def of(cls, row: LoginSession, current: str | None) -> SessionRow:
        """From the row."""
        return cls(
            id=row.id,
            opened_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            current=row.id == current,
        )


class NewToken(Value):
    """A token to issue."""

    name: Name
    scopes: tuple[Action, ...] = Field(min_length=1, max_length=len(Action), description="Ce que le jeton permettra.")
    days: int | None = Field(None, ge=1, le=3650, description="Durée ; sans elle, celle des réglages.")


class TokenRow(Value):
    """One token, without its text."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: ApiToken) -> TokenRow:
        """From the row."""
        return cls(
            scopes=tuple(row.scopes), **{name: getattr(row, name) for name in cls.model_fields if name != "scopes"}
        )


class IssuedToken(Value):
    """A new token; its text is shown this once."""

    token: TokenRow
    text: str


class ConsentOfMine(Value):
    """One agreement about a file of one's own."""

    person: str
    purpose: str
    text_version: str
    organisation: str | None = Field(
        description="L'organisme à qui il a été donné ; vide : à aucun, ou on ne sait pas."
    )
    given_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: Consent) -> ConsentOfMine:
        """From the row."""
        return cls(
            person=row.person_id,
            purpose=row.purpose,
            text_version=row.text_version,
            organisation=row.organisation_id,
            given_at=row.created_at,
            withdrawn_at=row.withdrawn_at,
        )


class Agreement(Value):
    """The version of the text that is agreed to."""

    text_version: str = Field(min_length=1, max_length=60, examples=["2027-01"])


class OwnData(Value):
    """All that is kept of an account."""

    account: dict[str, Any]
    sessions: tuple[dict[str, Any], ...]
    tokens: tuple[dict[str, Any], ...]
    files: tuple[dict[str, Any], ...]
    acts: tuple[dict[str, Any], ...]


# -- administration -------------------------------------------------------------------------------------------------------


class NewOrganisation(Value):
    """An organisation to add, or its new values."""

    name: Name
    siret: Siret | None = None


class OrganisationRow(Value):
    """One organisation."""

    id: str
    etag: str
    name: str
    siret: str | None
    created_at: datetime

    @classmethod
    def of(cls, row: Organisation) -> OrganisationRow:
        """From the row."""
        return cls(id=row.id, etag=f'"{row.revision}"', name=row.name, siret=row.siret, created_at=row.created_at)


class NewAccount(Value):
    """An account to add; without password, it waits for its identity provider."""

    email: Email
    name: Name
    roles: tuple[Role, ...] = Field(max_length=len(Role))
    organisation: str | None = Field(None, max_length=32, description="Sans elle : celle de qui demande.")
    password: Password | None = None


class AccountChange(Value):
    """What changes in an account; what is left out stays."""

    name: Name | None = None
    roles: tuple[Role, ...] | None = Field(None, max_length=len(Role))
    disabled: bool | None = Field(None, description="Vrai : le compte ne peut plus se connecter.")


class Act(Value):
    """One line of the audit trail."""

    number: int
    at: datetime
    actor: str
    organisation: str
    action: str
    object: str

    @classmethod
    def of(cls, row: AuditLine) -> Act:
        """From the row."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class Verification(Value):
    """Whether the audit trail is whole."""

    lines: int
    broken_at: int | None = Field(description="La première ligne fausse ; vide : le journal est entier.")
    head: str = Field(description="L'empreinte de la dernière ligne.")


class ForgottenRows(Value):
    """What retention deleted."""

    people: int
    jobs: int
    links: int = Field(description="Plans gardés sans compte dont la durée était passée.")
    more: bool = Field(description="Vrai s'il en reste : recommencez.")
