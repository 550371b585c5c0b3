"""The library in French words (*libellés*): what each closed value of the files is called, and a requirement as lines.

A reader never sees ``to_confirm`` or ``at_least``: every door shows these labels, and the generated reference explains each
value by them. Rights and likenesses get words that cannot be taken for one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from referentials.model import Assessment, Hours, Kind, State
from referentials.offer import Modality
from referentials.provenance import Code, Confidence, Source, Window
from referentials.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    CompetencyAt,
    Condition,
    Experience,
    Held,
    Requirement,
    parts,
)
from referentials.rights import CorrespondenceState, Effect, Recognition, Relation, RuleKind, Waived, Wording
from reports.wording import date_fr, euros, hours, number, period

UNKNOWN = "non connu"

LABELS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Confidence: {
        Confidence.OFFICIAL: "officiel",
        Confidence.SECONDARY: "source secondaire",
        Confidence.TO_CONFIRM: "à confirmer",
    },
    State: {
        State.DRAFT: "brouillon",
        State.PUBLISHED: "publié",
        State.RETIRED: "retiré",
    },
    Kind: {
        Kind.TITRE_PROFESSIONNEL: "titre professionnel",
        Kind.DIPLOME_JEPS: "diplôme de la jeunesse et des sports",
        Kind.DIPLOME_TRAVAIL_SOCIAL: "diplôme du travail social",
        Kind.DIPLOME_EDUCATION_NATIONALE: "diplôme de l'éducation nationale",
        Kind.DIPLOME_AGRICOLE: "diplôme agricole",
        Kind.DIPLOME_SUPERIEUR: "diplôme de l'enseignement supérieur",
        Kind.DIPLOME_SANTE: "diplôme de la santé",
        Kind.BREVET_ANIMATION_VOLONTAIRE: "brevet de l'animation volontaire",
        Kind.CERTIFICATION_RNCP: "certification inscrite au RNCP",
        Kind.CERTIFICATION_RS: "certification inscrite au répertoire spécifique",
        Kind.CADRE_DE_COMPETENCES: "cadre de compétences",
        Kind.HABILITATION: "habilitation",
        Kind.PARCOURS_DE_FORMATION: "parcours de formation",
        Kind.ATTESTATION: "attestation",
    },
    Effect: {
        Effect.AWARD: "acquis de droit",
        Effect.EXEMPT: "dispense",
        Effect.REDUCE: "allègement de formation",
        Effect.PREPARE: "préparation, sans aucun droit",
        Effect.NONE: "« Néant » : le texte dit que rien n'est accordé",
        Effect.EXPECTED: "attendu, texte non lu : rien n'est accordé",
    },
    Waived: {
        Waived.ASSESSMENT: "dispense d'évaluation",
        Waived.TRAINING: "dispense de formation",
        Waived.ENTRY: "dispense des exigences à l'entrée",
    },
    Wording: {
        **{wording: f"« {wording.value} »" for wording in Wording},
        Wording.NEANT: "« Néant », écrit dans le texte",
    },
    Relation: {
        Relation.EXACT: "compétences identiques",
        Relation.CLOSE: "compétences proches",
        Relation.BROAD: "la seconde est plus large",
        Relation.NARROW: "la seconde est plus étroite",
    },
    CorrespondenceState: {
        CorrespondenceState.SUGGESTED: "proposée",
        CorrespondenceState.VALIDATED: "validée par une personne",
    },
    RuleKind: {
        RuleKind.COMBINATION: "obtention",
        RuleKind.VALIDITY: "validité",
        RuleKind.TRANSITION: "passage d'une version à l'autre",
        RuleKind.PREREQUISITE: "exigences à l'entrée",
        RuleKind.REDUCTION: "allègements",
        RuleKind.VAE: "validation des acquis de l'expérience",
        RuleKind.HOURS: "durées",
        RuleKind.MODALITY: "modalités",
        RuleKind.FUNDING: "financement",
        RuleKind.DEFINITION: "définition",
        RuleKind.CAUTION: "mise en garde",
        RuleKind.DATA: "donnée chiffrée",
    },
    Modality: {
        Modality.ONSITE: "en présence",
        Modality.REMOTE: "à distance, en direct",
        Modality.SELF_PACED: "à distance, à son rythme",
        Modality.WORKPLACE: "en situation de travail",
        Modality.PLACEMENT: "en stage",
        Modality.UNSPECIFIED: "modalité non connue",
    },
}
"""What every closed value is called, list by list."""


def label(value: StrEnum | None) -> str:
    """The French name of a closed value.

    Examples
    --------
    >>> label(Confidence.TO_CONFIRM), label(None)
    ('à confirmer', 'non connu')
    """
    return UNKNOWN if value is None else LABELS[type(value)][value]


def window(value: Window) -> str:
    """The dates of a text, in words."""
    return period(value.start, value.end, value.seen)


def code(value: Code) -> str:
    """A code of a nomenclature with its dates, when it changed, and its confidence when it has its own."""
    dated = period(value.start, value.end) if value.start or value.end else ""
    sure = label(value.confidence) if value.confidence else ""
    extra = ", ".join(part for part in (dated, sure) if part)
    return f"{value.code} ({extra})" if extra else value.code


def source(value: Source) -> str:
    """A text and where to find it: title, number, article, address, day of the reading.

    Examples
    --------
    >>> source(Source(title="Arrêté du 8 décembre 2008", reference="SJSF0829250A", article="article 1"))
    'Arrêté du 8 décembre 2008, SJSF0829250A, article 1'
    """
    read = f"relu le {date_fr(value.checked_on)}" if value.checked_on else ""
    return ", ".join(part for part in (value.title, value.reference, value.article, value.url, read) if part)


def effect(value: Recognition) -> str:
    """What a right does, with what it waives or by how much it shortens."""
    if value.effect is Effect.EXEMPT and value.waives is not None:
        return label(value.waives) + (f" ({value.part})" if value.part else "")
    if value.effect is Effect.REDUCE and value.by is not None:
        upto = "jusqu'à " if value.by.at_most else ""
        much = hours(value.by.hours) if value.by.hours is not None else f"{number((value.by.fraction or 0) * 100)} %"
        return f"{label(value.effect)} : {upto}{much}"
    return label(value.effect)


def assessment(value: Assessment | None) -> str:
    """How something is assessed (*évaluation*), in one line."""
    if value is None or (value.form is None and value.hours is None and value.cost is None):
        return f"{UNKNOWN}e"
    said = [value.form or f"forme {UNKNOWN}e"]
    said += [hours(value.hours)] if value.hours is not None else []
    said += [euros(value.cost)] if value.cost is not None else []
    return ", ".join(said)


def granted(references: Sequence[str]) -> str:
    """Several references of one version, the version said once.

    Examples
    --------
    >>> granted(["tp-x@2019/CCP1", "tp-x@2019/CCP2", "bafd@toutes"])
    'tp-x@2019 : CCP1, CCP2 ; bafd@toutes'
    >>> granted(["tp-x@2019/CCP1"])
    'tp-x@2019/CCP1'
    """
    grouped: dict[str, list[str]] = {}
    for text in references:
        whole, _slash, part = text.partition("/")
        grouped.setdefault(whole, []).append(part)
    return " ; ".join(_group(whole, parts) for whole, parts in grouped.items())


def _group(whole: str, parts: Sequence[str]) -> str:
    if len(parts) > 1 and all(parts):
        return f"{whole} : {', '.join(parts)}"
    return ", ".join(f"{whole}/{part}" if part else whole for part in parts)


def durations(value: Hours) -> str:
    """The hours that a text sets, in one line; empty when it sets none."""
    names = {
        "total": "au total",
        "theory": "en centre",
        "practice": "en pratique ou en stage",
        "workplace_min": "en entreprise au moins",
    }
    known = ((getattr(value, name), words) for name, words in names.items())
    return ", ".join(f"{hours(amount)} {words}" for amount, words in known if amount is not None)


def requirement(value: Requirement) -> Iterator[tuple[int, str]]:
    """A requirement as indented lines: depth and text.

    Examples
    --------
    >>> two = AtLeast(at_least=2, of=(Held("bafd"), CompetencyAt(competency="pix@2023/1.1", level=4)))
    >>> for depth, text in requirement(two): print("  " * depth + text)
    au moins 2 des éléments :
      bafd
      pix@2023/1.1, niveau 4
    """
    return _requirement(value, 0)


def _requirement(value: Requirement, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, _one(value)
    for part in parts(value):
        yield from _requirement(part, depth + 1)


def _one(value: Any) -> str:
    match value:
        case Held():
            return value.root
        case CompetencyAt():
            return value.competency + ("" if value.level is None else f", niveau {value.level}")
        case Experience():
            asked = value.experience
            where = f" ({', '.join([asked.field or '', *asked.rome]).strip(', ')})" if asked.field or asked.rome else ""
            return f"{number(asked.months)} mois d'expérience{where}"
        case Condition():
            return f"à confirmer avec la personne : {value.text}"
        case AllOf():
            return "tous ces éléments :" if value.all_of else "rien"
        case AnyOf():
            return "l'un de ces éléments :"
        case AtLeast():
            return f"au moins {value.at_least} des éléments :"
    raise TypeError(value)
