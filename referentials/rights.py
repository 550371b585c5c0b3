"""What leads from one certification to another: rights (*passerelles de droit*), likenesses (*proximités*), rules of law.

A :class:`Recognition` is directed, dated and sourced, and is never read backwards. A :class:`Correspondence` says that two
competencies mean nearly the same, and grants nothing. A :class:`Rule` is a general rule of a family of certifications, with
the few parameters that a computation needs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from referentials.model import Kind
from referentials.provenance import Confidence, Source, Value, Window
from referentials.reference import IDENTIFIER, ItemReference
from referentials.requirement import Requirement


class Effect(StrEnum):
    """What a recognition does (*effet*)."""

    AWARD = "award"
    EXEMPT = "exempt"
    REDUCE = "reduce"
    PREPARE = "prepare"
    NONE = "none"
    EXPECTED = "expected"

    @property
    def is_right(self) -> bool:
        """Whether anything follows from it: not from a preparation, a known absence, or a text not read."""
        return self in (Effect.AWARD, Effect.EXEMPT, Effect.REDUCE)


class Waived(StrEnum):
    """What an exemption waives (*dispense de…*)."""

    ASSESSMENT = "assessment"
    TRAINING = "training"
    ENTRY = "entry"


class Wording(StrEnum):
    """The four official wordings of an award, and the others met."""

    EST_EQUIVALENT = "est équivalent"
    OBTIENT_DE_DROIT = "obtient de droit"
    REPUTE_ACQUIS = "réputé acquis"
    REPUTE_TITULAIRE = "réputé titulaire"
    REPUTE_EQUIVALENT = "réputé équivalent"
    DISPENSE = "dispense"
    ALLEGEMENT = "allègement"
    NEANT = "Néant"


class Reduction(Value):
    """How much a training is shortened (*allègement*); both empty when the text leaves it to the body."""

    hours: float | None = Field(None, ge=0, description="Heures en moins.")
    fraction: float | None = Field(None, ge=0, le=1, description="Part de la durée en moins : 0.5 pour la moitié.")
    at_most: bool = Field(False, description="Vrai quand le texte fixe un plafond et non un droit à cette durée.")


class Recognition(Value):
    """A right from what is held to what is obtained (*passerelle de droit*)."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, unique dans la bibliothèque.")
    title: str | None = Field(None, description="La passerelle en une phrase.")
    given: Requirement = Field(description="Ce qu'il faut avoir.")
    grants: tuple[ItemReference, ...] = Field(
        min_length=1, description="Ce qui est obtenu, dispensé ou allégé : tout ensemble."
    )
    effect: Effect = Field(
        description="award (acquis), exempt (dispense), reduce (allègement), prepare (préparation, sans droit), "
        "none (« Néant » : absence écrite), expected (texte attendu, non lu : rien n'en découle)."
    )
    waives: Waived | None = Field(
        None, description="Pour exempt : assessment (épreuve), training (formation) ou entry (entrée)."
    )
    part: str | None = Field(None, description="Pour exempt : la seule partie dispensée, si ce n'est pas tout.")
    by: Reduction | None = Field(None, description="Pour reduce : de combien ; vide : le texte ne le dit pas.")
    wording: Wording | None = Field(None, description="Les mots du texte.")
    proof: str | None = Field(None, description="La pièce à produire.")
    discretionary: bool = Field(False, description="Vrai quand l'organisme ou le jury décide (« peut être accordé »).")
    in_force: Window = Field(description="Entre quelles dates.")
    source: Source = Field(description="Le texte, avec son article.")
    confidence: Confidence = Field(description="official, secondary ou to_confirm.")
    note: str | None = Field(None, description="Ambiguïté, lecture retenue, remarque.")


class Relation(StrEnum):
    """How near two competencies are (the words of SKOS)."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"


class CorrespondenceState(StrEnum):
    """Whether a person has confirmed the likeness."""

    SUGGESTED = "suggested"
    VALIDATED = "validated"


class Correspondence(Value):
    """A likeness between two competencies (*proximité*): a pedagogical statement, never a right."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, unique dans la bibliothèque.")
    start: ItemReference = Field(alias="from", description="Première compétence.")
    end: ItemReference = Field(alias="to", description="Seconde compétence.")
    relation: Relation = Field(description="exact, close, broad (la seconde est plus large) ou narrow (plus étroite).")
    author: str = Field(min_length=1, description="Qui l'affirme.")
    state: CorrespondenceState = Field(description="suggested (proposée) ou validated (validée par une personne).")
    reason: str | None = Field(None, description="Pourquoi, en une phrase.")
    source: Source | None = Field(None, description="Le document qui le dit, s'il y en a un.")


class RuleKind(StrEnum):
    """What a rule speaks of."""

    COMBINATION = "combination"
    VALIDITY = "validity"
    TRANSITION = "transition"
    PREREQUISITE = "prerequisite"
    REDUCTION = "reduction"
    VAE = "vae"
    HOURS = "hours"
    MODALITY = "modality"
    FUNDING = "funding"
    DEFINITION = "definition"
    CAUTION = "caution"
    DATA = "data"


class Amount(Value):
    """A figure that a rule sets, with its unit."""

    name: str = Field(pattern=rf"^{IDENTIFIER}$", description="Nom du montant.")
    value: float = Field(description="Valeur.")
    unit: str = Field(min_length=1, description="Unité : EUR, EUR/an, EUR/h, h, mois, part…")
    in_force: Window | None = Field(None, description="Période, si elle diffère de celle de la règle.")


class Combination(Value):
    """How parts make the whole, for the certifications of a rule (*règles d'obtention*)."""

    final_assessment: bool | None = Field(
        None, description="Vrai quand tous les blocs ne suffisent pas : entretien final."
    )
    keeps_blocks: bool | None = Field(None, description="Vrai quand les blocs obtenus sont acquis pour toujours.")
    grace_months: int | None = Field(
        None, ge=0, description="Titre fermé : mois laissés pour l'obtenir avec ses blocs."
    )
    reduction_cap: float | None = Field(
        None, ge=0, le=1, description="Part de la théorie que les allègements ne peuvent dépasser."
    )


_KINDS = frozenset(Kind)

KindOrReference = Annotated[
    Annotated[Kind, Tag("<kind>")] | Annotated[ItemReference, Tag("<reference>")],
    Discriminator(lambda value: "<kind>" if isinstance(value, str) and value in _KINDS else "<reference>"),
]
"""A family of certifications, or one certification."""


class Rule(Value):
    """A general rule of law about a family of certifications (*règle*)."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, unique dans la bibliothèque.")
    kind: RuleKind = Field(description="De quoi la règle parle.")
    applies_to: tuple[KindOrReference, ...] = Field((), description="Natures ou référentiels visés ; vide : tous.")
    text: str = Field(min_length=1, description="La règle, en français clair.")
    combination: Combination | None = Field(None, description="Ce que le calcul en retient pour l'obtention.")
    amounts: tuple[Amount, ...] = Field((), description="Les montants et durées qu'elle fixe.")
    in_force: Window = Field(description="Entre quelles dates.")
    source: Source = Field(description="Le texte, avec son article.")
    confidence: Confidence = Field(description="official, secondary ou to_confirm.")
    superseded: bool = Field(False, description="Vrai quand un autre texte l'a remplacée, même à une date non lue.")
    note: str | None = Field(None, description="Remarque pour qui relit.")
