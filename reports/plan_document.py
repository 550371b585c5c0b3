"""A training plan as values that a template may use (*plan individuel de formation*), in the order in which it is read.

Hours are decimal hours, money is euros, days are days, and what is not known is empty; sentences are in the language of the
document. It is an annex to a *convention*, never the convention itself. Every field says what it holds.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from pathways.gap import State
from pathways.objectives import Objective
from pathways.pathway import Status, StepKind, Totals
from pathways.profile import EvidenceKind, PeriodUnit
from referentials.model import Kind
from referentials.offer import ModuleHours
from referentials.provenance import Confidence, Source, Value
from reports.language import Language
from reports.particulars import Particulars
from reports.plain_text import Plain


class TargetPart(Value):
    """What is aimed at (*certification visée*)."""

    ref: str = Field(description="Référence complète : référentiel, version, et la partie visée s'il y a lieu.")
    title: Plain = Field(description="Intitulé officiel.")
    name: Plain = Field(description="Sigle ou nom court.")
    kind: Kind = Field(description="Nature de la certification.")
    level: int | None = Field(description="Niveau, de 3 à 8 ; vide : non connu.")
    issuer: Plain = Field(description="Autorité qui délivre ; vide : non connue.")
    codes: tuple[Plain, ...] = Field(description="Numéros RNCP ou RS en vigueur le jour du document, avec leurs dates.")
    valid_from: date | None = Field(description="Premier jour de validité ; vide : non lu.")
    valid_to: date | None = Field(description="Dernier jour de validité ; vide : non lu.")
    award_until: date | None = Field(description="Dernier jour où elle peut être délivrée, s'il dépasse la fin.")
    replaced_by: tuple[str, ...] = Field(description="Versions qui la remplacent.")
    sources: tuple[Plain, ...] = Field(description="Textes et pages lus.")
    confidence: Confidence = Field(description="Confiance dans ce référentiel.")


class CompetencyRow(Value):
    """One competency of the target."""

    ref: str = Field(description="Référence complète.")
    code: Plain = Field(description="Code dans le référentiel.")
    title: Plain = Field(description="Intitulé ; vide : non lu.")
    asked: int | None = Field(description="Niveau demandé ; vide : sans niveau.")
    held: int | None = Field(description="Niveau atteint ; vide : aucun, ou sans niveau.")
    state: State = Field(description="Où en est la personne.")
    evidence: EvidenceKind | None = Field(description="Ce qui l'atteste ; vide : rien, ou un droit.")
    because: tuple[Plain, ...] = Field(description="La preuve, du plus lointain au plus proche, en phrases.")
    comes_by: tuple[Plain, ...] = Field(
        description="Les étapes du plan qui l'apportent ; vide : déjà acquise, ou rien."
    )


class BlockRow(Value):
    """One block of the target, and the route to it."""

    ref: str = Field(description="Référence complète.")
    code: Plain = Field(description="Code du bloc.")
    title: Plain = Field(description="Intitulé ; vide : non lu.")
    state: State = Field(description="Où en est la personne.")
    because: tuple[Plain, ...] = Field(description="La preuve, en phrases.")
    route: Plain = Field(
        description="La voie, en quelques mots : acquis, droit et son texte, évaluation, VAE, formation."
    )
    reached: bool = Field(description="Vrai quand le plan mène au bloc entier, ou qu'il est déjà acquis.")
    known: bool = Field(description="Faux quand ses compétences n'ont pas toutes été lues.")
    optional: bool = Field(description="Vrai pour un bloc que le diplôme n'exige pas.")
    competencies: tuple[CompetencyRow, ...] = Field(description="Ses compétences.")


class ReductionRow(Value):
    """Hours taken off by a text (*allègement*): the examination is still taken."""

    ref: str = Field(description="Identifiant de la passerelle.")
    text: Plain = Field(description="Ce qu'elle allège, et de combien.")
    source: Plain = Field(description="Le texte, avec son article.")


class EntryPart(Value):
    """What is asked at the door (*exigences à l'entrée*)."""

    state: State | None = Field(description="Où en est la personne ; vide : exigences non lues.")
    lines: tuple[Plain, ...] = Field(description="Ce qui est demandé, et ce qui est rempli, en phrases.")
    tests: tuple[Plain, ...] = Field(description="Épreuves ou entretiens d'entrée.")


class ModuleRow(Value):
    """One module of the plan."""

    ref: str = Field(description="Offre et module.")
    title: Plain = Field(description="Intitulé.")
    body: Plain = Field(description="Organisme.")
    hours: float | None = Field(description="Heures ; vide : non connues.")
    hours_by_modality: ModuleHours | None = Field(description="Heures par modalité ; vide : non connues.")
    modality: Plain = Field(description="Les modalités, en mots.")
    hours_before: float | None = Field(description="Heures avant allègement ; vide : non connues.")
    price: float | None = Field(description="Prix en euros, avant tout financement ; vide : non connu.")
    session: Plain = Field(description="Session retenue ; vide : départ libre.")
    place: Plain = Field(description="Lieu ; vide : non dit.")
    start: date | None = Field(description="Premier jour ; vide : plan sans dates.")
    end: date | None = Field(description="Dernier jour ; vide : plan sans dates.")
    requires: tuple[Plain, ...] = Field(description="Ce qu'il faut avant, ligne par ligne.")
    brings: Plain = Field(description="Ce qu'il apporte ici.")
    why: Plain = Field(description="Ce que coûterait de s'en passer ; vide : non calculé.")
    reduced_by: Plain = Field(description="La passerelle qui l'allège ; vide : aucune.")
    cpf: bool | None = Field(description="Éligible au CPF d'après l'organisme ; vide : non connu.")
    illustrative: bool = Field(description="Vrai pour un module inventé pour la démonstration.")


class StepRow(Value):
    """One step of the plan, of any kind, in its order."""

    number: int = Field(description="Rang, à partir de 1.")
    kind: StepKind = Field(description="Nature de l'étape.")
    title: Plain = Field(description="L'étape, en mots.")
    ref: str = Field(description="Ce dont il s'agit : module, bloc, passerelle.")
    hours: float | None = Field(description="Heures ; vide : non connues.")
    cost: float | None = Field(description="Prix en euros ; vide : non connu.")
    start: date | None = Field(description="Premier jour ; vide : sans date.")
    end: date | None = Field(description="Dernier jour ; vide : sans date.")
    cautions: tuple[Plain, ...] = Field(description="Ce qu'un lecteur attentif doit savoir.")
    illustrative: bool = Field(description="Vrai pour un module inventé pour la démonstration.")


class PeriodRow(Value):
    """The load of one week, or of one period."""

    start: date = Field(description="Premier jour.")
    end: date = Field(description="Dernier jour.")
    hours: float = Field(description="Heures prévues.")
    capacity: float | None = Field(description="Heures que la personne peut donner ; vide : sans limite.")


class ClosedPeriod(Value):
    """Days when the person can't train (*période sans formation*)."""

    start: date = Field(description="Premier jour.")
    end: date = Field(description="Dernier jour.")


class AssessmentRow(Value):
    """One assessment on the way (*évaluation, certification*)."""

    ref: str = Field(description="Bloc ou titre évalué.")
    kind: StepKind = Field(description="assessment, vae ou award.")
    title: Plain = Field(description="Ce qui est évalué, en mots.")
    form: Plain = Field(description="Forme de l'évaluation ; vide : non lue.")
    hours: float | None = Field(description="Durée pour la personne, en heures ; vide : non lue.")
    cost: float | None = Field(description="Prix en euros ; vide : non lu.")
    included_in: Plain = Field(description="Module qui la comprend ; vide : aucun.")
    start: date | None = Field(description="Premier jour ; vide : à fixer.")
    end: date | None = Field(description="Dernier jour ; vide : à fixer.")


class ConfirmationRow(Value):
    """What one confirmation would save."""

    text: Plain = Field(description="Ce qui est à confirmer, et ce que cela épargnerait.")
    hours: float | None = Field(description="Heures en moins ; vide : non connues.")
    cost: float | None = Field(description="Euros en moins ; vide : non connus.")
    opens: bool = Field(description="Vrai quand il n'y a de plan qu'à cette condition.")


class AlternativeRow(Value):
    """Another plan that was considered."""

    totals: Totals = Field(description="Ses totaux.")
    difference: Plain = Field(description="Ce qui change, en mots.")
    added: tuple[Plain, ...] = Field(description="Modules en plus.")
    removed: tuple[Plain, ...] = Field(description="Modules en moins.")


class FundingPart(Value):
    """How the plan is paid (*financement*)."""

    asked: float | None = Field(description="Coût connu du plan, en euros ; vide : rien n'est connu.")
    partial: bool = Field(description="Vrai quand des prix manquent : le coût est un minimum.")
    covered: float = Field(description="Somme des montants saisis, en euros.")
    parameters: tuple[Plain, ...] = Field(description="Montants et règles datés, en phrases, avec leur source.")


class ImpassePart(Value):
    """Why there is no plan, and the ways out."""

    core: tuple[Plain, ...] = Field(description="Ce qui l'empêche, en phrases.")
    ways_out: tuple[Plain, ...] = Field(description="Ce qui le rendrait possible, avec les chiffres.")
    within_reach: Plain = Field(description="Les parties de la cible qui peuvent déjà se préparer ; vide : aucune.")


class MentionFound(Value):
    """One mention that a kind of document asks for. ``usual`` marks what custom asks and no text."""

    text: Plain = Field(description="La mention.")
    present: bool = Field(description="Vrai si elle est dans le plan.")
    usual: bool = Field(description="Vrai pour un usage que le texte n'impose pas.")
    remedy: Plain = Field(description="Ce qu'il reste à faire ; vide si elle est présente.")
    fields: tuple[str, ...] = Field((), description="Les champs des renseignements qui restent à remplir.")


class Completeness(Value):
    """What a kind of document holds and lacks."""

    kind: str = Field(description="La nature du document : pif, positionnement, convention…")
    title: Plain = Field(description="Son nom.")
    source: Source = Field(description="Le texte qui demande ces mentions, avec son article.")
    confidence: Confidence = Field(description="Confiance dans cette liste de mentions.")
    mentions: tuple[MentionFound, ...] = Field(description="Les mentions, dans l'ordre du texte.")

    @property
    def missing(self) -> tuple[MentionFound, ...]:
        """The mentions that are not there, custom included."""
        return tuple(one for one in self.mentions if not one.present)

    @property
    def complete(self) -> bool:
        """Whether nothing that a text asks for is missing; custom does not count, unless there is nothing but custom."""
        asked = [one for one in self.mentions if not one.usual] or list(self.mentions)
        return all(one.present for one in asked)


class Computation(Value):
    """How the plan was computed (*trace du calcul*), for the annex."""

    status: Status = Field(description="held, optimal, feasible, infeasible ou unknown.")
    quality: Plain = Field(description="Ce que vaut le plan, autant qu'il est prouvé.")
    objectives: tuple[Plain, ...] = Field(description="Ce qui a été réduit : valeur, minimum prouvé.")
    versions: tuple[str, ...] = Field(description="Référentiels, passerelles et offres utilisés, par référence.")
    data: tuple[Plain, ...] = Field(description="Les mêmes, par intitulé.")
    engine: str = Field(description="Version du programme.")
    on: date = Field(description="Le jour de la question : textes et titres de ce jour.")
    verified: bool = Field(description="Vrai quand le plan a été rejoué étape par étape depuis le profil.")
    set_aside: tuple[Plain, ...] = Field(description="Modules écartés, par motif.")


class PlanDocument(Value):
    """Everything that a plan says on paper."""

    reference: Plain = Field(description="Référence du plan, stable d'une édition à l'autre.")
    revision: int = Field(ge=0, description="Édition du plan : 0 pour la première.")
    language: Language = Field(description="Langue du document.")
    day: date = Field(description="Le jour que porte le document.")
    illustrative: bool = Field(description="Vrai si la personne ou un module est inventé pour la démonstration.")
    particulars: Particulars = Field(
        description="Ce que les parties ajoutent : identité, suivi, financement, signatures."
    )
    target: TargetPart = Field(description="La certification visée.")
    summary: Plain = Field(description="La phrase qui dit ce qui est acquis et ce qui reste.")
    status: Status = Field(description="held, optimal, feasible, infeasible ou unknown.")
    totals: Totals = Field(description="Heures, coût, semaines, modules ; ce qui n'est pas connu est compté à part.")
    unit: PeriodUnit = Field(description="La période dans laquelle le plan est compté.")
    limits: tuple[Plain, ...] = Field(description="Ce que vous pouvez donner, en phrases.")
    notices: tuple[Plain, ...] = Field(description="Ce que le lecteur doit savoir.")
    entry: EntryPart = Field(description="Les exigences à l'entrée.")
    blocks: tuple[BlockRow, ...] = Field(description="Le positionnement : bloc par bloc, compétence par compétence.")
    reductions: tuple[ReductionRow, ...] = Field(description="Les allègements qui s'appliquent.")
    steps: tuple[StepRow, ...] = Field(description="Toutes les étapes, dans leur ordre.")
    modules: tuple[ModuleRow, ...] = Field(description="Les modules.")
    periods: tuple[PeriodRow, ...] = Field(description="La charge, semaine par semaine ; vide : plan sans dates.")
    closed: tuple[ClosedPeriod, ...] = Field(description="Les périodes sans formation que le plan traverse.")
    assessments: tuple[AssessmentRow, ...] = Field(description="Les évaluations, bloc par bloc.")
    confirmations: tuple[ConfirmationRow, ...] = Field(description="Ce qu'il reste à confirmer.")
    alternatives: tuple[AlternativeRow, ...] = Field(description="Les autres parcours.")
    front: tuple[AlternativeRow, ...] = Field(description="Les compromis entre deux objectifs ; vide : non demandés.")
    front_between: tuple[Objective, ...] = Field(
        description="Les deux objectifs de ces compromis ; vide : non demandés."
    )
    front_complete: bool = Field(description="Vrai quand aucun compromis ne manque.")
    funding: FundingPart = Field(description="Le financement.")
    impasse: ImpassePart | None = Field(description="Pourquoi il n'y a pas de plan ; vide : il y en a un.")
    completeness: tuple[Completeness, ...] = Field(
        description="Les mentions que demandent les textes, par nature de document."
    )
    computation: Computation = Field(description="Comment il a été calculé.")
