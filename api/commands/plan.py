"""``passerelles plan``: the training plan of one person towards one target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands import plan_documents as documents
from api.commands.library_options import DATABASE, day, existing, opened
from api.commands.output_options import AS_JSON, FORMAT, LANGUAGE, OUTPUT, Output, give, output_asked
from api.terminal.problems import ANSWERED, NO_PLAN, WrongRequest, beside
from api.terminal.screen import notice

if TYPE_CHECKING:
    from api.commands.plan_documents import Added
    from api.services.planning import Person
    from api.terminal.interruption import Interruption
    from pathways.objectives import Objective
    from pathways.pathway import Pathway
    from pathways.question import Question
    from referentials.library import Library

HELP = """
Calculer le plan de formation d'une personne : ce qui lui est acquis de droit, ce qui reste, les modules qui y mènent, dans
l'ordre et avec leurs dates, leurs heures et leur coût. Le parcours est vérifié, et dit s'il est le meilleur possible.

Seuls des modules réels sont choisis ; --illustrative ajoute ceux qui ont été inventés pour la démonstration. Les offres
données par --offer servent toujours. Une option remplace ce que dit le profil.

Avec -o, le plan est écrit dans un fichier, au format que dit la fin de son nom : un document à lire, à compléter et à signer.
--particulars y ajoute ce que le calcul ne connaît pas (identité, suivi, financement), --check-document dit ce qui y manque.

