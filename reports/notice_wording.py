"""Notices in words (*avis*): what the reader must know of an answer before relying on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from pathways.pathway import Pathway, Totals, Workplace
from referentials.model import Referential
from reports.language import Words, say, say_n, to_say
from reports.wording import enumeration, hours, plain_date, quoted

_NOTICES: Mapping[str, str] = Words(
    {
        "illustrative": to_say(
            "Des modules de ce parcours sont illustratifs : inventés pour la démonstration, ils n'existent pas."
        ),
        "cut_short": to_say("Le temps a manqué : des explications ou des variantes de ce parcours ne sont pas là."),
        "leans_on_to_confirm": to_say("Ce parcours s'appuie sur des informations à confirmer."),
        "holes": to_say("Une partie de la cible n'est pas connue : personne n'a encore lu le texte."),
        "sessions_not_considered": to_say(
            "Les sessions connues ne s'enchaînent pas dans l'ordre des étapes : leurs dates ne sont pas prises en compte."
        ),
        "ends_after_validity": to_say(
            "Ce parcours finit après la fin connue du titre : vérifiez que le titre sera renouvelé."
        ),
    }
)


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
    match code:
        case "partial_totals":
            return _partial(pathway.totals if pathway.within_reach is None else pathway.within_reach.totals)
        case "workplace_minimum":
            return " ".join(_workplace(one, target) for one in _workplaces(pathway))
        case "not_in_force" | "replaced" | "end_not_read":
            return version_notice(code, pathway.target, pathway.on, target, pathway.gap.valid_until)
        case "ends_after_validity" if (last := pathway.gap.valid_until or _last_day(target)) is not None:
            return say(
                "Ce parcours finit après le {day}, dernier jour connu où {item} peut être obtenu : "
                "vérifiez que le titre sera renouvelé.",
                day=plain_date(last),
                item=pathway.target.partition("/")[0],
            )
    return _NOTICES.get(code, code)


def _partial(totals: Totals) -> str:
    """What the totals leave out, told by what is not known of it."""
    untimed, unpriced = totals.unknown_hours, totals.unknown_cost
    timed, priced = totals.unknown_assessment_hours, totals.unknown_assessment_cost
    told = [
        say_n("{count} étape sans durée connue", "{count} étapes sans durée connue", untimed) if untimed else "",
        say_n("{count} étape sans prix connu", "{count} étapes sans prix connu", unpriced) if unpriced else "",
        say_n("{count} évaluation sans durée connue", "{count} évaluations sans durée connue", timed) if timed else "",
        say_n("{count} évaluation sans prix connu", "{count} évaluations sans prix connu", priced) if priced else "",
    ]
    what = enumeration([part for part in told if part]) or say("des étapes")
    return say("Les totaux laissent de côté ce qui n'est pas connu : {what}.", what=what)


def _workplaces(pathway: Pathway) -> tuple[Workplace, ...]:
    return pathway.workplace if pathway.within_reach is None else pathway.within_reach.workplace


def _workplace(value: Workplace, target: Referential | None) -> str:
    """What a certification asks for in a workplace, with its text, and what the modules of the plan hold of it."""
    texts = enumeration([source.title for source in value.sources])
    return say(
        "{item} demande {asked} en entreprise au moins{source} : les modules de ce parcours en comptent {planned}, "
        "et les totaux ne comptent pas le reste.",
        item=quoted(target.title) if target is not None and value.ref == target.key else value.ref,
        asked=hours(value.hours),
        source=f" ({texts})" if texts else "",
        planned=hours(value.planned),
    )


# -- the version aimed at -------------------------------------------------------------------------------------------------


def version_notice(code: str, ref: str, on: date, target: Referential | None, until: date | None = None) -> str:
    """What is special about the version aimed at: not in force that day, or replaced; nothing is said to be replaced before it is.

    Parameters
    ----------
    until : datetime.date or None
        The last day on which it can be obtained, where the engine found it; without it, what the version itself says.
    """
    item = ref.partition("/")[0]
    if code == "end_not_read":
        return say("Fin de validité non lue : {item} est compté comme en vigueur.", item=item)
    if code == "not_in_force":
        return _not_in_force(item, on, target, until or _last_day(target))
    return _replaced(item, on, target)


def _not_in_force(item: str, on: date, target: Referential | None, last: date | None) -> str:
    if last is not None and last < on:
        day = plain_date(last + timedelta(days=1))
        return say("{item} ne s'obtient plus depuis le {day}.", item=item, day=day)
    if target is not None and target.valid.start is not None and target.valid.start > on:
        return say("{item} ne s'obtient qu'à partir du {day}.", item=item, day=plain_date(target.valid.start))
    return say("{item} n'est pas en vigueur le {day}.", item=item, day=plain_date(on))


def _last_day(target: Referential | None) -> date | None:
    return None if target is None else target.valid.award_until or target.valid.end


def _replaced(item: str, on: date, target: Referential | None) -> str:
    if target is None or not target.replaced_by:
        return say("{item} est remplacé par une autre version.", item=item)
    following = enumeration(target.replaced_by, "ou")
    end = target.valid.end
    if end is not None and on <= end:
        return say(
            "{item} sera remplacé par {following} : il est en vigueur jusqu'au {day}.",
            item=item,
            following=following,
            day=plain_date(end),
        )
    return say(
        "{item} est remplacé par {following} : pour viser ce qui le remplace, choisissez {first}.",
        item=item,
        following=following,
        first=target.replaced_by[0],
    )
