"""What must come before a module, and the rest of what it says (*prérequis et fiche*): as a form shows it, and back.

A form knows « all of these modules » and « at least so many of these ». Anything richer is told in words, and left as it is.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.web.sent import Form
from api.web.views.said import Said
from referentials.offer import Funding, Module, Offer
from referentials.provenance import Value, Window
from referentials.requirement import AllOf, AnyOf, AtLeast, Held, Requirement, parts
from reports.language import say
from reports.wording import number

NONE, ALL, SOME, KEEP = "aucun", "tous", "certains", "garder"
TEXTS = (
    "prix-groupe",
    "avant",
    "avant-combien",
    "cpf",
    "financement",
    "langues",
    "propose-du",
    "propose-au",
    "remarque",
)
Typed = dict[str, Any]


class Before(Value):
    """Another module of the offer, which may have to come before."""

    id: str = Field(description="Son identifiant dans l'offre.")
    title: Said = Field(description="Son intitulé.")
    ticked: bool = Field(description="Vrai quand il est coché.")


def needs_typed(offer: Offer, module: Module | None) -> Typed:
    """What the fields show of a module; of none, nothing."""
    if module is None:
        return dict.fromkeys(TEXTS, "") | {"avant": NONE, "langues": "fr", "avant-modules": (), "evaluations": ()}
    how, some, count = _simple(offer, module.requires)
    funding, window = module.funding, module.available
    return {
        "prix-groupe": "" if module.group_price is None else number(module.group_price),
        "avant": how,
        "avant-combien": str(count) if how == SOME else "",
        "avant-modules": some,
        "cpf": "" if funding.cpf is None else "oui" if funding.cpf else "non",
        "financement": funding.note or "",
        "langues": ", ".join(module.languages),
        "propose-du": window.start.isoformat() if window and window.start else "",
        "propose-au": window.end.isoformat() if window and window.end else "",
        "remarque": module.note or "",
        "evaluations": module.includes_assessment,
    }


def is_richer(offer: Offer, module: Module | None) -> bool:
    """Whether a module asks for something that the form can't say."""
    return module is not None and _simple(offer, module.requires)[0] == KEEP


def before(offer: Offer, module: str, typed: Typed) -> tuple[Before, ...]:
    """The other modules of an offer."""
    some = typed["avant-modules"]
    return tuple(Before(id=one.id, title=one.title, ticked=one.id in some) for one in offer.modules if one.id != module)


def _simple(offer: Offer, value: Requirement | None) -> tuple[str, tuple[str, ...], int]:
    """How a form says a requirement, of which modules, and how many of them."""
    if value is None:
        return NONE, (), 0
    some = (value,) if isinstance(value, Held) else parts(value)
    here = {f"{offer.id}:{one.id}": one.id for one in offer.modules}
    names = tuple(here[one.root] for one in some if isinstance(one, Held) and one.root in here)
    if len(names) != len(some) or not names:
        return KEEP, (), 0
    if isinstance(value, Held | AllOf):
        return ALL, names, len(names)
    return SOME, names, 1 if isinstance(value, AnyOf) else value.at_least if isinstance(value, AtLeast) else 1


# -- back -----------------------------------------------------------------------------------------------------------------


def needs_in(form: Form) -> Typed:
    """What was typed, to show it again."""
    return {
        **form.typed(*TEXTS),
        "avant-modules": form.texts("avant-module"),
        "evaluations": form.texts("evaluation"),
    }


def read_needs(form: Form, typed: Typed) -> Typed:
    """The values of what was typed; the form says what can't be read."""
    start, end = form.day("propose-du"), form.day("propose-au")
    if start and end and end < start:
        form.errors["propose-au"] = say("La fin vient avant le début.")
    languages = tuple(one.strip().lower() for one in typed["langues"].replace(";", ",").split(",") if one.strip())
    if any(len(one) != 2 or not one.isalpha() for one in languages):
        form.errors["langues"] = say("Écrivez des codes de deux lettres, par exemple : fr, en.")
    _check_before(form, typed)
    return {
        "group_price": form.number("prix-groupe"),
        "cpf": {"oui": True, "non": False}.get(typed["cpf"]),
        "financement": typed["financement"] or None,
        "languages": languages or ("fr",),
        "from": start,
        "to": end,
        "note": typed["remarque"] or None,
        "avant": typed["avant"],
        "avant-modules": typed["avant-modules"],
        "avant-combien": int(typed["avant-combien"]) if typed["avant-combien"].isdecimal() else 0,
        "evaluations": typed["evaluations"],
    }


def _check_before(form: Form, typed: Typed) -> None:
    how, some, count = typed["avant"], typed["avant-modules"], typed["avant-combien"]
    if how in (ALL, SOME) and not some:
        form.errors["avant"] = say("Cochez les modules qu'il faut d'abord, ou choisissez « aucun ».")
    elif how == SOME and not (count.isdecimal() and 1 <= int(count[:4]) <= len(some)):
        form.errors["avant-combien"] = say("Écrivez un nombre entre 1 et {most}.", most=len(some))


def with_needs(offer: Offer, module: Module, values: Typed) -> Module:
    """A module with what the form says of it; a richer requirement, and how the dates were seen, are left as they are."""
    window = module.available or Window()
    dates = {"start": values["from"], "end": values["to"]}
    available = window.model_copy(update=dates) if values["from"] or values["to"] or window.seen else None
    told = {
        "group_price": values["group_price"],
        "funding": Funding(cpf=values["cpf"], note=values["financement"]),
        "languages": values["languages"],
        "available": available,
        "note": values["note"],
        "includes_assessment": values["evaluations"],
    }
    if values["avant"] in (NONE, ALL, SOME):
        told["requires"] = _asked(offer, module, values)
    return module.model_copy(update=told)


def _asked(offer: Offer, module: Module, values: Typed) -> Requirement | None:
    here = {one.id for one in offer.modules} - {module.id}
    some = tuple(Held(f"{offer.id}:{one}") for one in values["avant-modules"] if one in here)
    if values["avant"] == NONE or not some:
        return None
    if values["avant"] == ALL:
        return some[0] if len(some) == 1 else AllOf(all_of=some)
    count = values["avant-combien"]
    return AnyOf(any_of=some) if count == 1 else AtLeast(at_least=count, of=some)