Ctrl-C pendant une longue recherche donne le meilleur parcours trouvé jusque-là. Le programme finit avec 0 s'il y a un
parcours, 1 s'il n'y en a pas, 2 si la demande ou un fichier ne convient pas.
"""
EXAMPLES = (
    "plan examples/animatrice.yaml --target tp-fpa --weekly-hours 14",
    "plan examples/animatrice.yaml --target tp-mn --illustrative --minimise cost,hours",
    "plan examples/monitrice-educatrice.yaml --target bpjeps-tic@2002 --on 2014-06-01",
    "plan examples/animatrice.yaml --target tp-fpa --illustrative --front weeks,cost",
    "plan profil.yaml --target tp-mn --offer mes-modules.yaml --budget 1500 --json",
    "plan examples/animatrice.yaml --target tp-fpa --particulars examples/renseignements/animatrice.yaml -o plan.pdf",
    "plan examples/animatrice.yaml --target tp-fpa --check-document titre-professionnel",
)


def command(
    profile: Path = typer.Argument(metavar="PROFIL", help="Le fichier de la personne, en YAML ou en JSON."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="Un diplôme, un bloc ou une compétence."),
    offer: list[Path] = typer.Option(
        [], "--offer", metavar="CHEMIN", help="Ajouter une offre, ou un dossier d'offres."
    ),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    minimise: str = typer.Option(
        "hours",
        "--minimise",
        metavar="LISTE",
        help="Quoi réduire, dans l'ordre : hours, cost, weeks, modules, peak_load.",
    ),
    weekly_hours: float | None = typer.Option(None, "--weekly-hours", metavar="N", help="Heures par semaine."),
    hours: float | None = typer.Option(None, "--hours", metavar="N", help="Heures au plus, en tout."),
    budget: float | None = typer.Option(None, "--budget", metavar="N", help="Budget en euros, avant financement."),
    start: str = typer.Option("", "--start", metavar="DATE", help="Premier jour possible."),
    deadline: str = typer.Option("", "--deadline", metavar="DATE", help="Dernier jour."),
    modality: list[str] = typer.Option(
        [], "--modality", metavar="M", help="Modalités acceptées : onsite, remote, self_paced, workplace, placement."
    ),
    refuse: list[str] = typer.Option([], "--refuse", metavar="MODULE", help="Ne pas prendre ce module."),
    impose: list[str] = typer.Option([], "--impose", metavar="MODULE", help="Prendre ce module."),
    alternatives: int = typer.Option(0, "--alternatives", metavar="K", help="Donner aussi K autres parcours."),
    front: str = typer.Option(
        "",
        "--front",
        metavar="A,B",
        help="Donner aussi tous les compromis entre deux objectifs, par exemple hours,cost.",
    ),
    time_limit: float | None = typer.Option(None, "--time-limit", metavar="S", help="Secondes de recherche au plus."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    no_explain: bool = typer.Option(False, "--no-explain", help="Ne pas chiffrer ce que vaut chaque chose."),
    particulars: Path | None = typer.Option(
        None,
        "--particulars",
        metavar="FICHIER",
        help="Ce que les parties ajoutent au document : identité, suivi, financement…",
    ),
    check_document: str = typer.Option(
        "",
        "--check-document",
        metavar="NATURE",
        help="Dire ce qui manque à un document de cette nature : pif, convention, afest…",
    ),
    format: str = FORMAT,
    language: str = LANGUAGE,
    json: bool = AS_JSON,
    output: Path | None = OUTPUT,
    timings: bool = typer.Option(False, "--timings", help="Dire où passe le temps."),
) -> None:
    """Compute a training plan."""
    from api.terminal.timings import Timings

    clock = Timings()
    wanted = output_asked(format, json, output, language)
    added = documents.read(particulars, check_document)
    documents.need_a_document(wanted, added)
    with clock.step("profil et bibliothèque"):
        asked = day(on)
        person, known, given = _read(profile, library, offer, database)
    limits = {
        "weekly_hours": weekly_hours,
        "hours": hours,
        "budget": budget,
        "start": day(start) if start else None,
        "deadline": day(deadline) if deadline else None,
        "modalities": _modalities(modality),
        "refused": _modules(refuse),
        "imposed": _modules(impose),
    }
    with clock.step("demande et offres"):
        question = _question(person, known, given, target, asked, limits, illustrative)
        question = _tuned(question, minimise, alternatives, time_limit, explain=not no_explain)
        question = _with_front(question, front)
        known = _near(known, question)
    with clock.step("droits, calcul, explications, vérification"):
        found = _solved(question, known, person)
    with clock.step("affichage"):
        _give(found, question, known, wanted, added)
    if timings:
        clock.show(notice())
    raise typer.Exit(ANSWERED if found.status in ("held", "optimal", "feasible") else NO_PLAN)


# -- what was asked -------------------------------------------------------------------------------------------------------


def _read(
    profile: Path, places: Sequence[Path], offers: Sequence[Path], database: bool
) -> tuple[Person, Library, list[Any]]:
    """The person, the library with the offers that were given, and these offers."""
    from api.commands.profile_options import profile_read
    from api.services.planning import read_offers

    given = read_offers(existing(offers))
    for place in offers:
        if not any(path.is_relative_to(place) for path in given):
            notice().line(f"Le dossier « {place} » ne contient aucune offre.", "yellow")
    for path, offer in given.items():
        if not offer.modules:
            notice().line(f"L'offre « {offer.id} » ({beside(path)}) ne contient aucun module.", "yellow")
    person = profile_read(profile)
    return person, opened([*places, *given], database), list(given.values())


def _modalities(texts: Sequence[str]) -> tuple[str, ...] | None:
    from api.commands.profile_options import among, words_of
    from referentials.offer import Modality

    return among(words_of(texts), [one.value for one in Modality], "une modalité") or None


def _modules(texts: Sequence[str]) -> tuple[str, ...] | None:
    from api.commands.profile_options import words_of

    for word in words_of(texts):
        if ":" not in word:
            raise WrongRequest(f"« {word} » n'est pas un module : on attend offre:module.")
    return words_of(texts) or None


def _question(
    person: Person,
    library: Library,
    given: Sequence[Any],
    target: str,
    on: Any,
    limits: Mapping[str, Any],
    illustrative: bool,
) -> Question:
    from api.commands.profile_options import refusing, target_named
    from api.services.planning import check_limits, giving
    from pathways.question import Question

    with refusing(person):
        profile = giving(person.profile, {name: value for name, value in limits.items() if value is not None})
        check_limits(profile.can_give, on, library)
    aimed = target_named(library, target, on)
    return Question(profile, aimed, on, real_only=not illustrative, given=tuple(offer.id for offer in given))


def _near(library: Library, question: Question) -> Library:
    """The library with what can bear on the question, where it has a directory of thousands."""
    from api.services.knowledge import held_by, near

    return near(library, (question.target, *question.profile.can_give.imposed), held_by(question.profile))


def _tuned(question: Question, minimise: str, alternatives: int, seconds: float | None, *, explain: bool) -> Question:
    from dataclasses import replace

    aims = objectives_named(minimise)
    if not 0 <= alternatives <= 20:
        raise WrongRequest("--alternatives attend un nombre de 0 à 20.")
    if seconds is not None and not 0 < seconds < 1e6:
        raise WrongRequest("--time-limit attend un nombre de secondes, plus grand que 0.")
    return replace(
        question,
        minimise=aims,
        alternatives=alternatives,
        time_limit=seconds,
        explain=explain,
    )


def objectives_named(text: str) -> tuple[Objective, ...]:
    """What an option asks to reduce, in order of importance."""
    from pathways.objectives import Objective

    names = _objectives(text)
    if not names:
        raise WrongRequest("Il manque quoi réduire : par exemple --minimise hours,cost.")
    return tuple(Objective(name) for name in names)


def _with_front(question: Question, front: str) -> Question:
    from dataclasses import replace

    from pathways.objectives import Objective

    if not front.strip():
        return question
    names = tuple(dict.fromkeys(_objectives(front)))
    if len(names) != 2:
        raise WrongRequest("--front attend deux objectifs différents : par exemple --front hours,cost.")
    return replace(question, front=(Objective(names[0]), Objective(names[1])))


def _objectives(text: str) -> tuple[str, ...]:
    from api.commands.profile_options import among, words_of
    from pathways.objectives import Objective

    return among(words_of([text]), [one.value for one in Objective], "un objectif")


# -- the answer -----------------------------------------------------------------------------------------------------------


def _solved(question: Question, library: Library, person: Person) -> Pathway:
    """The pathway; someone who is looking sees how far the search is, and may stop it."""
    from api.commands.profile_options import refusing
    from api.terminal.interruption import Interruption

    with refusing(person), Interruption() as interruption:
        return _searched(question, library, interruption)


def _searched(question: Question, library: Library, interruption: Interruption) -> Pathway:
    from api.terminal.search_line import SearchLine
    from pathways.planner import plan
    from pathways.recognition import Rights
    from pathways.solution import Limits
    from reports.pathway_wording import unit_of

    rights = Rights(library)
    interruption.search_begins()
    with SearchLine(question.objectives, unit_of(question.profile.can_give)) as line:
        return plan(question, rights, Limits(question.time_limit, interruption.asked, line.tell))


def _give(found: Pathway, question: Question, library: Library, wanted: Output, added: Added) -> None:
    from api.terminal.plan_page import PlanPage

    if added.kind is not None:
        documents.check(found, question, library, wanted, added)
        return
    limits = question.profile.can_give
    give(
        wanted,
        found,
        lambda screen: PlanPage(screen, found, limits, library).show(),
        lambda: documents.document(found, question, library, wanted.language, added),
    )
