"""A person as the engine sees one (*profil*): what is held, what was done, what can be given. No identity."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field, model_validator

from referentials.loader import Format
from referentials.offer import Modality
from referentials.provenance import Day, Value, Window
from referentials.reference import ItemReference, Reference


class EvidenceKind(StrEnum):
    """What vouches for a competency (*preuve*), from the strongest down."""

    CERTIFIED = "certified"
    ASSESSED = "assessed"
    ATTESTED = "attested"
    DECLARED = "declared"


class HeldItem(Value):
    """A qualification or a block held, and since when."""

    ref: ItemReference = Field(description="Référence du diplôme ou du bloc.")
    on: date | None = Field(None, description="Jour de l'obtention ; vide : non connu.")
    evidence: EvidenceKind = Field(
        EvidenceKind.CERTIFIED, description="certified si la pièce a été vue ; declared sinon."
    )


class HeldCompetency(Value):
    """A competency, its level and what vouches for it."""

    ref: ItemReference = Field(description="Référence de la compétence.")
    level: int | None = Field(None, ge=0, description="Niveau atteint, sur l'échelle du référentiel.")
    evidence: EvidenceKind = Field(EvidenceKind.DECLARED, description="certified, assessed, attested ou declared.")
    on: date | None = Field(None, description="Jour de la preuve.")


class Holdings(Value):
    """Everything held."""

    qualifications: tuple[HeldItem, ...] = Field((), description="Diplômes, titres, brevets entiers.")
    blocks: tuple[HeldItem, ...] = Field((), description="Blocs, CCP, UC, DC.")
    competencies: tuple[HeldCompetency, ...] = Field((), description="Compétences, avec leur preuve.")
    modules: tuple[Reference, ...] = Field(
        (),
        description="Modules déjà suivis : offre:module. Ce qu'ils font acquérir compte comme attesté ; "
        "ils ne sont plus proposés.",
    )


class ExperienceDone(Value):
    """A job held, for how long."""

    title: str | None = Field(None, description="Intitulé du poste.")
    rome: str | None = Field(None, description="Code ROME.")
    field: str | None = Field(None, description="Champ professionnel, en toutes lettres.")
    months: float = Field(ge=0, description="Durée, en mois.")
    share: float = Field(1.0, gt=0, le=1, description="Part du temps plein.")


class MentionKind(StrEnum):
    """What a document speaks of, in its own words."""

    QUALIFICATION = "qualification"
    SKILL = "skill"
    JOB = "job"


class Mention(Value):
    """Something that a CV or a badge says in words (*mention*): nothing follows from it until somebody recognises it."""

    kind: MentionKind = Field(description="qualification (diplôme, certificat), skill (savoir-faire) ou job (métier).")
    title: str = Field(min_length=1, max_length=300, description="Ce qui est dit, dans les mots du document.")
    code: str | None = Field(None, max_length=300, description="Code ou adresse que le document en donne.")
    level: str | None = Field(None, max_length=100, description="Niveau, dans les mots du document.")
    on: Day | None = Field(None, description="Jour que le document en donne.")


class PeriodUnit(StrEnum):
    """The length of a period."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"


class Periods(Value):
    """A coarse calendar: so many periods, with bounds on the load of each."""

    period: PeriodUnit = Field(description="week, month, quarter ou semester.")
    count: int = Field(ge=1, le=600, description="Nombre de périodes.")
    max_hours: float | None = Field(None, ge=0, description="Heures au plus par période.")
    min_hours: float = Field(0, ge=0, description="Heures au moins par période.")
    max_modules: int | None = Field(
        None, ge=0, description="Modules au plus par période ; une session compte dans chaque période qu'elle touche."
    )
    min_modules: int = Field(0, ge=0, description="Modules au moins par période.")


class VaeRoute(Value):
    """What validating a block by experience takes, when the person wants that route: no text gives it."""

    hours: float = Field(ge=0, description="Heures que la personne prévoit par bloc (dossier, accompagnement, jury).")
    cost: float = Field(0, ge=0, description="Prix de l'accompagnement par bloc, en euros.")


class CanGive(Value):
    """What the person can give, and what they accept; an empty field sets no limit."""

    weekly_hours: float | None = Field(None, gt=0, le=168, description="Heures par semaine.")
    calendar: Periods | None = Field(None, description="Un calendrier par périodes, à la place des heures par semaine.")
    start: date | None = Field(None, description="Premier jour possible.")
    deadline: date | None = Field(None, description="Dernier jour.")
    budget: float | None = Field(None, ge=0, description="Budget, en euros, avant tout financement.")
    hours: float | None = Field(None, ge=0, description="Heures au plus, en tout.")
    modalities: tuple[Modality, ...] | None = Field(None, description="Modalités acceptées ; vide : toutes.")
    places: tuple[str, ...] | None = Field(None, description="Villes acceptées pour ce qui se passe sur place.")
    languages: tuple[str, ...] | None = Field(None, description="Langues comprises.")
    days: tuple[str, ...] | None = Field(None, description="Jours de la semaine possibles : lundi, mardi…")
    unavailable: tuple[Window, ...] = Field((), description="Périodes sans formation : congés, saison…")
    excluded_bodies: tuple[str, ...] = Field((), description="Offres à écarter (identifiants).")
    refused: tuple[Reference, ...] = Field((), description="Modules refusés.")
    imposed: tuple[Reference, ...] = Field((), description="Modules imposés.")
    vae: VaeRoute | None = Field(None, description="La validation par l'expérience, si la personne la souhaite.")


class Profile(Value):
    """A person without identity.

    Examples
    --------
    >>> Profile(id="p-001", holds={"blocks": [{"ref": "tp-remn@2019/CCP1"}]}).holds.blocks[0].ref
    'tp-remn@2019/CCP1'
    """

    remedy_for_unknown: ClassVar[str] = "Retirez-le : un profil n'a besoin d'aucune donnée personnelle."

    id: str = Field("profil", description="Identifiant, sans nom de personne.")
    holds: Holdings = Field(Holdings(), description="Ce qui est détenu.")
    experience: tuple[ExperienceDone, ...] = Field((), description="Expérience professionnelle.")
    mentions: tuple[Mention, ...] = Field(
        (),
        max_length=400,
        description="Ce que dit un document apporté, et que personne n'a encore reconnu : rien n'en est compté.",
    )
    confirms: tuple[str, ...] = Field(
        (), description="Conditions confirmées, par leur identifiant : le mot après « condition: »."
    )
    can_give: CanGive = Field(CanGive(), description="Ce que la personne peut donner.")
    illustrative: bool = Field(False, description="Vrai pour une personne inventée pour la démonstration.")
    note: str | None = Field(None, description="Remarque, sans donnée personnelle.")

    @model_validator(mode="after")
    def _one_calendar(self) -> Profile:
        if self.can_give.weekly_hours is not None and self.can_give.calendar is not None:
            raise ValueError("« weekly_hours » et « calendar » s'excluent : gardez l'un des deux")
        return self


PROFILE = Format("profile", (), Profile, False)
"""What a profile is, for the reader of files."""
