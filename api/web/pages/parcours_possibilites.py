"""Step 3, what I can give (*possibilités*): hours, dates, money, ways and places; everything may stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from fastapi import Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.sent import Form, Sent
from api.web.stages import GIVEN, JourneyPage, go_on, stages
from api.web.views.said import Said
from pathways.objectives import Objective
from pathways.profile import CanGive, VaeRoute
from referentials.offer import Modality
from referentials.provenance import Window
from reports.impasse_wording import load
from reports.language import Words, say, to_say
from reports.library_wording import label
from reports.wording import WEEKDAYS, from_to

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/possibilites"

MODALITIES = tuple(one for one in Modality if one is not Modality.UNSPECIFIED)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
"""As offers write them."""

AIMS: Mapping[str, tuple[Objective, ...]] = {
    "heures": (Objective.HOURS, Objective.COST),
    "cout": (Objective.COST, Objective.HOURS),
    "semaines": (Objective.WEEKS, Objective.HOURS),
}
_AIMS = Words(
    {
        "heures": to_say("Le moins d'heures de formation"),
        "cout": to_say("Le moins cher"),
        "semaines": to_say("Fini le plus tôt possible"),
    }
)

_NUMBERS = ("heures", "budget", "total", "vae_heures", "vae_cout")
_DAYS = ("debut", "limite", "du", "au")
_TEXTS = (*_NUMBERS, *_DAYS, "lieux")
Typed = Mapping[str, Any]


class GivenPage(JourneyPage):
    """What somebody can give."""

    template: ClassVar[str] = "pages/parcours/given.html"

    typed: dict[str, Any] = Field(description="Ce que montrent les champs, par leur nom.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")
    aims: tuple[tuple[str, Said, str], ...] = Field(description="Quoi réduire : valeur, mots, aide.")
    modalities: tuple[tuple[str, Said, str], ...] = Field(description="Les façons de suivre un module.")
    weekdays: tuple[tuple[str, Said, str], ...] = Field(description="Les jours de la semaine.")
    away: tuple[Said, ...] = Field(description="Les périodes sans formation, en mots.")
    rhythm: Said = Field(description="Le calendrier par périodes qu'un fichier a donné ; vide : aucun.")
    targeted: bool = Field(description="Vrai quand une cible est choisie.")


@router.get(_HERE)
def read(request: Request, permit: Anybody, answers: Answers) -> Response:
    """What was told so far."""
    return _shown(request, permit, answers, _typed(answers), {})


@router.post(_HERE)
def write(request: Request, permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Keep what can be given; then compute, or add and remove a period."""
    act, _colon, which = form.text("faire").partition(":")
    give = _given(answers.profile.can_give, form, today(permit), adding=act == "ajouter", removing=which)
    if form.errors or give is None:
        return _shown(request, permit, answers, _again(form), form.errors)
    changed = answers.with_profile(can_give=give).model_copy(
        update={
            "minimise": AIMS.get(form.text("but"), answers.minimise),
            "illustrative": form.has("inventes"),
            "remembered": form.has("souvenir"),
        }
    )
    if act in ("ajouter", "retirer"):
        return go_on(f"{_HERE}#periodes", permit, changed)
    return go_on("/parcours/plan" if changed.target else "/parcours/cible", permit, changed)


# -- from the form --------------------------------------------------------------------------------------------------------


def _given(before: CanGive, form: Form, on: date, *, adding: bool, removing: str) -> dict[str, Any] | None:
    """What can be given as the form says; None when it can't be, and the errors say why."""
    weekly = form.number("heures", least=0.25, most=168)
    values = before.model_dump() | {
        "weekly_hours": weekly,
        "calendar": before.calendar if weekly is None and form.has("calendrier") else None,
        "start": form.day("debut"),
        "deadline": form.day("limite"),
        "budget": form.number("budget"),
        "hours": form.number("total", most=20_000),
        "modalities": _all_or_some(form.texts("modalites"), [one.value for one in MODALITIES]),
        "places": tuple(filter(None, (part.strip() for part in form.text("lieux").split(",")))) or None,
        "days": _all_or_some(form.texts("jours"), DAYS),
        "unavailable": _away(before, form, removing, adding=adding),
        "vae": _experience_route(form),
    }
    _check_days(form, values, on)
    try:
        return None if form.errors else CanGive.model_validate(values).model_dump()
    except ValidationError:
        form.errors["heures"] = say("Ces réponses ne vont pas ensemble : vérifiez-les.")
        return None


