"""What is not known (*trous*): every place of a referential that no source filled. Nothing is ever invented there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from referentials.model import Block, Kind, Referential

_WITHOUT_AWARD = (Kind.CADRE_DE_COMPETENCES, Kind.PARCOURS_DE_FORMATION, Kind.ATTESTATION)
_REGISTERED = (Kind.TITRE_PROFESSIONNEL, Kind.CERTIFICATION_RNCP, Kind.DIPLOME_JEPS, Kind.DIPLOME_TRAVAIL_SOCIAL)


class Hole(NamedTuple):
    """One thing not known: where (the reference), and what, in French."""

    where: str
    what: str


def holes(referential: Referential) -> tuple[Hole, ...]:
    """Every hole of a referential, from the whole down to the competencies.

    Examples
    --------
    >>> from referentials.model import Referential
    >>> bafd = Referential(id="bafd", version="toutes", title="BAFD", kind="brevet-animation-volontaire", confidence="official")
    >>> [hole.what for hole in holes(bafd)][:2]
    ['début de validité', 'blocs']
    """
    found = [Hole(referential.key, what) for what in _whole(referential)]
    for block in referential.known_blocks:
        found += [Hole(f"{referential.key}/{block.code}", what) for what in _block(block, referential)]
        for competency in block.known_competencies:
            if competency.title is None:
                found.append(Hole(f"{referential.key}/{block.code}/{competency.code}", "intitulé de la compétence"))
    return tuple(found)


def _whole(referential: Referential) -> Iterator[str]:
    if referential.valid.start is None:
        yield "début de validité"
    if referential.kind in _REGISTERED and not referential.codes.rncp:
        yield "numéro RNCP"
    if referential.blocks is None:
        yield "blocs"
    elif not referential.complete:
        yield "liste complète des blocs"
    if referential.award is None and referential.kind not in _WITHOUT_AWARD:
        yield "règle d'obtention"
    if referential.kind not in _WITHOUT_AWARD and (referential.entry is None or not referential.entry.known):
        yield "exigences à l'entrée"
    yield from referential.unread


def _block(block: Block, referential: Referential) -> Iterator[str]:
    if block.title is None:
        yield "intitulé du bloc"
    if block.competencies is None:
        yield "compétences du bloc"
    elif not block.complete:
        yield "liste complète des compétences du bloc"
    if referential.kind not in _WITHOUT_AWARD and block.assessment.form is None:
        yield "forme de l'évaluation"
