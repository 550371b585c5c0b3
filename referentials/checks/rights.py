"""Rules about recognitions, correspondences and rules of law."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from referentials.checks.referentials import _is_inverted
from referentials.checks.rule import Problem, rule
from referentials.findings import Severity
from referentials.library import Library, Origin
from referentials.loader import FORMATS
from referentials.model import Competency, Referential
from referentials.provenance import Confidence
from referentials.reference import parse_ref
from referentials.requirement import Condition, Held, holds, is_possible, leaves
from referentials.rights import Effect, Recognition


@rule("identifiant-en-double", "Un identifiant ne sert qu'une fois")
def identifiers_unique(library: Library) -> Iterator[Problem]:
    lists = (library.recognitions, library.correspondences, library.rules, library.offers)
    every: Iterator[Any] = chain(library, *lists)
    for item in every:
        origins = library.origins(item)
        for origin in origins[:-1]:
            if _root(origin) == _root(origins[-1]):
                name = item.key if isinstance(item, Referential) else item.id
                yield Problem(
                    item,
                    ("id",),
                    f"L'identifiant « {name} » sert deux fois (aussi dans {origin.file.name}).",
                    "Donnez à chacun un identifiant à lui.",
                )


def _root(origin: Origin) -> object:
    """The data folder of a file: one folder may redefine what another one defines, but not itself."""
    names = {name for kind in FORMATS for name in kind.folders}
    return next((folder.parent for folder in origin.file.parents if folder.name in names), origin.file)


@rule("passerelle-sans-source", "Une passerelle cite un texte que l'on peut retrouver")
def recognition_sourced(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        source = item.source
        if item.effect.is_right and not (source.reference or source.url or source.article):
            yield Problem(
                item,
                ("source",),
                f"La source de « {item.id} » n'a ni référence, ni article, ni adresse.",
                "Donnez le NOR, l'article ou l'adresse du texte.",
            )


@rule("officiel-non-relu", "Un droit dit officiel dit quand il a été relu")
def official_right_checked(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if item.confidence is Confidence.OFFICIAL and item.source.checked_on is None:
            yield Problem(
                item, ("source",), f"« {item.id} » est dit officiel sans date de relecture.", "Ajoutez « checked_on »."
            )


@rule("passerelle-dates-inversees", "Une passerelle finit après avoir commencé")
def recognition_dates_in_order(library: Library) -> Iterator[Problem]:
    for item in (item for name in ("recognitions", "rules") for item in getattr(library, name)):
        if _is_inverted(item.in_force):
            yield Problem(
                item, ("in_force",), f"« {item.id} » finit avant de commencer.", "Échangez « from » et « to »."
            )


@rule("passerelle-hors-dates", "Une passerelle vit en même temps que ce qu'elle accorde")
def recognition_within_dates(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        for index, text in enumerate(item.grants if item.effect.is_right else ()):
            for full in library.expand(text):
                version = library.find(full.partition("/")[0])
                if isinstance(version, Referential) and not item.in_force.overlaps(version.valid):
                    yield Problem(
                        item,
                        ("grants", index),
                        f"« {item.id} » n'est jamais en vigueur en même temps que {version.key}.",
                        "Corrigez les dates de la passerelle, ou la version accordée.",
                    )


@rule("octroi-sans-version", "Ce qu'une passerelle accorde est daté")
def grants_have_version(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        for index, text in enumerate(item.grants):
            if parse_ref(text).version is None:
                yield Problem(
                    item,
                    ("grants", index),
                    f"« {text} » ne dit pas quelle version est accordée.",
                    "Écrivez referentiel@version.",
                )


@rule("effet-incomplet", "Une dispense dit de quoi, et seule une dispense ou un allègement précise sa portée")
def effect_complete(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if (item.effect is Effect.EXEMPT) != (item.waives is not None):
            yield Problem(
                item,
                ("effect",),
                "« waives » va avec l'effet « exempt », et seulement avec lui.",
                "Ajoutez waives: assessment, training ou entry, ou changez l'effet.",
            )
        if item.by is not None and item.effect is not Effect.REDUCE:
            yield Problem(item, ("by",), "« by » ne va qu'avec l'effet « reduce ».", "Retirez-le ou changez l'effet.")


@rule("allegement-vide", "Un allègement chiffré dit combien, en heures ou en part")
def reduction_says_how_much(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if item.by is not None and (item.by.hours is None) == (item.by.fraction is None):
            yield Problem(
                item,
                ("by",),
                "Un allègement se dit en heures ou en part, l'un des deux.",
                "Écrivez by: {hours: …} ou by: {fraction: …}, ou retirez « by » si le texte ne chiffre rien.",
            )


@rule("attendu-officiel", "Un texte attendu, non lu, ne peut pas être dit officiel")
def expected_is_not_official(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if item.effect is Effect.EXPECTED and item.confidence is Confidence.OFFICIAL:
            yield Problem(
                item, ("confidence",), f"« {item.id} » n'a pas été lu et se dit officiel.", "Écrivez to_confirm."
            )


@rule("passerelle-impossible", "Ce qu'une passerelle demande peut être rempli")
def recognition_possible(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if not is_possible(item.given):
            yield Problem(
                item,
                ("given",),
                f"Rien ne peut remplir ce que demande « {item.id} ».",
                "Baissez « at_least » ou complétez la liste.",
            )


@rule("passerelle-sans-condition", "Une passerelle demande quelque chose")
def recognition_asks(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        if holds(item.given, lambda _leaf: False):
            yield Problem(
                item,
                ("given",),
                f"« {item.id} » accorde un droit à n'importe qui.",
                "Dites dans « given » ce qu'il faut avoir.",
            )


@rule("passerelle-vers-soi", "Une passerelle n'accorde pas seulement ce qu'elle demande")
def recognition_leads_elsewhere(library: Library) -> Iterator[Problem]:
    for item in library.recognitions:
        asked = {full for leaf in leaves(item.given) if isinstance(leaf, Held) for full in _full(library, leaf.root)}
        granted = {full for text in item.grants for full in library.expand(text)}
        if granted and len(asked) == len(granted) and asked == granted and len(granted) == 1:
            yield Problem(
                item,
                ("grants",),
                f"« {item.id} » accorde ce qu'elle demande déjà.",
                "Corrigez « given » ou « grants ».",
            )


def _full(library: Library, text: str) -> tuple[str, ...]:
    return () if ":" in text else library.expand(text)


@rule("condition-en-double", "Un même identifiant de condition dit toujours la même phrase")
def conditions_consistent(library: Library) -> Iterator[Problem]:
    seen: dict[str, tuple[str, Recognition]] = {}
    for item in library.recognitions:
        for leaf in leaves(item.given):
            if isinstance(leaf, Condition):
                text, other = seen.setdefault(leaf.condition, (leaf.text, item))
                if text != leaf.text:
                    yield Problem(
                        item,
                        ("given",),
                        f"La condition « {leaf.condition} » dit autre chose dans « {other.id} ».",
                        "Donnez-lui un autre identifiant, ou la même phrase.",
                    )


@rule("correspondance-hors-competences", "Une correspondance relie deux compétences différentes")
def correspondence_between_competencies(library: Library) -> Iterator[Problem]:
    for item in library.correspondences:
        for name, text in (("from", item.start), ("to", item.end)):
            if library.expand(text) and not isinstance(library.find(text), Competency):
                yield Problem(
                    item,
                    (name,),
                    f"« {text} » n'est pas une compétence.",
                    "Désignez une compétence, pas un bloc ni un diplôme.",
                )
        if item.start == item.end:
            yield Problem(
                item,
                ("to",),
                "Une compétence n'a pas besoin d'être proche d'elle-même.",
                "Désignez une autre compétence.",
            )


@rule("regle-sans-reference", "Une règle de droit cite un article ou une référence", Severity.WARNING)
def rule_sourced(library: Library) -> Iterator[Problem]:
    for item in library.rules:
        source = item.source
        if item.confidence is Confidence.OFFICIAL and not (source.reference or source.url or source.article):
            yield Problem(
                item,
                ("source",),
                f"La source de « {item.id} » n'a ni référence, ni article, ni adresse.",
                "Complétez-la.",
            )
