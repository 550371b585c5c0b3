"""The library in words (*libellés*): what each closed value of the files is called, and a requirement as lines.

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
from reports.language import Words, say, say_n, to_say
from reports.wording import euros, hours, labelled, listed, percent, period, plain_date

UNKNOWN = to_say("non connu")

LABELS: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Confidence: Words(
        {
            Confidence.OFFICIAL: to_say("officiel"),
            Confidence.SECONDARY: to_say("source secondaire"),
            Confidence.TO_CONFIRM: to_say("à confirmer"),
        }
    ),
    State: Words(
        {
            State.NAMED: to_say("fiche non lue"),
            State.DRAFT: to_say("brouillon"),
            State.PUBLISHED: to_say("publié"),
            State.RETIRED: to_say("retiré"),
        }
    ),
    Kind: Words(
        {
            Kind.TITRE_PROFESSIONNEL: to_say("titre professionnel"),
            Kind.DIPLOME_JEPS: to_say("diplôme de la jeunesse et des sports"),
            Kind.DIPLOME_TRAVAIL_SOCIAL: to_say("diplôme du travail social"),
            Kind.DIPLOME_EDUCATION_NATIONALE: to_say("diplôme de l'éducation nationale"),
            Kind.DIPLOME_AGRICOLE: to_say("diplôme agricole"),
            Kind.DIPLOME_SUPERIEUR: to_say("diplôme de l'enseignement supérieur"),
            Kind.DIPLOME_SANTE: to_say("diplôme de la santé"),
            Kind.BREVET_ANIMATION_VOLONTAIRE: to_say("brevet de l'animation volontaire"),
            Kind.CERTIFICATION_RNCP: to_say("certification inscrite au RNCP"),
            Kind.CERTIFICATION_RS: to_say("certification inscrite au répertoire spécifique"),
            Kind.CADRE_DE_COMPETENCES: to_say("cadre de compétences"),
            Kind.HABILITATION: to_say("habilitation"),
            Kind.PARCOURS_DE_FORMATION: to_say("parcours de formation"),
            Kind.ATTESTATION: to_say("attestation"),
        }
    ),
    Effect: Words(
        {
            Effect.AWARD: to_say("acquis de droit"),
            Effect.EXEMPT: to_say("dispense"),
            Effect.REDUCE: to_say("allègement de formation"),
            Effect.PREPARE: to_say("préparation, sans aucun droit"),
            Effect.NONE: to_say("« Néant » : le texte dit que rien n'est accordé"),
            Effect.EXPECTED: to_say("attendu, texte non lu : rien n'est accordé"),
        }
    ),
    Waived: Words(
        {
            Waived.ASSESSMENT: to_say("dispense d'évaluation"),
            Waived.TRAINING: to_say("dispense de formation"),
            Waived.ENTRY: to_say("dispense des exigences à l'entrée"),
        }
    ),
    Wording: Words(
        {
            Wording.EST_EQUIVALENT: to_say("« est équivalent »"),
            Wording.OBTIENT_DE_DROIT: to_say("« obtient de droit »"),
            Wording.REPUTE_ACQUIS: to_say("« réputé acquis »"),
            Wording.REPUTE_TITULAIRE: to_say("« réputé titulaire »"),
            Wording.REPUTE_EQUIVALENT: to_say("« réputé équivalent »"),
            Wording.DISPENSE: to_say("« dispense »"),
            Wording.ALLEGEMENT: to_say("« allègement »"),
            Wording.NEANT: to_say("« Néant », écrit dans le texte"),
        }
    ),
    Relation: Words(
        {
            Relation.EXACT: to_say("compétences identiques"),
            Relation.CLOSE: to_say("compétences proches"),
            Relation.BROAD: to_say("la seconde est plus large"),
            Relation.NARROW: to_say("la seconde est plus étroite"),
        }
    ),
    CorrespondenceState: Words(
        {
            CorrespondenceState.SUGGESTED: to_say("proposée"),
            CorrespondenceState.VALIDATED: to_say("validée par une personne"),
        }
    ),
    RuleKind: Words(
        {
            RuleKind.COMBINATION: to_say("obtention"),
            RuleKind.VALIDITY: to_say("validité"),
            RuleKind.TRANSITION: to_say("passage d'une version à l'autre"),
            RuleKind.PREREQUISITE: to_say("exigences à l'entrée"),
            RuleKind.REDUCTION: to_say("allègements"),
            RuleKind.VAE: to_say("validation des acquis de l'expérience"),
            RuleKind.HOURS: to_say("durées"),
            RuleKind.MODALITY: to_say("modalités"),
            RuleKind.FUNDING: to_say("financement"),
            RuleKind.DEFINITION: to_say("définition"),
            RuleKind.CAUTION: to_say("mise en garde"),
            RuleKind.DATA: to_say("donnée chiffrée"),
        }
    ),
    Modality: Words(
        {
            Modality.ONSITE: to_say("en présence"),
            Modality.REMOTE: to_say("à distance, en direct"),
            Modality.SELF_PACED: to_say("à distance, à son rythme"),
            Modality.WORKPLACE: to_say("en situation de travail"),
            Modality.PLACEMENT: to_say("en stage"),
            Modality.UNSPECIFIED: to_say("modalité non connue"),
        }
    ),
}
"""What every closed value is called, list by list."""


def label(value: StrEnum | None) -> str:
    """The name of a closed value.

    Examples
    --------
    >>> label(Confidence.TO_CONFIRM), label(None)
    ('à confirmer', 'non connu')
    """
    return say("non connu") if value is None else LABELS[type(value)][value]


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
    read = say("relu le {day}", day=plain_date(value.checked_on)) if value.checked_on else ""
    return ", ".join(part for part in (value.title, value.reference, value.article, value.url, read) if part)


def effect(value: Recognition) -> str:
    """What a right does, with what it waives or by how much it shortens."""
    if value.effect is Effect.EXEMPT and value.waives is not None:
        return label(value.waives) + (f" ({value.part})" if value.part else "")
    if value.effect is Effect.REDUCE and value.by is not None:
        much = hours(value.by.hours) if value.by.hours is not None else percent((value.by.fraction or 0) * 100)
        return labelled(label(value.effect), say("jusqu'à {amount}", amount=much) if value.by.at_most else much)
    return label(value.effect)


def assessment(value: Assessment | None) -> str:
    """How something is assessed (*évaluation*), in one line."""
    if value is None or (value.form is None and value.hours is None and value.cost is None):
        return say("non connue")
    said = [value.form or say("forme non connue")]
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
    return listed(_group(whole, parts) for whole, parts in grouped.items())


def _group(whole: str, parts: Sequence[str]) -> str:
    if len(parts) > 1 and all(parts):
        return labelled(whole, ", ".join(parts))
    return ", ".join(f"{whole}/{part}" if part else whole for part in parts)


_HOURS = Words(
    {
        "total": to_say("au total"),
        "theory": to_say("en centre"),
        "practice": to_say("en pratique ou en stage"),
        "workplace_min": to_say("en entreprise au moins"),
    }
)


def durations(value: Hours) -> str:
    """The hours that a text sets, in one line; empty when it sets none."""
    known = ((getattr(value, name), words) for name, words in _HOURS.items())
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
    yield depth, one_requirement(value)
    for part in parts(value):
        yield from _requirement(part, depth + 1)


def one_requirement(value: Any) -> str:
    """A requirement without its parts: a leaf, or what begins a list."""
    match value:
        case Held():
            return value.root
        case CompetencyAt():
            return at_level(value.competency, value.level)
        case Experience():
            asked = value.experience
            where = f" ({', '.join([asked.field or '', *asked.rome]).strip(', ')})" if asked.field or asked.rome else ""
            return say_n("{count} mois d'expérience", "{count} mois d'expérience", asked.months) + where
        case Condition():
            return say("à confirmer avec la personne : {condition}", condition=value.text)
        case AllOf():
            return say("tous ces éléments :") if value.all_of else say("rien")
        case AnyOf():
            return say("l'un de ces éléments :")
        case AtLeast():
            return say("au moins {number} des éléments :", number=value.at_least)
    raise TypeError(value)


def at_level(ref: str, level: int | str | None) -> str:
    """A competency, and its level where there is one.

    Examples
    --------
    >>> at_level("pix@2023/1.1", 4), at_level("tp-x@2019/CCP1/C1", None)
    ('pix@2023/1.1, niveau 4', 'tp-x@2019/CCP1/C1')
    """
    return ref if level is None else say("{item}, niveau {level}", item=ref, level=level)
