"""What people add to a plan before they sign it (*renseignements*): who they are, how it is followed, paid and signed.

The engine sees none of it. Everything may be left empty: the paper then leaves room to write by hand, and the check of a
kind of document says what is missing.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from referentials.loader import Format
from referentials.provenance import Day, Value
from reports.plain_text import Plain


class Party(Value):
    """A person or a body that signs or is named (*partie*)."""

    name: Plain = Field("", description="Nom et prénom, ou raison sociale.")
    organisation: Plain = Field("", description="Employeur, organisme, service.")
    role: Plain = Field("", description="Fonction, emploi occupé, qualité.")
    contact: Plain = Field("", description="Où joindre : téléphone, courriel, adresse.")


class TrainingBody(Value):
    """The training body that answers for the plan (*organisme responsable*)."""

    name: Plain = Field("", description="Raison sociale.")
    siret: Plain = Field("", description="Numéro SIRET.")
    declaration: Plain = Field("", description="Numéro de déclaration d'activité.")
    contact: Plain = Field("", description="Où joindre l'organisme.")


class Consent(Value):
    """What a person agrees to (*consentement*). ``given_on`` is empty until it is given."""

    text: Plain = Field(description="Ce à quoi la personne consent.")
    given_on: Day | None = Field(None, description="Jour de l'accord ; vide : à recueillir.")


class PositioningTrace(Value):
    """How the person was positioned (*positionnement* : Qualiopi, indicateur 8)."""

    on: Day | None = Field(None, description="Jour du positionnement.")
    by: Plain = Field("", description="Par qui.")
    method: Plain = Field("", description="Entretien, tests, mise en situation, étude du dossier…")
    procedure: Plain = Field("", description="La procédure suivie, et comment elle est adaptée au public.")
    effects: Plain = Field("", description="Ce que les résultats changent dans le parcours.")


class Trainer(Value):
    """Who trains, and with what title."""

    name: Plain = Field(description="Nom.")
    titles: Plain = Field("", description="Titres, diplômes ou références.")


class Support(Value):
    """How the person is accompanied (*accompagnement*)."""

    referent: Plain = Field("", description="Le référent.")
    meetings: Plain = Field("", description="Points d'accompagnement : quand, comment.")
    reply_delay: Plain = Field("", description="Délai de réponse aux questions.")


class DistantActivity(Value):
    """Something done at a distance, and how long it takes on average."""

    title: Plain = Field(description="L'activité.")
    hours: float | None = Field(None, ge=0, description="Durée moyenne, en heures.")


class DistancePart(Value):
    """The part at a distance (*formation ouverte et à distance* : C. trav. D6313-3-1)."""

    assistance: Plain = Field("", description="Assistance technique et pédagogique.")
    activities: tuple[DistantActivity, ...] = Field((), description="Activités à distance et leur durée moyenne.")
    evaluations: Plain = Field("", description="Évaluations qui jalonnent ou concluent la formation.")
    skills: Plain = Field("", description="Compétences des personnes qui assistent.")
    contact: Plain = Field("", description="Moyens de les joindre.")
    reply_delay: Plain = Field("", description="Délai de réponse.")


class WorkplacePart(Value):
    """The part at work (*action de formation en situation de travail* : C. trav. D6313-3-2)."""

    analysis: Plain = Field("", description="Analyse de l'activité de travail, adaptée à des fins pédagogiques.")
    trainer: Plain = Field("", description="Formateur désigné au préalable.")
    reflection: Plain = Field("", description="Phases réflexives, distinctes des mises en situation.")
    evaluations: Plain = Field("", description="Évaluations propres des acquis.")


class Alternation(Value):
    """What a BPJEPS path adds (*alternance, tutorat*)."""

    entry: Plain = Field("", description="Comment les exigences à l'entrée sont remplies.")
    rhythm: Plain = Field("", description="Alternance : structure et rythme.")
    tutor: Plain = Field("", description="Tuteur.")
    booklet: Plain = Field("", description="Livret de formation.")


class FundingLine(Value):
    """Who pays how much (*financement*)."""

    funder: Plain = Field(description="Qui paie : CPF, employeur, OPCO, personne…")
    amount: float | None = Field(None, ge=0, description="Montant en euros ; vide : à écrire.")
    note: Plain = Field("", description="Accord, numéro de dossier, condition.")


class Commitment(Value):
    """What a party undertakes (*engagement*)."""

    party: Plain = Field(description="Qui s'engage.")
    text: Plain = Field(description="À quoi.")


class Particulars(Value):
    """All that is added to a plan.

    Examples
    --------
    >>> Particulars(person={"name": "…"}).person.name
    '…'
    """

    remedy_for_unknown: ClassVar[str] = "Retirez-le, ou écrivez-le sous un champ connu."

    person: Party = Field(Party(), description="La personne.")
    employer: Party = Field(Party(), description="L'employeur.")
    adviser: Party = Field(Party(), description="Le conseiller qui établit le plan.")
    body: TrainingBody = Field(TrainingBody(), description="L'organisme responsable.")
    consents: tuple[Consent, ...] = Field((), description="Consentements ; vide : ceux qui sont proposés d'office.")
    project: Plain = Field("", description="Votre projet, avec ses mots.")
    objectives: Plain = Field("", description="Objectifs de la formation.")
    programme: Plain = Field("", description="Programme détaillé, ou sa référence.")
    methods: Plain = Field("", description="Méthodes pédagogiques.")
    prerequisites: Plain = Field("", description="Prérequis, et comment ils ont été vérifiés.")
    means: Plain = Field("", description="Moyens pédagogiques, techniques et d'encadrement.")
    resources: Plain = Field("", description="Accès aux ressources : plateforme, documents, matériel.")
    follow_up: Plain = Field("", description="Comment la formation se déroule, est suivie et sanctionnée.")
    evaluation: Plain = Field("", description="Modalités d'évaluation.")
    proofs: Plain = Field("", description="Preuves à produire pour chaque évaluation : dossier, attestations…")
    payment: Plain = Field("", description="Modalités de règlement.")
    place: Plain = Field("", description="Lieu de la formation.")
    group_size: Plain = Field("", description="Effectif du groupe.")
    positioning: PositioningTrace = Field(PositioningTrace(), description="Trace du positionnement.")
    trainers: tuple[Trainer, ...] = Field((), description="Formateurs, avec leurs titres.")
    support: Support = Field(Support(), description="Accompagnement.")
    distance: DistancePart = Field(DistancePart(), description="Part à distance.")
    workplace: WorkplacePart = Field(WorkplacePart(), description="Part en situation de travail.")
    alternation: Alternation = Field(Alternation(), description="Alternance d'un parcours BPJEPS.")
    funding: tuple[FundingLine, ...] = Field((), description="Financement, ligne par ligne.")
    commitments: tuple[Commitment, ...] = Field((), description="Engagements ; vide : ceux qui sont proposés d'office.")
    illustrative: bool = Field(False, description="Vrai pour des renseignements inventés pour la démonstration.")


PARTICULARS = Format("particulars", (), Particulars, False)
"""What particulars are, for the reader of files."""
