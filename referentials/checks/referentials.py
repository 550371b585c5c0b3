"""Rules about one referential, and about the versions of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

import networkx as nx

from referentials.checks.rule import Problem, rule
from referentials.document import DataPath
from referentials.findings import Severity
from referentials.library import Library
from referentials.model import Referential, State
from referentials.provenance import Code, Confidence, Window
from referentials.requirement import holds, is_possible, references


def _repeated(codes: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: Counter[str] = Counter()
    for index, code in enumerate(codes):
        seen[code] += 1
        if seen[code] > 1:
            yield index, code


@rule("nom-de-fichier", "Le nom du fichier et du dossier disent l'identifiant et la version")
def file_named_after_key(library: Library) -> Iterator[Problem]:
    for item in library:
        for origin in library.origins(item):
            if (origin.file.parent.name, origin.file.stem) != (
                item.id,
                item.version,
            ) and origin.file.parent.parent.name in (
                "certifications",
                "frameworks",
            ):
                yield Problem(
                    item, ("id",), f"Le fichier contient {item.key}.", f"Rangez-le dans {item.id}/{item.version}.yaml."
                )


@rule("bloc-en-double", "Un code de bloc ne sert qu'une fois")
def block_codes_unique(library: Library) -> Iterator[Problem]:
    for item in library:
        for index, code in _repeated(block.code for block in item.known_blocks):
            yield Problem(
                item, ("blocks", index, "code"), f"Le code de bloc « {code} » sert deux fois.", "Changez l'un des deux."
            )


@rule("competence-en-double", "Un code de compétence ne sert qu'une fois dans son bloc")
def competency_codes_unique(library: Library) -> Iterator[Problem]:
    for item in library:
        for number, block in enumerate(item.known_blocks):
            for index, code in _repeated(competency.code for competency in block.known_competencies):
                yield Problem(
                    item,
                    ("blocks", number, "competencies", index, "code"),
                    f"Le code « {code} » sert deux fois dans {block.code}.",
                    "Changez l'un des deux.",
                )


@rule("source-en-double", "Un identifiant de source ne sert qu'une fois")
def source_ids_unique(library: Library) -> Iterator[Problem]:
    for item in library:
        for index, identifier in _repeated(source.id or f"#{number}" for number, source in enumerate(item.sources)):
            yield Problem(
                item, ("sources", index, "id"), f"La source « {identifier} » est déclarée deux fois.", "Gardez-en une."
            )


def _cited(item: Referential) -> Iterator[tuple[DataPath, tuple[str, ...]]]:
    for name in ("scale", "final_assessment", "entry", "hours"):
        if (part := getattr(item, name)) is not None:
            yield (name,), part.sources
    for number, block in enumerate(item.known_blocks):
        here: DataPath = ("blocks", number)
        yield here, block.sources
        yield (*here, "assessment"), block.assessment.sources
        yield (*here, "hours"), block.hours.sources
        for index, competency in enumerate(block.known_competencies):
            yield (*here, "competencies", index), competency.sources


@rule("source-inconnue", "Une source citée est déclarée dans le fichier")
def cited_sources_declared(library: Library) -> Iterator[Problem]:
    for item in library:
        known = {source.id for source in item.sources}
        for path, cited in _cited(item):
            for identifier in cited:
                if identifier not in known:
                    yield Problem(
                        item,
                        (*path, "sources"),
                        f"La source « {identifier} » n'est pas déclarée.",
                        "Ajoutez-la à la liste « sources » du fichier, ou corrigez son identifiant.",
                    )


@rule("officiel-sans-source", "Ce qui est dit officiel a une source")
def official_has_source(library: Library) -> Iterator[Problem]:
    for item in library:
        if item.confidence is Confidence.OFFICIAL and not item.sources:
            yield Problem(
                item,
                ("confidence",),
                f"{item.key} est dit officiel sans aucune source.",
                "Ajoutez la source lue, ou passez à « to_confirm ».",
            )


@rule("dates-inversees", "Une période finit après avoir commencé")
def validity_in_order(library: Library) -> Iterator[Problem]:
    for item in library:
        if _is_inverted(item.valid):
            yield Problem(item, ("valid",), f"{item.key} finit avant de commencer.", "Échangez « from » et « to ».")
        if item.valid.award_until and item.valid.end and item.valid.award_until < item.valid.end:
            yield Problem(
                item,
                ("valid", "award_until"),
                "La date limite de délivrance précède la fin de validité.",
                "Corrigez l'une des deux dates.",
            )


@rule("code-dates-inversees", "Un code finit de servir après avoir commencé")
def codes_in_order(library: Library) -> Iterator[Problem]:
    for item in library:
        for path, codes in _code_lists(item):
            for index, code in enumerate(codes):
                if _is_inverted(code):
                    yield Problem(
                        item,
                        (*path, index),
                        f"Le code {code.code} finit avant de commencer.",
                        "Échangez « from » et « to ».",
                    )


def _code_lists(item: Referential) -> Iterator[tuple[DataPath, tuple[Code, ...]]]:
    yield from ((("codes", name), getattr(item.codes, name)) for name in type(item.codes).model_fields)
    yield from ((("blocks", number, "codes"), block.codes) for number, block in enumerate(item.known_blocks))


def _is_inverted(window: Window | Code) -> bool:
    start = window.start or (window.seen if isinstance(window, Window) else None)
    return bool(start and window.end and window.end < start)


@rule("versions-qui-se-chevauchent", "Deux versions d'un même référentiel ne sont pas en vigueur le même jour")
def versions_apart(library: Library) -> Iterator[Problem]:
    for identifier in library.ids:
        dated = [
            version
            for version in library.versions(identifier)
            if version.valid.start and version.state is not State.DRAFT
        ]
        for older, newer in combinations(dated, 2):
            if older.valid.overlaps(newer.valid) and older.valid.end is not None:
                yield Problem(
                    newer,
                    ("valid",),
                    f"{newer.key} et {older.key} sont en vigueur le même jour.",
                    "Fixez la fin de l'ancienne la veille du début de la nouvelle.",
                )


@rule("succession-non-reciproque", "Qui remplace est aussi dit remplaçant de l'autre côté", Severity.WARNING)
def succession_mutual(library: Library) -> Iterator[Problem]:
    for item in library:
        for mine, theirs in (("replaces", "replaced_by"), ("replaced_by", "replaces")):
            for index, text in enumerate(getattr(item, mine)):
                for full in library.expand(text):
                    other = library.find(full)
                    if isinstance(other, Referential) and not any(
                        item.key in library.expand(back) for back in getattr(other, theirs)
                    ):
                        yield Problem(
                            item,
                            (mine, index),
                            f"{other.key} ne dit pas l'inverse.",
                            f"Ajoutez {item.key} à « {theirs} » de {other.key}.",
                        )


@rule("succession-circulaire", "Une version n'est pas son propre successeur")
def succession_acyclic(library: Library) -> Iterator[Problem]:
    graph = nx.DiGraph(
        (item.key, full) for item in library for text in item.replaced_by for full in library.expand(text)
    )
    for cycle in _cycles(graph):
        item = library.find(cycle[0])
        yield Problem(
            item,
            ("replaced_by",),
            f"Les successions tournent en rond : {' → '.join([*cycle, cycle[0]])}.",
            "Retirez l'un de ces liens.",
        )


def _cycles(graph: nx.DiGraph) -> Iterator[list[str]]:
    """One cycle for each strongly connected part that has one, from its smallest name."""
    for part in nx.strongly_connected_components(graph):
        start = min(part)
        if len(part) > 1 or graph.has_edge(start, start):
            yield [edge[0] for edge in nx.find_cycle(graph.subgraph(part), start)]


@rule("prerequis-circulaires", "Les prérequis stricts ne tournent pas en rond")
def strict_prerequisites_acyclic(library: Library) -> Iterator[Problem]:
    graph = nx.DiGraph()
    for item in library:
        for key, competency in item.competencies():
            graph.add_edges_from((full, key) for text in competency.requires.strict for full in library.expand(text))
    for cycle in _cycles(graph):
        whole = library.find(cycle[0].split("/")[0])
        path = next((path for path, key in _competency_paths(whole) if key == cycle[0]), ())
        yield Problem(
            whole,
            path,
            f"Ces compétences s'attendent l'une l'autre : {' → '.join([*cycle, cycle[0]])}.",
            "Retirez un prérequis strict, ou passez-le en « advised ».",
        )


def _competency_paths(item: object) -> Iterator[tuple[DataPath, str]]:
    assert isinstance(item, Referential)
    for number, block in enumerate(item.known_blocks):
        for index, competency in enumerate(block.known_competencies):
            yield ("blocks", number, "competencies", index), f"{item.key}/{block.code}/{competency.code}"


@rule("obtention-impossible", "L'exigence d'obtention peut être remplie")
def award_possible(library: Library) -> Iterator[Problem]:
    for item in library:
        if item.award is not None and not is_possible(item.award):
            yield Problem(
                item,
                ("award",),
                f"Rien ne peut remplir l'obtention de {item.key} : elle demande plus d'éléments qu'il n'y en a.",
                "Baissez « at_least », ou ajoutez des éléments à « of ».",
            )


@rule("obtention-sans-condition", "L'obtention demande quelque chose")
def award_asks(library: Library) -> Iterator[Problem]:
    for item in library:
        if item.award is not None and holds(item.award, lambda _leaf: False):
            yield Problem(
                item,
                ("award",),
                f"{item.key} s'obtient sans rien avoir.",
                "Dites dans « award » ce qu'il faut, ou retirez-le s'il n'est pas connu.",
            )


@rule("bloc-hors-obtention", "L'obtention cite chaque bloc qui n'est pas facultatif", Severity.WARNING)
def award_names_every_block(library: Library) -> Iterator[Problem]:
    for item in library:
        named = set(references(item.award)) if item.award is not None else set()
        for index, block in enumerate(item.known_blocks):
            if named and not block.optional and f"{item.key}/{block.code}" not in named:
                yield Problem(
                    item,
                    ("blocks", index),
                    f"L'obtention ne cite pas le bloc {block.code}.",
                    "Ajoutez-le à « award », ou marquez-le « optional: true ».",
                )


@rule("exigence-impossible", "Une exigence ne demande pas plus d'éléments qu'elle n'en liste")
def requirements_possible(library: Library) -> Iterator[Problem]:
    for item in library:
        if item.entry and item.entry.requirement is not None and not is_possible(item.entry.requirement):
            yield Problem(
                item, ("entry", "requirement"), "Rien ne peut remplir cette exigence d'entrée.", "Baissez « at_least »."
            )
        for index, block in enumerate(item.known_blocks):
            if block.requires is not None and not is_possible(block.requires):
                yield Problem(
                    item,
                    ("blocks", index, "requires"),
                    f"Rien ne peut remplir l'exigence de {block.code}.",
                    "Baissez « at_least ».",
                )


@rule("echelle-en-desordre", "Les niveaux d'une échelle montent")
def scale_rises(library: Library) -> Iterator[Problem]:
    for item in library:
        ranks = [level.rank for level in item.scale.levels] if item.scale else []
        if any(low >= high for low, high in pairwise(ranks)):
            yield Problem(
                item,
                ("scale", "levels"),
                "Les rangs de l'échelle ne montent pas.",
                "Rangez-les du plus bas au plus haut.",
            )


@rule("code-rncp-partage", "Un numéro RNCP ne désigne qu'un texte à la fois")
def rncp_codes_apart(library: Library) -> Iterator[Problem]:
    seen: dict[str, list[tuple[Referential, Window]]] = {}
    for item in library:
        for index, code in enumerate(item.codes.rncp):
            window = Window(start=code.start or item.valid.start, end=code.end or item.valid.end)
            for other, theirs in seen.setdefault(code.code, []):
                if window.overlaps(theirs):
                    yield Problem(
                        item,
                        ("codes", "rncp", index),
                        f"{code.code} désigne aussi {other.key} aux mêmes dates.",
                        "Datez les deux emplois du numéro.",
                    )
            seen[code.code].append((item, window))


@rule("durees-incoherentes", "Le total des heures vaut au moins ses parties", Severity.WARNING)
def hours_add_up(library: Library) -> Iterator[Problem]:
    for item in library:
        hours = item.hours
        if hours.total is not None and hours.total < (hours.theory or 0) + (hours.practice or 0):
            yield Problem(
                item, ("hours",), "Le total des heures est plus petit que ses parties.", "Corrigez l'un des nombres."
            )
        theory = [block.hours.theory for block in item.known_blocks]
        if (
            hours.theory is not None
            and theory
            and None not in theory
            and abs(sum(part or 0 for part in theory) - hours.theory) > 1e-6
        ):
            yield Problem(
                item,
                ("hours", "theory"),
                "Les heures de théorie des blocs ne font pas le total.",
                "Corrigez l'un des nombres.",
            )
