"""Impasses in words (*impasses*): why there is no plan, and how to get one; notices, worded beside, are read from here too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pathways.pathway import Conflict, Pathway, WayOut
from pathways.profile import CanGive, Periods
from referentials.offer import Modality
from reports.language import Words, say, say_n, to_say
from reports.library_wording import label
from reports.notice_wording import notice, notices, version_notice
from reports.pathway_wording import sums, titles
from reports.period_wording import UNITS, periods, unit_of
from reports.reason_wording import code_of
from reports.wording import enumeration, euros, hours, labelled, plain_date

_LEVERS: Mapping[str, str] = Words(
    {
        "refused": to_say("sans les modules que vous refusez"),
        "excluded_bodies": to_say("sans les organismes que vous écartez"),
        "unavailable": to_say("en dehors de vos périodes sans formation"),
        "imposed": to_say("avec les modules que vous imposez"),
        "calendar": to_say("dans votre calendrier"),
    }
)

_LIFTED: Mapping[str, str] = Words(
    {
        "refused": to_say("en acceptant les modules que vous refusez"),
        "excluded_bodies": to_say("en acceptant les organismes que vous écartez"),
        "languages": to_say("en acceptant toutes les langues"),
        "places": to_say("en acceptant tous les lieux"),
        "days": to_say("en acceptant tous les jours"),
        "modalities": to_say("en acceptant toutes les modalités"),
        "unavailable": to_say("en renonçant à vos périodes sans formation"),
        "imposed": to_say("sans les modules que vous imposez"),
        "hours": to_say("sans limite d'heures en tout"),
        "budget": to_say("sans limite de budget"),
        "deadline": to_say("sans date limite"),
        "weekly_hours": to_say("sans limite d'heures par semaine"),
        "calendar": to_say("sans votre calendrier"),
    }
)

_ACCEPTED: Mapping[Modality, str] = Words(
    {
        Modality.ONSITE: to_say("en acceptant la présence"),
        Modality.REMOTE: to_say("en acceptant le distanciel en direct"),
        Modality.SELF_PACED: to_say("en acceptant le distanciel à votre rythme"),
        Modality.WORKPLACE: to_say("en acceptant la formation en situation de travail"),
        Modality.PLACEMENT: to_say("en acceptant un stage"),
        Modality.UNSPECIFIED: to_say("en acceptant les modules dont la modalité n'est pas connue"),
    }
)

# -- no plan --------------------------------------------------------------------------------------------------------------


def core(conflict: Conflict, pathway: Pathway, give: CanGive) -> Iterator[str]:
    """Why there is no plan: limits that contradict each other, or what is missing, block by block."""
    limits = [name for name in conflict.core if ":" not in name]
    if limits:
        yield _of_dates(limits, give, pathway.start) or _limits(limits, give)
    yield from lacks(conflict.core, titles(pathway.gap))
    if not conflict.complete:
        yield _unfinished(conflict)


def _unfinished(conflict: Conflict) -> str:
    if not conflict.core:
        return say("La recherche a été arrêtée avant de savoir ce qui l'empêche : laissez-lui plus de temps.")
    return say(
        "La recherche a été arrêtée avant la fin : certaines de ces raisons n'y sont peut-être pour rien, "
        "et il existe peut-être d'autres solutions."
    )


def _of_dates(names: Sequence[str], give: CanGive, start: date | None) -> str:
    """A reason of dates that is plainer than its limits: dates that never follow each other, a deadline before the first day."""
    if "dates" in names:
        return say(
            "Les dates connues des sessions et des textes ne permettent pas de tout enchaîner, même sans aucune limite."
        )
    if list(names) == ["deadline"] and start is not None and give.deadline is not None and give.deadline < start:
        days = {"deadline": plain_date(give.deadline), "start": plain_date(start)}
        return say("La date limite, le {deadline}, vient avant le premier jour possible, le {start}.", **days)
    return ""


# -- limits ---------------------------------------------------------------------------------------------------------------


def _limits(names: Sequence[str], give: CanGive) -> str:
    told = enumeration([limit(name, give) for name in names])
    if len(names) == 1:
        return say("Aucun parcours ne tient {limit}.", limit=told)
    return say("Aucun parcours ne tient à la fois {limits}.", limits=told)


def limit(name: str, give: CanGive) -> str:
    """A limit that a person set, with its value."""
    match name:
        case "budget":
            return say("avec un budget de {amount}", amount=euros(give.budget or 0))
        case "hours":
            return say("avec {hours} au plus en tout", hours=hours(give.hours or 0))
        case "weekly_hours":
            return say("avec {hours} par semaine", hours=hours(give.weekly_hours or 0))
        case "calendar" if give.calendar is not None:
            return say("avec un calendrier de {calendar}", calendar=load(give))
        case "deadline" if give.deadline:
            return say("en finissant au plus tard le {day}", day=plain_date(give.deadline))
        case "modalities":
            accepted = enumeration([label(one) for one in give.modalities or ()])
            return say("avec les seules modalités acceptées ({list})", list=accepted)
        case "places":
            return say("avec les seuls lieux acceptés ({list})", list=enumeration(give.places or ()))
        case "languages":
            return say("avec les seules langues acceptées ({list})", list=enumeration(give.languages or ()))
        case "days":
            return say("avec les seuls jours possibles ({list})", list=enumeration(give.days or ()))
    return _LEVERS.get(name, name)


def load(give: CanGive) -> str:
    """What a person gives, in one line; empty when nothing limits the rhythm.

    Examples
    --------
    >>> six_months = Periods(period="month", count=6, min_hours=10, max_hours=40)
    >>> load(CanGive(calendar=six_months)).replace("\u00a0", " ")
    '6 mois, de 10 h à 40 h par mois'
    """
    calendar = give.calendar
    if calendar is None:
        return "" if give.weekly_hours is None else say("{hours} par semaine", hours=hours(give.weekly_hours))
    unit, _several = UNITS[calendar.period]
    told = (
        periods(calendar.count, calendar.period),
        _hours_a_period(calendar, unit),
        _modules_a_period(calendar, unit),
    )
    return ", ".join(part for part in told if part)


def _hours_a_period(calendar: Periods, unit: str) -> str:
    least, most = calendar.min_hours, calendar.max_hours
    if least and most is not None:
        return say("de {least} à {most} par {unit}", least=hours(least), most=hours(most), unit=unit)
    if most is not None:
        return say("{most} au plus par {unit}", most=hours(most), unit=unit)
    return say("{least} au moins par {unit}", least=hours(least), unit=unit) if least else ""


def _modules_a_period(calendar: Periods, unit: str) -> str:
    least, most = calendar.min_modules, calendar.max_modules
    if least and most is not None:
        return say("de {least} à {most} modules par {unit}", least=least, most=most, unit=unit)
    if most is not None:
        return say_n("{count} module au plus par {unit}", "{count} modules au plus par {unit}", most, unit=unit)
    if least:
        return say_n("{count} module au moins par {unit}", "{count} modules au moins par {unit}", least, unit=unit)
    return ""


# -- what is missing ------------------------------------------------------------------------------------------------------


def lacks(names: Sequence[str], named: Mapping[str, str | None]) -> Iterator[str]:
    """What is missing, block by block, of what a conflict names; ``named`` are the titles, by reference."""
    codes = [name.partition(":") for name in names if ":" in name]
    for kind in dict.fromkeys(code for code, _colon, _ref in codes):
        yield from _lacking(kind, [ref for code, _colon, ref in codes if code == kind], named)


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
    called = _called(blocks[0], named) if len(blocks) == 1 else enumeration([code_of(ref) for ref in blocks])
    return say_n(
        "{blocks} : ses compétences ne sont pas connues, et aucun module retenu ne prépare ce bloc en entier.",
        "{blocks} : leurs compétences ne sont pas connues, et aucun module retenu ne prépare ces blocs en entier.",
        len(blocks),
        blocks=called,
    )


def _one_lacking(kind: str, ref: str) -> str:
    match kind:
        case "entry":
            return say("Ce qui est demandé à l'entrée de {item} n'est pas rempli.", item=ref)
        case "award":
            return say("Ce que demande {item} en dehors de ses propres blocs ne peut pas être réuni.", item=ref)
        case "never":
            return say(
                "Personne ne peut réunir ce que demande {item} tel qu'il est écrit : le référentiel est à corriger.",
                item=ref,
            )
    if kind == "hole":
        return say(
            "Ce qu'il faut réunir pour obtenir {item} n'est pas connu en entier : personne n'a encore lu le texte.",
            item=ref,
        )
    return labelled(kind, ref)


def _by_block(kind: str, refs: Sequence[str], named: Mapping[str, str | None]) -> Iterator[str]:
    blocks: dict[str, list[str]] = {}
    for ref in refs:
        blocks.setdefault("/".join(ref.split("/")[:2]), []).append(ref)
    for block, parts in blocks.items():
        codes = enumeration([ref.rpartition("/")[2] for ref in parts])
        whole = say("Rien de connu ne permet d'obtenir {item}.", item=block) if "/" not in block else ""
        yield whole or _one_block(kind, _called(block, named), codes if parts != [block] else "")


def _one_block(kind: str, block: str, codes: str) -> str:
    if not codes:
        return say("{block} : rien de connu ne permet d'obtenir ce bloc.", block=block)
    if kind == "no_module":
        return say("{block} : aucun module retenu ne fait acquérir {items}.", block=block, items=codes)
    return say(
        "{block} : des modules existent pour {items}, mais ce qu'ils demandent d'abord manque.",
        block=block,
        items=codes,
    )


def _called(ref: str, named: Mapping[str, str | None]) -> str:
    title, code = named.get(ref), code_of(ref) if ref in named or not named else ref
    return f"{code} ({title})" if title else code


# -- ways out -------------------------------------------------------------------------------------------------------------


def way_out(way: WayOut, give: CanGive) -> str:
    """A change that makes a plan possible, with its number, and what that plan takes.

    Examples
    --------
    >>> way_out(WayOut(change="weekly_hours", value=8.0), CanGive(weekly_hours=6)).replace("\u00a0", " ")
    'avec 8 h par semaine au lieu de 6 h'
    """
    told = change(way, give)
    return told if way.totals is None else labelled(told, sums(way.totals, unit_of(give)))


def change(way: WayOut, give: CanGive) -> str:
    """The change alone."""
    value = way.value
    match way.change:
        case "budget" if isinstance(value, float):
            return say("avec {amount} de plus", amount=euros(value - (give.budget or 0)))
        case "hours" if isinstance(value, float):
            return say("avec {hours} de plus en tout", hours=hours(value - (give.hours or 0)))
        case "weekly_hours" if isinstance(value, float):
            now = hours(give.weekly_hours or 0)
            return say("avec {hours} par semaine au lieu de {now}", hours=hours(value), now=now)
        case "calendar" if isinstance(value, float) and give.calendar is not None:
            before, now = give.calendar.count, periods(int(value), give.calendar.period)
            return say("avec {periods} au lieu de {before}", periods=now, before=before)
        case "deadline" if isinstance(value, str):
            return _later(date.fromisoformat(value), give.deadline)
        case "modalities" if isinstance(value, str):
            return _ACCEPTED[Modality(value)]
    name = way.change.removeprefix("without_")
    if name in _LIFTED:
        return _LIFTED[name]
    told = say("en changeant {limit}", limit=name)
    return told if value is None else labelled(told, str(value))


def _later(day: date, deadline: date | None) -> str:
    if deadline is None:
        return say("en finissant le {day}", day=plain_date(day))
    return say("en finissant le {day} au lieu du {deadline}", day=plain_date(day), deadline=plain_date(deadline))


__all__ = ["change", "core", "limit", "load", "notice", "notices", "version_notice", "way_out"]
