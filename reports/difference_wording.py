"""What could change in a pathway, in words (*et si… ?*): without a module, with another choice, with a confirmation.

A difference is told as far as it is known: « au moins » where something of unknown length or price comes on top, and « non
connu » where nothing can be said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.offering import SetAside
from pathways.pathway import IfConfirmed, Without
from pathways.profile import PeriodUnit
from reports.language import Words, say, say_n, to_say
from reports.period_wording import periods
from reports.reason_wording import code_of
from reports.wording import euros, hours, labelled, listed, months, quoted

SET_ASIDE: Mapping[SetAside, str] = Words(
    {
        SetAside.EXCLUDED_BODY: to_say("organisme que vous écartez"),
        SetAside.ALREADY_FOLLOWED: to_say("module que vous avez déjà suivi"),
        SetAside.REFUSED: to_say("module que vous refusez"),
        SetAside.MODALITY: to_say("modalité que vous n'acceptez pas"),
        SetAside.MODALITY_NOT_KNOWN: to_say("modalité non connue, alors que vous en demandez certaines"),
        SetAside.LANGUAGE: to_say("langue que vous n'acceptez pas"),
        SetAside.PLACE: to_say("lieu que vous n'acceptez pas"),
        SetAside.DAYS: to_say("jours qui ne vous conviennent pas"),
        SetAside.NO_LONGER_OFFERED: to_say("offre terminée à cette date"),
        SetAside.NO_SESSION_LEFT: to_say("aucune session possible : toutes passées, complètes ou trop tardives"),
        SetAside.PRICE_NOT_KNOWN: to_say("prix non connu, alors que vous fixez un budget"),
        SetAside.HOURS_NOT_KNOWN: to_say("durée non connue, alors que vous comptez vos heures"),
        SetAside.ILLUSTRATIVE: to_say("module illustratif, inventé pour la démonstration"),
    }
)
"""Why a module is not considered."""


def set_aside(counts: Mapping[str, int]) -> Iterator[str]:
    """The modules that were not considered, by reason, the most numerous first."""
    for reason, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield labelled(say_n("{count} module", "{count} modules", count), SET_ASIDE[SetAside(reason)])


# -- without a module, with other modules ---------------------------------------------------------------------------------


def without(one: Without, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """What doing without a module costs.

    Examples
    --------
    >>> without(Without(module="o:m", irreplaceable=False, hours=7, cost=-20)).replace("\\u00a0", " ")
    '7 h de plus, 20 € de moins'
    """
    if one.irreplaceable:
        return say("irremplaçable : aucun parcours sans lui")
    told = differences(one.hours, one.cost, one.weeks, unit, (one.hours_at_least, one.cost_at_least))
    return told or say("sans changement : un autre parcours fait aussi bien")


def exchange(added: Sequence[str], removed: Sequence[str]) -> str:
    """How another plan differs in its modules.

    Examples
    --------
    >>> exchange(["le module long"], ["le module court"]), exchange([], ["le module court"])
    ('le module long au lieu de : le module court', 'sans : le module court')
    """
    new, old = listed(added), listed(removed)
    if not added:
        return say("sans : {modules}", modules=old) if removed else say("les mêmes modules")
    return say("{new} au lieu de : {old}", new=new, old=old) if removed else say("{new} en plus", new=new)


# -- with a confirmation --------------------------------------------------------------------------------------------------


def if_confirmed(one: IfConfirmed, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """What a confirmation would save, as a sentence.

    Examples
    --------
    >>> one = IfConfirmed(fact="tp-x@2020/B1/C1", what="competency", text="Faire", hours=35, cost=420)
    >>> if_confirmed(one).replace("\\u00a0", " ")
    'Si B1/C1 (Faire) est confirmé : 35 h de moins, 420 € de moins.'
    """
    what = say("un parcours devient possible") if one.opens else savings(one, unit) or say("rien ne change")
    if one.what == "experience":
        return say("S'il est confirmé que vous avez {fact} : {what}.", fact=confirmed(one), what=what)
    if one.what == "right":
        return say("Si ce droit vous est accordé ({right}) : {what}.", right=confirmed(one), what=what)
    if one.what == "competencies":
        return say(
            "Si toutes les compétences à confirmer de {block} le sont : {what}.", block=confirmed(one), what=what
        )
    if one.what == "module":
        return say(
            "Si ce que le module {module} vous a appris est confirmé : {what}.", module=confirmed(one), what=what
        )
    return say("Si {fact} est confirmé : {what}.", fact=confirmed(one), what=what)


def savings(one: IfConfirmed, unit: PeriodUnit = PeriodUnit.WEEK) -> str:
    """What a confirmation saves, in one line; empty when nothing changes."""
    more_hours, more_cost = (None if value is None else -value for value in (one.hours, one.cost))
    more_weeks = None if one.weeks is None else -one.weeks
    return differences(more_hours, more_cost, more_weeks, unit, (-one.hours_at_least, -one.cost_at_least))


def confirmed(one: IfConfirmed) -> str:
    """What would be confirmed."""
    if one.what == "condition":
        return quoted(one.text or one.fact[1:])
    if one.what == "experience":
        count, _colon, rest = one.fact[1:].partition(":")
        field = rest.strip(":").replace(":", ", ")
        told = say("{duration} d'expérience", duration=months(float(count)))
        return f"{told} ({field})" if field else told
    if one.what == "right":
        return one.text or one.fact
    if one.what == "module":
        return f"{one.text} [{one.fact}]" if one.text else one.fact
    about = code_of(one.fact) if one.what in ("competency", "competencies", "block") else one.fact
    return f"{about} ({one.text})" if one.text else about


# -- more or less ---------------------------------------------------------------------------------------------------------


def differences(
    more_hours: float | None,
    more_cost: float | None,
    more_weeks: int | None,
    unit: PeriodUnit,
    unknown: tuple[int, int] = (0, 0),
) -> str:
    """More or less of each, in one line; empty when nothing changes.

    Parameters
    ----------
    more_hours, more_cost : float or None
        What one plan takes more than another; None where it can't be told.
    more_weeks : int or None
        The same of the calendar; None without dates.
    unknown : tuple of int
        For hours and for cost: 1 where something of unknown length or price comes on top, -1 where it is spared too.
    """
    return ", ".join(
        part
        for part in (
            _longer(more_hours, unknown[0]),
            _more_or_less(more_weeks, periods(abs(more_weeks), unit)) if more_weeks else "",
            _dearer(more_cost, unknown[1]),
        )
        if part
    )


def _longer(more: float | None, unknown: int) -> str:
    if more is None:
        return say("différence de durée non connue")
    if more == 0:
        return _more_or_less(unknown, say("une durée non connue")) if unknown else ""
    return _more_or_less(more, hours(abs(more)), unknown)


def _dearer(more: float | None, unknown: int) -> str:
    if more is None:
        return say("différence de prix non connue")
    if more == 0:
        return _more_or_less(unknown, say("un prix non connu")) if unknown else ""
    return _more_or_less(more, euros(abs(more)), unknown)


def _more_or_less(more: float, amount: str, unknown: int = 0) -> str:
    """What is unknown makes a difference of the same sign larger, and one of the other sign smaller."""
    if unknown:
        further = (more > 0) == (unknown > 0)
        amount = say("au moins {amount}", amount=amount) if further else say("au plus {amount}", amount=amount)
    return say("{amount} de plus", amount=amount) if more > 0 else say("{amount} de moins", amount=amount)
