"""What counts (*règles de prise en compte*): the choices that the texts leave open, made explicit."""

from __future__ import annotations

from pydantic import Field

from pathways.profile import EvidenceKind
from referentials.provenance import Value


class Policy(Value):
    """How evidence and rights are counted. The default is the prudent reading."""

    acquired: frozenset[EvidenceKind] = Field(
        frozenset({EvidenceKind.CERTIFIED, EvidenceKind.ASSESSED}),
        description="Les preuves qui valent acquis ; les autres sont à confirmer.",
    )
    chain_rights: bool = Field(
        True, description="Vrai : un droit obtenu par un droit peut en ouvrir un autre, là où les textes se taisent."
    )
    count_likeness: bool = Field(
        False,
        description="Vrai : une proximité exacte et validée vaut formation déjà faite ; l'évaluation reste à passer.",
    )


PRUDENT = Policy()
"""The default policy."""