def _all_or_some(chosen: tuple[str, ...], among: list[str] | tuple[str, ...]) -> tuple[str, ...] | None:
    """What is accepted; no limit when everything is, or nothing was ticked."""
    kept = tuple(one for one in among if one in chosen)
    return None if not kept or len(kept) == len(among) else kept


def _check_days(form: Form, values: Mapping[str, Any], on: date) -> None:
    first = max(values["start"] or on, on)
    if values["deadline"] is not None and values["deadline"] < first:
        form.errors["limite"] = say("Cette date vient avant le premier jour possible : choisissez-en une plus tardive.")


def _away(before: CanGive, form: Form, removing: str, *, adding: bool) -> tuple[Any, ...]:
    """The periods without training, with the one that is added, without the one that is removed."""
    kept = [one for rank, one in enumerate(before.unavailable) if str(rank) != removing]
    start, end = form.day("du"), form.day("au")
    if start is None and end is None:
        if adding and not {"du", "au"} & form.errors.keys():
            form.errors["du"] = say("Dites le premier et le dernier jour de la période.")
    elif start is None or end is None:
        missing = "du" if start is None else "au"
        form.errors.setdefault(missing, say("Dites le premier et le dernier jour de la période."))
    elif end < start:
        form.errors["au"] = say("Le dernier jour vient avant le premier : échangez-les.")
    else:
        kept.append(Window(start=start, end=end))
    return tuple(kept)


def _experience_route(form: Form) -> VaeRoute | None:
    hours = form.number("vae_heures", most=2_000)
    cost = form.number("vae_cout", most=100_000)
    if not form.has("vae"):
        return None
    if hours is None:
        form.errors.setdefault("vae_heures", say("Combien d'heures pensez-vous y passer, par bloc ?"))
        return None
    return VaeRoute(hours=hours, cost=cost or 0)


# -- to the form ----------------------------------------------------------------------------------------------------------


def _typed(answers: Journey) -> Typed:
    give = answers.profile.can_give
    aim = next((name for name, one in AIMS.items() if one[0] is answers.minimise[0]), "heures")
    return {
        "heures": _figure(give.weekly_hours),
        "budget": _figure(give.budget),
        "total": _figure(give.hours),
        "debut": _iso(give.start),
        "limite": _iso(give.deadline),
        "lieux": ", ".join(give.places or ()),
        "du": "",
        "au": "",
        "modalites": tuple(one.value for one in give.modalities or MODALITIES),
        "jours": give.days or DAYS,
        "but": aim,
        "vae": give.vae is not None,
        "vae_heures": _figure(give.vae.hours if give.vae else None),
        "vae_cout": _figure(give.vae.cost if give.vae else None),
        "inventes": answers.illustrative,
        "souvenir": answers.remembered,
    }


def _again(form: Form) -> Typed:
    """What was typed, as it was typed."""
    lists = {"modalites": form.texts("modalites"), "jours": form.texts("jours"), "but": form.text("but")}
    ticked = {name: form.has(name) for name in ("vae", "inventes", "souvenir")}
    return {**form.typed(*_TEXTS), **lists, **ticked}


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


def _iso(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _shown(request: Request, permit: Permit, answers: Journey, typed: Typed, errors: dict[str, str]) -> Response:
    give = answers.profile.can_give
    page = GivenPage(
        stages=stages(answers, GIVEN, permit.library),
        typed=dict(typed),
        errors=errors,
        aims=tuple((name, _AIMS[name], "") for name in AIMS),
        modalities=tuple((one.value, label(one).capitalize(), "") for one in MODALITIES),
        weekdays=tuple((day, WEEKDAYS[rank].capitalize(), "") for rank, day in enumerate(DAYS)),
        away=tuple(_period(one) for one in give.unavailable),
        rhythm=load(give) if give.calendar else "",
        targeted=answers.target is not None,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _period(one: Window) -> str:
    if one.start and one.end:
        return from_to(one.start, one.end)
    return " – ".join(day.isoformat() if day else "…" for day in (one.start, one.end))
