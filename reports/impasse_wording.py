"""Notices and impasses in French words (*avis et impasses*): what the reader must know, why there is no plan, and how to get one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from pathways.pathway import Conflict, Pathway, WayOut
from pathways.profile import CanGive
from referentials.model import Referential
from referentials.offer import Modality
from reports.library_wording import label
from reports.pathway_wording import UNITS, sums, titles, unit_of
from reports.reason_wording import code_of, enumeration
from reports.wording import date_fr, euros, hours, number, plural

_LEVERS: Mapping[str, str] = {
    "refused": "sans les modules que vous refusez",
    "excluded_bodies": "sans les organismes que vous écartez",
    "unavailable": "en dehors de vos périodes sans formation",
    "imposed": "avec les modules que vous imposez",
    "calendar": "dans votre calendrier",
}

_LIFTED: Mapping[str, str] = {
    "refused": "en acceptant les modules que vous refusez",
    "excluded_bodies": "en acceptant les organismes que vous écartez",
    "languages": "en acceptant toutes les langues",
    "places": "en acceptant tous les lieux",
    "days": "en acceptant tous les jours",
    "modalities": "en acceptant toutes les modalités",
    "unavailable": "en renonçant à vos périodes sans formation",
    "imposed": "sans les modules que vous imposez",
    "hours": "sans limite d'heures en tout",
    "budget": "sans limite de budget",
    "deadline": "sans date limite",
    "weekly_hours": "sans limite d'heures par semaine",
    "calendar": "sans votre calendrier",
}

_ACCEPTED: Mapping[Modality, str] = {
    Modality.ONSITE: "en acceptant la présence",
    Modality.REMOTE: "en acceptant le distanciel en direct",
    Modality.SELF_PACED: "en acceptant le distanciel à votre rythme",
    Modality.WORKPLACE: "en acceptant la formation en situation de travail",
    Modality.PLACEMENT: "en acceptant un stage",
    Modality.UNSPECIFIED: "en acceptant les modules dont la modalité n'est pas connue",
}

_NOTICES: Mapping[str, str] = {
    "illustrative": "Des modules de ce parcours sont illustratifs : inventés pour la démonstration, ils n'existent pas.",
    "leans_on_to_confirm": "Ce parcours s'appuie sur des informations à confirmer.",
    "holes": "Une partie de la cible n'est pas connue : personne n'a encore lu le texte. « passerelles show » dit quoi.",
    "assessments_not_counted": "Les totaux ne comptent que ce qui est connu : le prix, ou la durée, d'évaluations de ce parcours n'a pas été lu.",
    "ends_after_validity": "Ce parcours finit après la fin connue du titre : vérifiez que le titre sera renouvelé.",
}


def notices(pathway: Pathway, target: Referential | None = None) -> Iterator[str]:
    """What the reader must know of an answer, one sentence each.

    Parameters
    ----------
    target : Referential or None
        The version aimed at, to give the dates and the successors.
    """
    for code in pathway.notices:
        yield notice(code, pathway, target)


def notice(code: str, pathway: Pathway, target: Referential | None = None) -> str:
    """One notice as a sentence; a code that has no words yet stays as it is."""
    totals = pathway.totals if pathway.within_reach is None else pathway.within_reach.totals
    match code:
        case "partial_totals":
            lacking = [(totals.unknown_hours, "sans durée connue"), (totals.unknown_cost, "sans prix connu")]
            told = [f"{plural(count, 'étape')} {words}" for count, words in lacking if count]
            return f"Les totaux laissent de côté ce qui n'est pas connu : {enumeration(told) or 'des étapes'}."
        case "not_in_force" | "replaced":
            return version_notice(code, pathway.target, pathway.on, target)
    return _NOTICES.get(code, code)


def version_notice(code: str, ref: str, on: date, target: Referential | None) -> str:
    """What is special about the version aimed at: not in force that day, or replaced; nothing is said to be replaced before it is."""
    key = ref.partition("/")[0]
    if code == "not_in_force":
        last = None if target is None else target.valid.award_until or target.valid.end
        if last is not None and last < on:
            return f"{key} ne s'obtient plus depuis le {date_fr(last + timedelta(days=1))}."
        if target is not None and target.valid.start is not None and target.valid.start > on:
            return f"{key} ne s'obtient qu'à partir du {date_fr(target.valid.start)}."
        return f"{key} n'est pas en vigueur le {date_fr(on)}."
    if target is None or not target.replaced_by:
        return f"{key} est remplacé par une autre version."
    following = enumeration(target.replaced_by, "ou")
    if target.valid.end is not None and on <= target.valid.end:
        return f"{key} sera remplacé par {following} : il est en vigueur jusqu'au {date_fr(target.valid.end)}."
    return f"{key} est remplacé par {following} : pour viser ce qui le remplace, --target {target.replaced_by[0]}."


# -- no plan --------------------------------------------------------------------------------------------------------------


def core(conflict: Conflict, pathway: Pathway, give: CanGive) -> Iterator[str]:
    """Why there is no plan: limits that contradict each other, or what is missing, block by block."""
    limits = [name for name in conflict.core if ":" not in name]
    if limits:
        yield _limits(limits, give)
    named = titles(pathway.gap)
    codes = [name.partition(":") for name in conflict.core if ":" in name]
    for kind in dict.fromkeys(code for code, _colon, _ref in codes):
        refs = [ref for code, _colon, ref in codes if code == kind]
        yield from _lacking(kind, refs, named)


def _limits(names: Sequence[str], give: CanGive) -> str:
    if not names:
        return ""
    together = " à la fois" if len(names) > 1 else ""
    return f"Aucun parcours ne tient{together} {enumeration([limit(name, give) for name in names])}."


def limit(name: str, give: CanGive) -> str:
    """A limit that a person set, with its value."""
    match name:
        case "budget":
            return f"avec un budget de {euros(give.budget or 0)}"
        case "hours":
            return f"avec {hours(give.hours or 0)} au plus en tout"
        case "weekly_hours":
            return f"avec {hours(give.weekly_hours or 0)} par semaine"
        case "deadline" if give.deadline:
            return f"en finissant au plus tard le {date_fr(give.deadline)}"
        case "modalities":
            return f"avec les seules modalités acceptées ({enumeration([label(one) for one in give.modalities or ()])})"
        case "places":
            return f"avec les seuls lieux acceptés ({enumeration(give.places or ())})"
        case "languages":
            return f"avec les seules langues acceptées ({enumeration(give.languages or ())})"
        case "days":
            return f"avec les seuls jours possibles ({enumeration(give.days or ())})"
    return _LEVERS.get(name, name)


def _lacking(kind: str, refs: Sequence[str], named: Mapping[str, str | None]) -> Iterator[str]:
    if kind in ("no_module", "no_route"):
        yield from _by_block(kind, refs, named)
        return
    parts = [ref for ref in refs if "/" in ref and kind == "hole"]
    if parts:
        yield _holes(parts, named)
    for ref in refs:
        if ref not in parts:
            yield _one_lacking(kind, ref)


def _holes(blocks: Sequence[str], named: Mapping[str, str | None]) -> str:
    if len(blocks) == 1:
        about = f"{_called(blocks[0], named)} : ses compétences ne sont pas connues"
        return f"{about}, et aucun module retenu ne prépare ce bloc en entier."
    codes = enumeration([code_of(ref) for ref in blocks])
    return f"{codes} : leurs compétences ne sont pas connues, et aucun module retenu ne prépare ces blocs en entier."


def _one_lacking(kind: str, ref: str) -> str:
    if kind == "entry":
        return f"Ce qui est demandé à l'entrée de {ref} n'est pas rempli."
    if kind == "hole":
        return f"Ce qu'il faut réunir pour obtenir {ref} n'est pas connu en entier : personne n'a encore lu le texte."
    return f"{kind} : {ref}"


def _by_block(kind: str, refs: Sequence[str], named: Mapping[str, str | None]) -> Iterator[str]:
    blocks: dict[str, list[str]] = {}
    for ref in refs:
        blocks.setdefault("/".join(ref.split("/")[:2]), []).append(ref)
    for block, parts in blocks.items():
        codes = enumeration([ref.rpartition("/")[2] for ref in parts])
        if parts == [block]:
            yield f"{_called(block, named)} : rien de connu ne permet d'obtenir ce bloc."
        elif kind == "no_module":
            yield f"{_called(block, named)} : aucun module retenu ne fait acquérir {codes}."
        else:
            yield f"{_called(block, named)} : des modules existent pour {codes}, mais ce qu'ils demandent d'abord manque."


def _called(ref: str, named: Mapping[str, str | None]) -> str:
    title = named.get(ref)
    return f"{code_of(ref)} ({title})" if title else code_of(ref)


def way_out(way: WayOut, give: CanGive) -> str:
    """A change that makes a plan possible, with its number, and what that plan takes.

    Examples
    --------
    >>> way_out(WayOut(change="weekly_hours", value=8.0), CanGive(weekly_hours=6)).replace("\\u00a0", " ")
    'avec 8 h par semaine au lieu de 6 h'
    """
    told = _change(way, give)
    return told if way.totals is None else f"{told} : {sums(way.totals, unit_of(give))}"


def _change(way: WayOut, give: CanGive) -> str:
    value = way.value
    match way.change:
        case "budget" if isinstance(value, float):
            return f"avec {euros(value - (give.budget or 0))} de plus"
        case "hours" if isinstance(value, float):
            return f"avec {hours(value - (give.hours or 0))} de plus en tout"
        case "weekly_hours" if isinstance(value, float):
            return f"avec {hours(value)} par semaine au lieu de {hours(give.weekly_hours or 0)}"
        case "deadline" if isinstance(value, str):
            late = f" au lieu du {date_fr(give.deadline)}" if give.deadline else ""
            return f"en finissant le {date_fr(date.fromisoformat(value))}{late}"
        case "modalities" if isinstance(value, str):
            return _ACCEPTED[Modality(value)]
    name = way.change.removeprefix("without_")
    return _LIFTED.get(name, f"en changeant {name}" + ("" if value is None else f" : {value}"))


def load(give: CanGive) -> str:
    """What a person gives, in one line; empty when nothing limits the rhythm."""
    if give.calendar is not None:
        most = "" if give.calendar.max_hours is None else f", {hours(give.calendar.max_hours)} au plus chacun"
        return f"{number(give.calendar.count)} {UNITS[give.calendar.period][1]}{most}"
    return "" if give.weekly_hours is None else f"{hours(give.weekly_hours)} par semaine"
