"""What HTTP gives and takes about people (*personnes accompagnées*): files, consents, profiles, evidence, plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api.services.asking import Demand, PlanRequest
from api.services.plan_difference import PlanDifference
from api.services.situation import Situation
from api.store.tables.plans import PlanState
from pathways.pathway import Pathway, Status
from pathways.profile import Profile
from referentials.provenance import Day, Value
from reports.particulars import Particulars

_SOME = r"\S"


class Names(Value):
    """Who a person is; everything may stay empty."""

    given_name: str | None = Field(None, max_length=200, description="Prénom.")
    family_name: str | None = Field(None, max_length=200, description="Nom.")
    email: str | None = Field(None, max_length=254, description="Adresse électronique.")
    phone: str | None = Field(None, max_length=40, description="Téléphone.")


class Agreement(Value):
    """What a person agrees to."""

    purpose: str = Field(min_length=1, max_length=60, pattern=_SOME, description="À quelle fin : accompagnement…")
    text_version: str = Field(
        min_length=1, max_length=60, pattern=_SOME, description="La version du texte que la personne a lue."
    )


class NewPerson(Value):
    """A file to open. An adviser's file says what the person has agreed to."""

    identity: Names = Field(Names(), description="Qui est la personne, si elle veut le dire.")
    consents: tuple[Agreement, ...] = Field((), max_length=20, description="Ce à quoi elle consent.")
    profile: Profile | None = Field(None, description="Ce qu'elle détient et peut donner.")
    situation: Situation = Field(Situation(), description="Où elle travaille, par de grandes étiquettes.")


class ConsentRow(Agreement):
    """One agreement, past ones too."""

    organisation: str | None = Field(
        description="L'organisme à qui il a été donné ; vide : à aucun, ou on ne sait pas."
    )
    given_at: datetime
    withdrawn_at: datetime | None = Field(description="Quand il a été retiré ; vide : il vaut.")


class PersonRow(Value):
    """A file in a list, with the name that it goes by, if there is one."""

    id: str
    etag: str
    own: bool = Field(description="Vrai si c'est le dossier du compte qui demande.")
    organisation: str | None = Field(description="L'organisme qui le suit ou l'a suivi, et n'en a pas été retiré.")
    name: str | None = None
    created_at: datetime
    active_at: datetime


class PersonAnswer(PersonRow):
    """A file: who the person is and what they agreed to."""

    identity: Names
    situation: Situation
    consents: tuple[ConsentRow, ...]
    has_profile: bool


class FollowerRow(Value):
    """An organisation that follows people."""

    id: str
    name: str


class Sharing(Value):
    """Whom a person lets into their file, which is agreeing to be followed."""

    organisation: str = Field(min_length=1, max_length=32, description="L'identifiant de l'organisme.")
    text_version: str = Field(
        min_length=1, max_length=60, pattern=_SOME, description="La version du texte que la personne a lue."
    )


class HandoverAnswer(Value):
    """What the person shows to take their file over."""

    secret: str = Field(description="À donner à la personne seule ; il n'est montré qu'ici, et ne sert qu'une fois.")
    expires_at: datetime


class Taking(Value):
    """The secret of a file that an organisation hands over."""

    secret: str = Field(min_length=1, max_length=100)


class ProfileAnswer(Value):
    """What a person holds and can give; ``etag`` is what If-Match asks for."""

    etag: str
    updated_at: datetime | None = Field(None, description="Quand il a été écrit ; vide : il ne l'a jamais été.")
    profile: Profile


class EvidenceRow(Value):
    """A file that proves something."""

    id: str
    name: str
    media_type: str
    about: str | None = Field(description="La référence qu'il prouve.")
    size: int = Field(description="Octets.")
    digest: str = Field(description="SHA-256 du contenu.")
    created_at: datetime


# -- plans ---------------------------------------------------------------------------------------------------------------


class PlanChangeRow(Value):
    """One change of state."""

    state: PlanState
    at: datetime
    by: str = Field(description="L'identifiant du compte.")
    why: str


class PlanRow(Value):
    """A plan in a list."""

    id: str
    etag: str
    person: str
    target: str
    on: date | None = Field(description="Le jour de la question.")
    status: Status
    state: PlanState
    replaces: str | None = Field(description="Le plan que celui-ci recalcule.")
    versions: tuple[str, ...]
    superseded: tuple[str, ...] = Field(
        description="Les versions publiées depuis, à la place de celles sur lesquelles il repose ; vide : rien n'a changé."
    )
    next: tuple[PlanState, ...] = Field(description="Les états qui peuvent suivre.")
    created_at: datetime
    updated_at: datetime


class PlanAnswer(PlanRow):
    """A plan: its question, its answer, and how it went."""

    question: Demand
    profile: Profile = Field(description="Le profil tel qu'il était quand le plan a été calculé.")
    pathway: Pathway
    history: tuple[PlanChangeRow, ...]


class LinkAnswer(Value):
    """A plan kept without an account."""

    etag: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime = Field(description="Quand le lien cessera de mener quelque part.")
    request: PlanRequest = Field(description="Le profil et la demande.")
    pathway: Pathway


class NewLinkAnswer(LinkAnswer):
    """A plan that was just kept, and the way back to it."""

    secret: str = Field(description="La fin de l'adresse : quiconque l'a lit et modifie ce plan. Montré ici seulement.")


class PlanMove(Value):
    """Another state for a plan."""

    state: PlanState
    why: str = Field("", max_length=2000, description="Pourquoi.")


class Recomputation(Value):
    """How to ask the question of a plan again."""

    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    profile: Literal["kept", "current"] = Field(
        "kept", description="Le profil d'alors (kept), ou celui de la personne aujourd'hui (current)."
    )


class RecomputedAnswer(Value):
    """The plan that stands now, and what changed."""

    plan: PlanRow
    changes: PlanDifference


class PlanComparison(Value):
    """Two plans side by side."""

    first: str
    second: str
    versions: tuple[str, ...]
    changes: PlanDifference


class PlanExport(Value):
    """What is added to a document before it is given."""

    particulars: Particulars = Field(Particulars(), description="Ce que les parties ajoutent au document.")


class PlanExportRequest(PlanExport):
    """A plan to compute and to write down."""

    request: PlanRequest = Field(description="La demande de plan.")
