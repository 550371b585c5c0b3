"""Rules about training offers: modules, sessions, prices."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from referentials.checks.referentials import _cycles, _is_inverted, _repeated
from referentials.checks.rule import Problem, rule
from referentials.document import DataPath
from referentials.findings import Severity
from referentials.library import Library
from referentials.model import Block, Competency
from referentials.offer import Module, Offer
from referentials.requirement import is_possible, references

_DAYS = 7


def _modules(library: Library) -> Iterator[tuple[Offer, DataPath, Module]]:
    for offer in library.offers:
        for index, module in enumerate(offer.modules):
            yield offer, ("modules", index), module


@rule("module-en-double", "Un identifiant de module ne sert qu'une fois dans son offre")
def module_ids_unique(library: Library) -> Iterator[Problem]:
    for offer in library.offers:
        for index, identifier in _repeated(module.id for module in offer.modules):
            yield Problem(
                offer,
                ("modules", index, "id"),
                f"Le module « {identifier} » est décrit deux fois.",
                "Changez l'un des identifiants.",
            )


@rule("module-sans-objet", "Un module développe une compétence ou prépare un bloc, ou dit pourquoi non")
def module_brings_something(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        if not (module.develops or module.prepares or module.note):
            yield Problem(
                offer,
                path,
                f"Le module « {module.id} » ne développe rien de connu.",
                "Complétez « develops » ou « prepares », ou dites pourquoi dans « note ».",
            )


@rule("module-mal-dirige", "Un module développe des compétences et prépare des blocs")
def module_targets_right_kind(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        for index, item in enumerate(module.develops):
            if library.expand(item.competency) and not isinstance(library.find(item.competency), Competency):
                yield Problem(
                    offer,
                    (*path, "develops", index),
                    f"« {item.competency} » n'est pas une compétence.",
                    "Un bloc va dans « prepares ».",
                )
        for name in ("prepares", "includes_assessment"):
            for index, text in enumerate(getattr(module, name)):
                if library.expand(text) and not isinstance(library.find(text), Block):
                    yield Problem(
                        offer,
                        (*path, name, index),
                        f"« {text} » n'est pas un bloc.",
                        "Une compétence va dans « develops ».",
                    )


@rule("modules-circulaires", "Les modules ne s'attendent pas l'un l'autre")
def module_prerequisites_acyclic(library: Library) -> Iterator[Problem]:
    graph = nx.DiGraph()
    owners: dict[str, tuple[Offer, DataPath]] = {}
    for offer, path, module in _modules(library):
        name = f"{offer.id}:{module.id}"
        owners[name] = (offer, path)
        wanted = [text for text in references(module.requires) if ":" in text] if module.requires is not None else []
        graph.add_edges_from((text, name) for text in wanted if not _has_choice(module))
    for cycle in _cycles(graph):
        item, path = owners.get(cycle[0], (None, ()))
        yield Problem(
            item,
            path,
            f"Ces modules s'attendent l'un l'autre : {' → '.join([*cycle, cycle[0]])}.",
            "Retirez un prérequis.",
        )


def _has_choice(module: Module) -> bool:
    """Whether the prerequisites leave a choice, so that a cycle may still be entered another way."""
    return module.requires is not None and any(
        key in module.requires.model_dump_json() for key in ('"any_of"', '"at_least"')
    )


@rule("prerequis-impossible", "Ce qu'un module demande peut être rempli")
def module_prerequisites_possible(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        if module.requires is not None and not is_possible(module.requires):
            yield Problem(
                offer,
                (*path, "requires"),
                f"Rien ne peut remplir les prérequis de « {module.id} ».",
                "Baissez « at_least ».",
            )


@rule("session-en-double", "Un identifiant de session ne sert qu'une fois dans son module")
def session_ids_unique(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        for index, identifier in _repeated(session.id for session in module.sessions):
            yield Problem(
                offer,
                (*path, "sessions", index, "id"),
                f"La session « {identifier} » est décrite deux fois.",
                "Changez-en une.",
            )


@rule("session-inversee", "Une session finit après avoir commencé")
def sessions_in_order(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        for index, session in enumerate(module.sessions):
            if session.end < session.start:
                yield Problem(
                    offer,
                    (*path, "sessions", index),
                    f"La session « {session.id} » finit avant de commencer.",
                    "Échangez les dates.",
                )


@rule("session-trop-courte", "Une session a assez de semaines pour les heures du module", Severity.WARNING)
def sessions_long_enough(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        for index, session in enumerate(module.sessions):
            weeks = (session.end - session.start).days // _DAYS + 1
            if weeks < 1 or not session.weekly_hours or not module.hours:
                continue
            if session.weekly_hours * weeks < module.hours.total:
                yield Problem(
                    offer,
                    (*path, "sessions", index),
                    f"À {session.weekly_hours:g} h par semaine, « {session.id} » ne contient pas les heures du module.",
                    "Allongez la session ou augmentez ses heures par semaine.",
                )


@rule("offre-dates-inversees", "La période où un module est proposé finit après avoir commencé")
def availability_in_order(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        if module.available and _is_inverted(module.available):
            yield Problem(
                offer,
                (*path, "available"),
                f"La période du module « {module.id} » finit avant de commencer.",
                "Échangez « from » et « to ».",
            )


@rule("session-hors-disponibilite", "Une session tombe quand le module est proposé", Severity.WARNING)
def sessions_while_available(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        if module.available is None or _is_inverted(module.available):
            continue
        for index, session in enumerate(module.sessions):
            if not (module.available.contains(session.start) and module.available.contains(session.end)):
                yield Problem(
                    offer,
                    (*path, "sessions", index),
                    f"La session « {session.id} » sort de la période de l'offre.",
                    "Corrigez « available » ou la session.",
                )


@rule("prix-de-groupe", "Le prix de groupe ne dépasse pas le prix individuel", Severity.WARNING)
def group_price_lower(library: Library) -> Iterator[Problem]:
    for offer, path, module in _modules(library):
        if module.price is not None and module.group_price is not None and module.group_price > module.price:
            yield Problem(
                offer,
                (*path, "group_price"),
                "Le prix de groupe dépasse le prix individuel.",
                "Échangez les deux prix.",
            )


@rule("siret-faux", "Un SIRET passe son contrôle de clé", Severity.WARNING)
def siret_valid(library: Library) -> Iterator[Problem]:
    for offer in library.offers:
        if offer.body.siret and not _luhn(offer.body.siret):
            yield Problem(
                offer,
                ("body", "siret"),
                f"Le SIRET {offer.body.siret} ne passe pas le contrôle de clé.",
                "Vérifiez-le.",
            )


def _luhn(digits: str) -> bool:
    """The check sum of a SIRET (Luhn)."""
    doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


@rule("demonstration-officielle", "Une offre inventée ne se dit pas officielle")
def illustrative_is_not_official(library: Library) -> Iterator[Problem]:
    for offer in library.offers:
        if offer.illustrative and offer.confidence == "official":
            yield Problem(
                offer, ("confidence",), "Une offre de démonstration ne peut pas être officielle.", "Écrivez to_confirm."
            )
