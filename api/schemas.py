"""What HTTP gives and takes about the library (*bibliothèque*): versions, drafts, rights, offers. ``docs`` and OpenAPI are made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pydantic import Field, JsonValue

from referentials.diff import ChangeKind
from referentials.findings import Finding
from referentials.model import Kind, Referential, State
from referentials.offer import Offer
from referentials.provenance import Value
from referentials.rights import Correspondence, Recognition

Item = TypeVar("Item")


class Listing(Value, Generic[Item]):
    """Part of a list, and the cursor of what follows."""

    items: tuple[Item, ...] = Field(description="Ce qui est donné ici, dans l'ordre.")
    next: str | None = Field(None, description="Le curseur de la suite, pour « cursor » ; vide : c'est la fin.")


class Valid(Value):
    """The days between which a version is in force."""

    start: date | None = Field(None, alias="from", description="Premier jour ; vide : non lu.")
    end: date | None = Field(None, alias="to", description="Dernier jour ; vide : aucun, ou non lu.")
    seen: date | None = Field(None, description="Premier jour où le texte a été lu en vigueur.")


class VersionRow(Value):
    """One version in a list. Numbers are empty where not even the number is known."""

    ref: str = Field(description="La référence : identifiant@version.")
    id: str
    version: str
    title: str
    short_title: str | None = None
    kind: Kind
    level: int | None = None
    state: State
    valid: Valid
    in_force: bool = Field(description="Vrai si la version est en vigueur le jour demandé.")
    blocks: int | None = Field(description="Nombre de blocs.")
    competencies: int | None = Field(description="Nombre de compétences connues.")
    holes: int = Field(description="Nombre de trous : ce qui n'est pas connu.")


class HoleRow(Value):
    """Something that is not known."""

    where: str
    what: str


class Publication(Value):
    """One publication of a version, sealed."""

    number: int = Field(description="La combientième publication de cette version.")
    on: date
    reason: str
    origin: str
    digest: str
    seal: str


class VersionAnswer(Value):
    """Everything that is known of one version."""

    ref: str
    on: date = Field(description="Le jour pour lequel « in_force » est dit.")
    in_force: bool
    ends: date | None = Field(description="Dernier jour, lu ou déduit de ce qui remplace la version.")
    item: Referential = Field(description="La version elle-même, comme dans un fichier.")
    holes: tuple[HoleRow, ...]
    rights_in: tuple[str, ...] = Field(description="Les passerelles qui y mènent.")
    rights_out: tuple[str, ...] = Field(description="Les passerelles qui en partent.")
    publications: tuple[Publication, ...] = Field((), description="Ses publications, quand elle est dans la base.")


class ChangeRow(Value):
    """One change from one version to another."""

    kind: ChangeKind
    where: str
    before: JsonValue = None
    after: JsonValue = None
    sentence: str = Field(description="Le changement, en une phrase.")


class RightsCompared(Value):
    """The rights that lead to the first version only, to the second only, to both."""

    before_only: tuple[str, ...] = ()
    after_only: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


class DifferenceAnswer(Value):
    """What changes from one version to another."""

    before: str
    after: str
    changes: tuple[ChangeRow, ...]
    rights: RightsCompared


class HitRow(Value):
    """One thing that was found by its words."""

    kind: str = Field(description="referential, block, competency, offer, module ou person.")
    ref: str
    title: str
    part: str = Field(description="shipped, shared, people, ou l'organisation à qui c'est.")


# -- what an organisation keeps --------------------------------------------------------------------------------------------


class Kept(Value):
    """What every document kept here has; ``etag`` is what If-Match asks for."""

    etag: str = Field(description="À renvoyer dans If-Match pour modifier.")
    own: bool = Field(description="Vrai si c'est à votre organisation ; faux si c'est partagé.")
    created_at: datetime
    updated_at: datetime


class DraftRow(Kept):
    """A draft in a list."""

    id: str = Field(description="Identifiant, pour l'adresse.")
    key: str = Field(description="La version que ce brouillon deviendra : identifiant@version.")
    title: str
    base: str | None = Field(description="La version dont il est parti.")


class DraftAnswer(DraftRow):
    """A draft, right or wrong."""

    document: dict[str, Any] = Field(description="Les valeurs du brouillon, telles qu'elles ont été écrites.")
    findings: tuple[Finding, ...] = Field(
        (),
        description="Quand il vient d'être écrit en YAML : ce qui n'y va pas, ligne par ligne ; il est gardé quand même.",
    )


class NewDraft(Value):
    """A draft to start: from nothing, from a version, or from values."""

    base: str | None = Field(None, max_length=200, description="La version dont partir : tp-mn@2025.")
    version: str | None = Field(None, max_length=60, description="La version nouvelle, quand on part d'une autre.")
    document: dict[str, Any] | None = Field(None, description="Les valeurs ; vide : celles de « base ».")


class DraftValues(Value):
    """The values of a draft, whole."""

    document: dict[str, Any]


class Reason(Value):
    """Why something is done."""

    reason: str = Field(min_length=3, max_length=2000, pattern=r"\S", description="Pourquoi, en quelques mots.")


class FindingsAnswer(Value):
    """What is wrong with a draft; it may be published when ``publishable``."""

    key: str
    versions: tuple[str, ...] = Field(description="La version dont le brouillon est parti.")
    publishable: bool
    findings: tuple[Finding, ...]


class PublishedAnswer(Publication):
    """The version that was just sealed."""

    ref: str


class RecognitionRow(Value):
    """A right; ``etag`` is there when it is kept in the database and may be edited."""

    etag: str | None = None
    own: bool = False
    item: Recognition


class CorrespondenceRow(Value):
    """A likeness; ``etag`` is there when it is kept in the database and may be edited."""

    etag: str | None = None
    own: bool = False
    item: Correspondence


class OfferRow(Value):
    """An offer in a list; ``etag`` is there when it is kept in the database."""

    etag: str | None = None
    own: bool = False
    offer: str = Field(description="L'identifiant de l'offre dans la bibliothèque.")
    title: str
    body: str
    modules: int
    illustrative: bool


class OfferAnswer(Value):
    """An offer; ``etag`` is there when it is kept in the database and may be edited."""

    etag: str | None = None
    own: bool = False
    item: Offer


class FormatRow(Value):
    """A format that documents can take."""

    name: str
    media_type: str
    suffix: str
