"""What certifications require (*référentiels*), as frozen values.

A :class:`Referential` is what one certification or framework requires, in one dated version. It holds
:class:`Block` (*bloc*, CCP, UC, DC), which hold :class:`Competency`. Whatever no source says stays ``None`` and is
listed by :func:`referentials.holes.holes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from referentials.local_references import expanded
from referentials.provenance import Code, Confidence, Day, Origin, Source, Stated, Value, Window
from referentials.reference import CODE, IDENTIFIER, VERSION, ItemReference
from referentials.requirement import Requirement


class Kind(StrEnum):
    """The families of referentials (*nature*); each has its own rules of award."""

    TITRE_PROFESSIONNEL = "titre-professionnel"
    DIPLOME_JEPS = "diplome-jeps"
    DIPLOME_TRAVAIL_SOCIAL = "diplome-travail-social"
    DIPLOME_EDUCATION_NATIONALE = "diplome-education-nationale"
    DIPLOME_AGRICOLE = "diplome-agricole"
    DIPLOME_SUPERIEUR = "diplome-superieur"
    DIPLOME_SANTE = "diplome-sante"
    BREVET_ANIMATION_VOLONTAIRE = "brevet-animation-volontaire"
    CERTIFICATION_RNCP = "certification-rncp"
    CERTIFICATION_RS = "certification-rs"
    CADRE_DE_COMPETENCES = "cadre-de-competences"
    HABILITATION = "habilitation"
    PARCOURS_DE_FORMATION = "parcours-de-formation"
    ATTESTATION = "attestation"


class State(StrEnum):
    """The life of a version: named by others only, written, sealed, withdrawn."""

    NAMED = "named"
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Level(Value):
    """One step of a scale."""

    rank: int = Field(ge=0, description="Rang du niveau, du plus bas au plus haut.")
    label: str | None = Field(None, description="Nom du niveau ; vide : non connu.")


class Scale(Stated):
    """An ordered scale of levels (*échelle*); reaching a level means having reached the lower ones."""

    levels: tuple[Level, ...] = Field(min_length=1, description="Les niveaux, du plus bas au plus haut.")


class Hours(Stated):
    """Hours that a text or a body sets for a training (*durées*), in hours; unknown ones stay empty."""

    total: float | None = Field(None, ge=0, description="Durée totale, en heures.")
    theory: float | None = Field(None, ge=0, description="Enseignement théorique ou en centre, en heures.")
    practice: float | None = Field(None, ge=0, description="Formation pratique, stages, en heures.")
    workplace_min: float | None = Field(None, ge=0, description="Période en entreprise exigée, au moins, en heures.")


class Assessment(Stated):
    """How something is assessed (*évaluation*): form, hours of presence, price."""

    form: str | None = Field(None, description="Forme de l'évaluation ; vide : non connue.")
    hours: float | None = Field(None, ge=0, description="Durée pour la personne, en heures.")
    cost: float | None = Field(None, ge=0, description="Prix, en euros.")


class Prerequisites(Value):
    """What comes before a competency."""

    strict: tuple[ItemReference, ...] = Field((), description="Compétences sans lesquelles on ne peut commencer.")
    advised: tuple[ItemReference, ...] = Field((), description="Compétences qu'il vaut mieux avoir avant.")


class Competency(Stated):
    """The smallest thing that a person is positioned on (*compétence*)."""

    code: str = Field(pattern=rf"^{CODE}$", description="Code dans le bloc, écrit comme dans le texte officiel.")
    title: str | None = Field(None, description="Intitulé ; vide : non lu.")
    elements: tuple[str, ...] = Field((), description="Savoirs et savoir-faire.")
    criteria: tuple[str, ...] = Field((), description="Critères d'évaluation ou indicateurs.")
    requires: Prerequisites = Field(Prerequisites(), description="Compétences à avoir avant.")


class Block(Stated):
    """The smallest part that is certified alone (*bloc de compétences* ; CCP, UC, DC)."""

    code: str = Field(pattern=rf"^{CODE}$", description="Code du bloc : CCP1, UC5, DC2, BC1…")
    title: str | None = Field(None, description="Intitulé ; vide : non lu.")
    aliases: tuple[str, ...] = Field((), description="Autres intitulés rencontrés.")
    codes: tuple[Code, ...] = Field((), description="Codes du bloc ailleurs : RNCP40344BC01, CP-003098…")
    competencies: tuple[Competency, ...] | None = Field(None, description="Compétences ; vide : non connues.")
    complete: bool = Field(True, description="Faux quand la liste des compétences n'est pas connue en entier.")
    raw_competencies: str | None = Field(
        None, description="La liste des compétences telle que la source l'écrit, si nous l'avons découpée nous-mêmes."
    )
    assessment: Assessment = Field(Assessment(), description="Évaluation du bloc.")
    hours: Hours = Field(Hours(), description="Durées que le texte fixe pour ce bloc.")
    requires: Requirement | None = Field(None, description="Ce qu'il faut avant l'évaluation du bloc.")
    prerequisites: str | None = Field(
        None, description="Prérequis tels que la source les écrit, quand ils ne sont pas traduits dans requires."
    )
    optional: bool = Field(False, description="Vrai pour un bloc que le diplôme n'exige pas.")

    @property
    def known_competencies(self) -> tuple[Competency, ...]:
        """The competencies that were read; empty when none was."""
        return self.competencies or ()


class Entry(Stated):
    """What is asked at the door (*exigences à l'entrée*)."""

    requirement: Requirement | None = Field(
        None, description="Ce qu'il faut avoir ; vide : rien, ou non connu (voir known)."
    )
    known: bool = Field(True, description="Faux quand les exigences n'ont pas été lues.")
    tests: tuple[str, ...] = Field((), description="Épreuves ou entretiens d'entrée.")
    description: str | None = Field(None, description="Le reste, en une ou deux phrases.")


class Codes(Value):
    """Codes of the whole referential in outside nomenclatures; RNCP and RS numbers are dated aliases."""

    rncp: tuple[Code, ...] = Field((), description="Numéros RNCP, avec leurs dates.")
    rs: tuple[Code, ...] = Field((), description="Numéros au répertoire spécifique.")
    nsf: tuple[Code, ...] = Field((), description="Codes NSF.")
    rome: tuple[Code, ...] = Field((), description="Codes ROME.")
    formacode: tuple[Code, ...] = Field((), description="Codes Formacode.")
    ministry: tuple[Code, ...] = Field((), description="Code du ministère, par exemple TP-00350.")


class Validity(Window):
    """When the referential is in force, and until when it may still be awarded."""

    award_until: Day | None = Field(
        None, description="Dernier jour où le titre peut encore être délivré, s'il dépasse la fin."
    )
    active: bool | None = Field(
        None, description="Ce que le répertoire national en dit : vrai, actif ; faux, inactif ; vide : non dit."
    )
    confidence: Confidence | None = Field(None, description="Confiance dans ces dates.")
    note: str | None = Field(None, description="D'où viennent ces dates, ce qui reste à lire.")


class Referential(Value):
    """What one certification or framework requires, in one dated version (*référentiel*).

    The key is ``id@version``. ``award`` is what gives the whole (usually every block); a ``final_assessment`` comes on
    top, once. ``blocks`` is ``None`` when no block is known, empty when there is none.
    """

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, en minuscules : tp-remn.")
    version: str = Field(pattern=rf"^{VERSION}$", description="Version : le plus souvent l'année du texte.")
    title: str = Field(min_length=1, description="Intitulé officiel.")
    short_title: str | None = Field(None, description="Sigle ou nom court : REMN.")
    aliases: tuple[str, ...] = Field((), description="Autres noms, anciens noms.")
    kind: Kind = Field(description="Nature de la certification ou du cadre.")
    issuer: str | None = Field(None, description="Autorité qui délivre.")
    level: int | None = Field(None, ge=1, le=8, description="Niveau 3 à 8 de la nomenclature de 2019 (CEC).")
    state: State = Field(
        State.DRAFT,
        description="draft (brouillon), published (publié) ou retired (retiré) ; named : nommé par une passerelle, jamais lu.",
    )
    codes: Codes = Field(Codes(), description="Codes dans les nomenclatures.")
    valid: Validity = Field(Validity(), description="Période de validité.")
    replaces: tuple[ItemReference, ...] = Field((), description="Versions que celle-ci remplace.")
    replaced_by: tuple[ItemReference, ...] = Field((), description="Versions qui remplacent celle-ci.")
    sources: tuple[Source, ...] = Field((), description="Textes et pages lus.")
    confidence: Confidence = Field(description="Confiance dans ce fichier, là où rien de plus précis n'est dit.")
    note: str | None = Field(None, description="Remarque pour qui relit.")
    scale: Scale | None = Field(None, description="Échelle de niveaux d'un cadre.")
    award: Requirement | None = Field(None, description="Ce qui donne l'ensemble ; vide : non connu ou sans objet.")
    final_assessment: Assessment | None = Field(None, description="Épreuve finale, en plus des blocs.")
    entry: Entry | None = Field(None, description="Exigences à l'entrée ; vide : non lues.")
    vae: bool | None = Field(
        None, description="Vrai si la validation de l'expérience y mène, faux si elle en est exclue ; vide : non dit."
    )
    hours: Hours = Field(Hours(), description="Durées que le texte fixe pour l'ensemble.")
    blocks: tuple[Block, ...] | None = Field(None, description="Blocs ; vide : non connus.")
    complete: bool = Field(True, description="Faux quand la liste des blocs n'est pas connue en entier.")
    facts: tuple[str, ...] = Field((), description="Autres faits lus, en phrases.")
    unread: tuple[str, ...] = Field(
        (), description="Ce que l'on sait exister sans l'avoir lu : chaque ligne est un trou."
    )
    origins: tuple[Origin, ...] = Field(
        (), description="Identifiants dans le système d'où le référentiel vient ; un export les rend tels quels."
    )

    @model_validator(mode="before")
    @classmethod
    def _write_local_codes_in_full(cls, data: Any) -> Any:
        return expanded(data)

    @property
    def key(self) -> str:
        """The reference of this version: ``tp-remn@2019``."""
        return f"{self.id}@{self.version}"

    @property
    def name(self) -> str:
        """The short title if there is one, else the title."""
        return self.short_title or self.title

    @property
    def known_blocks(self) -> tuple[Block, ...]:
        """The blocks that were read; empty when none was."""
        return self.blocks or ()

    def block(self, code: str) -> Block | None:
        """The block of that code."""
        return next((block for block in self.known_blocks if block.code == code), None)

    def competencies(self) -> Iterator[tuple[str, Competency]]:
        """Every known competency with its full reference, in the order of the file."""
        for block in self.known_blocks:
            for competency in block.known_competencies:
                yield f"{self.key}/{block.code}/{competency.code}", competency
