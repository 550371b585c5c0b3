"""The fields of a draft (*champs d'un brouillon*): for the referential, a block and a competency, which there are, in which group, of what kind.

A field is named by its path in the values of its item (``valid/from``); its help is the description that the model gives it. The kind says how
it is typed: :mod:`api.web.views.draft_values` reads and shows each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from referentials.model import Block, Competency, Kind, Referential
from referentials.provenance import Confidence
from reports.language import Words, in_french, to_say, translated
from reports.library_wording import label as label_of

GROUPS = Words(
    {
        "essentiel": to_say("L'essentiel"),
        "validite": to_say("Validité et codes"),
        "obtention": to_say("Obtention et entrée"),
        "avant": to_say("Ce qui vient avant"),
        "evaluation": to_say("Évaluation"),
        "durees": to_say("Durées"),
        "sources": to_say("Sources et confiance"),
        "relecture": to_say("Pour qui relit"),
    }
)


class Spec(NamedTuple):
    """A field: its path, its group, its kind, its name in French, its unit."""

    name: str
    group: str
    kind: str
    said: str
    unit: str = ""

    @property
    def id(self) -> str:
        """The name of its control in a form."""
        return "f-" + self.name.replace("/", "-")

    @property
    def label(self) -> str:
        """Its name in words."""
        return translated(self.said)


def _stated(group: str, under: str = "") -> tuple[Spec, ...]:
    at = f"{under}/" if under else ""
    return (
        Spec(f"{at}confidence", group, "confidence", to_say("Confiance")),
        Spec(f"{at}sources", group, "cited", to_say("Sources de cet élément")),
        Spec(f"{at}note", "relecture" if not under else group, "area", to_say("Remarque")),
    )


def _hours() -> tuple[Spec, ...]:
    return (
        Spec("hours/total", "durees", "number", to_say("Durée totale"), "h"),
        Spec("hours/theory", "durees", "number", to_say("Enseignement en centre"), "h"),
        Spec("hours/practice", "durees", "number", to_say("Pratique et stages"), "h"),
        Spec("hours/workplace_min", "durees", "number", to_say("Période en entreprise, au moins"), "h"),
        *(one._replace(said=said) for one, said in zip(_stated("durees", "hours"), _OF_HOURS, strict=True)),
    )


_OF_HOURS = (
    to_say("Confiance dans ces durées"),
    to_say("Sources de ces durées"),
    to_say("Remarque sur ces durées"),
)
_OF_ASSESSMENT = (
    to_say("Confiance dans cette évaluation"),
    to_say("Sources de cette évaluation"),
    to_say("Remarque sur cette évaluation"),
)
_OF_ENTRY = (
    to_say("Confiance dans ces exigences"),
    to_say("Sources de ces exigences"),
    to_say("Remarque sur ces exigences"),
)


def _assessment(under: str) -> tuple[Spec, ...]:
    return (
        Spec(f"{under}/form", "evaluation", "area", to_say("Forme de l'évaluation")),
        Spec(f"{under}/hours", "evaluation", "number", to_say("Durée pour la personne"), "h"),
        Spec(f"{under}/cost", "evaluation", "number", to_say("Prix"), "€"),
        *(one._replace(said=said) for one, said in zip(_stated("evaluation", under), _OF_ASSESSMENT, strict=True)),
    )


REFERENTIAL = (
    Spec("title", "essentiel", "area", to_say("Intitulé")),
    Spec("short_title", "essentiel", "text", to_say("Sigle ou nom court")),
    Spec("kind", "essentiel", "kind", to_say("Nature")),
    Spec("issuer", "essentiel", "text", to_say("Autorité qui délivre")),
    Spec("level", "essentiel", "whole", to_say("Niveau")),
    Spec("aliases", "essentiel", "lines", to_say("Autres noms, un par ligne")),
    Spec("complete", "essentiel", "yes", to_say("La liste des blocs est complète")),
    Spec("scale/levels", "essentiel", "levels", to_say("Échelle de niveaux, un par ligne")),
    Spec("valid/from", "validite", "day", to_say("Premier jour de validité")),
    Spec("valid/to", "validite", "day", to_say("Dernier jour de validité")),
    Spec("valid/seen", "validite", "day", to_say("Vu en vigueur le")),
    Spec("valid/award_until", "validite", "day", to_say("Délivré jusqu'au")),
    Spec("valid/active", "validite", "known", to_say("Actif au répertoire national")),
    Spec("valid/confidence", "validite", "confidence", to_say("Confiance dans ces dates")),
    Spec("valid/note", "validite", "area", to_say("Remarque sur ces dates")),
    Spec("codes/rncp", "validite", "codes", to_say("Numéros RNCP, un par ligne")),
    Spec("codes/rs", "validite", "codes", to_say("Numéros RS, un par ligne")),
    Spec("codes/nsf", "validite", "codes", to_say("Codes NSF, un par ligne")),
    Spec("codes/rome", "validite", "codes", to_say("Codes ROME, un par ligne")),
    Spec("codes/formacode", "validite", "codes", to_say("Formacodes, un par ligne")),
    Spec("codes/ministry", "validite", "codes", to_say("Codes du ministère, un par ligne")),
    Spec("replaces", "validite", "references", to_say("Versions remplacées, une par ligne")),
    Spec("replaced_by", "validite", "references", to_say("Versions qui la remplacent, une par ligne")),
    Spec("award", "obtention", "requirement", to_say("Ce qui donne l'ensemble")),
    Spec("vae", "obtention", "known", to_say("Accessible par la VAE")),
    Spec("entry/known", "obtention", "yes", to_say("Les exigences à l'entrée ont été lues")),
    Spec("entry/requirement", "obtention", "requirement", to_say("Ce qu'il faut avoir pour entrer")),
    Spec("entry/tests", "obtention", "lines", to_say("Épreuves d'entrée, une par ligne")),
    Spec("entry/description", "obtention", "area", to_say("Le reste des exigences, en phrases")),
    *(one._replace(said=said) for one, said in zip(_stated("obtention", "entry"), _OF_ENTRY, strict=True)),
    *_assessment("final_assessment"),
    *_hours(),
    Spec("confidence", "sources", "confidence", to_say("Confiance dans ce référentiel")),
    Spec("note", "relecture", "area", to_say("Remarque")),
    Spec("facts", "relecture", "lines", to_say("Autres faits lus, un par ligne")),
    Spec("unread", "relecture", "lines", to_say("Ce qui reste à lire, un par ligne")),
)

BLOCK = (
    Spec("title", "essentiel", "area", to_say("Intitulé")),
    Spec("aliases", "essentiel", "lines", to_say("Autres intitulés, un par ligne")),
    Spec("codes", "essentiel", "codes", to_say("Codes du bloc ailleurs, un par ligne")),
    Spec("optional", "essentiel", "no", to_say("Bloc facultatif")),
    Spec("complete", "essentiel", "yes", to_say("La liste des compétences est complète")),
    Spec("requires", "avant", "requirement", to_say("Ce qu'il faut avant l'évaluation")),
    Spec("prerequisites", "avant", "area", to_say("Prérequis, tels que la source les écrit")),
    *_assessment("assessment"),
    *_hours(),
    *_stated("sources"),
    Spec("raw_competencies", "relecture", "area", to_say("La liste des compétences, telle que la source l'écrit")),
)

COMPETENCY = (
    Spec("title", "essentiel", "area", to_say("Intitulé")),
    Spec("elements", "essentiel", "lines", to_say("Savoirs et savoir-faire, un par ligne")),
    Spec("criteria", "essentiel", "lines", to_say("Critères d'évaluation, un par ligne")),
    Spec("requires/strict", "avant", "before", to_say("Compétences indispensables avant")),
    Spec("requires/advised", "avant", "before", to_say("Compétences conseillées avant")),
    *_stated("sources"),
)

_ALL = (REFERENTIAL, BLOCK, COMPETENCY)
_MODELS: tuple[type[BaseModel], ...] = (Referential, Block, Competency)


def depth_of(place: str) -> int:
    """0 for the referential, 1 for a block, 2 for a competency."""
    return place.count("/") + 1 if place else 0


def specs(place: str) -> tuple[Spec, ...]:
    """The fields of the item that stands at a place."""
    return _ALL[depth_of(place)]


def spec_of(place: str, name: str) -> Spec | None:
    """One of them, by its path."""
    return next((one for one in specs(place) if one.name == name), None)


def help_of(place: str, name: str) -> str:
    """What the model says of a field beyond its name; it says it in French, and to whoever reads French."""
    told, spec = _described(depth_of(place), name) if in_french() else "", spec_of(place, name)
    plain = told.rstrip(".").casefold()
    if spec and spec.kind == "confidence":
        return ""
    return "" if spec and plain in (spec.said.casefold(), spec.said.partition(",")[0].casefold()) else told


@cache
def _described(depth: int, name: str) -> str:
    model: Any = _MODELS[depth]
    found = None
    for part in name.split("/"):
        fields = model.model_fields.items() if model else ()
        found = next((field for key, field in fields if part in (key, field.alias)), None)
        model = next(_models(found.annotation), None) if found else None
    return (found.description or "") if found else ""


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one


def options(spec: Spec) -> tuple[tuple[str, str], ...]:
    """What can be chosen for a field of choice: values and words."""
    if spec.kind == "kind":
        return ("", translated(_UNKNOWN)), *((one.value, label_of(one)) for one in Kind)
    if spec.kind == "confidence":
        empty = _UNKNOWN if spec in REFERENTIAL and spec.name == "confidence" else _ABOVE
        return ("", translated(empty)), *((one.value, label_of(one)) for one in Confidence)
    if spec.kind == "known":
        return ("", translated(_UNKNOWN)), ("oui", translated(_YES)), ("non", translated(_NO))
    return (("oui", translated(_YES)), ("non", translated(_NO))) if spec.kind in ("yes", "no") else ()


_UNKNOWN, _YES, _NO = to_say("non connu"), to_say("oui"), to_say("non")
_ABOVE = to_say("celle de l'ensemble")
CHOICES = frozenset({"kind", "confidence", "known", "yes", "no"})
LONG = frozenset({"area", "lines", "codes", "levels", "references"})
TICKED = frozenset({"cited", "before"})
