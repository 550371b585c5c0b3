"""What a format cannot carry (*pertes*): counted by kind while a file is written or read, then told once each, with the first places.

A field of our files that a format has no room for is named in French by :data:`NAMES`; one that no one named yet is told by its key, so
that a new field of the model is never dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from referentials.document import shown
from referentials.findings import Finding, warning

NAMES = {
    "aliases": "les autres intitulés",
    "applies_to": "les certifications visées",
    "assessment": "l'évaluation des blocs",
    "available": "la période où le module est proposé",
    "award": "les conditions d'obtention",
    "codes": "les codes d'autres nomenclatures",
    "complete": "la mention « liste incomplète »",
    "confidence": "le niveau de confiance",
    "criteria": "les critères d'évaluation",
    "days": "les jours de la semaine",
    "develops": "les compétences développées",
    "elements": "les savoirs et savoir-faire",
    "entry": "les exigences à l'entrée",
    "facts": "les autres faits lus",
    "final_assessment": "l'épreuve finale",
    "funding": "le financement",
    "group_price": "le prix en groupe",
    "hours": "les durées",
    "id": "l'identifiant",
    "illustrative": "la mention « inventé pour la démonstration »",
    "includes_assessment": "les évaluations comprises",
    "issuer": "l'autorité qui délivre",
    "kind": "la nature de la certification",
    "languages": "les langues",
    "level": "le niveau",
    "modality": "la modalité propre à une session",
    "note": "les remarques",
    "optional": "le caractère facultatif d'un bloc",
    "origins": "les identifiants d'origine",
    "place": "le lieu",
    "prepares": "les blocs préparés",
    "prerequisites": "les prérequis tels que la source les écrit",
    "price": "le prix",
    "raw_competencies": "la liste des compétences telle que la source l'écrit",
    "replaced_by": "les versions suivantes",
    "replaces": "les versions précédentes",
    "requires": "les prérequis",
    "scale": "l'échelle de niveaux",
    "seats": "le nombre de places",
    "short_title": "le nom court",
    "siret": "le SIRET",
    "sources": "les sources",
    "state": "l'état (brouillon, publié, retiré)",
    "title": "l'intitulé",
    "unread": "ce qui n'a pas été lu",
    "valid": "les dates de validité",
    "weekly_hours": "les heures par semaine",
}
"""The fields of our files as people call them."""

_SHOWN = 3
"""How many places a finding names."""


class Losses:
    """Counts losses by kind; the kinds come out in the order of their first place.

    Parameters
    ----------
    rule : str
        What every finding's rule starts with: the format's name.
    remedy : str
        What the reader can do about a field that has no room.
    file : str, optional
        The file being read.

    Examples
    --------
    >>> losses = Losses("skos", "Gardez aussi le fichier YAML.")
    >>> losses.fields({"code": "CCP1", "note": "relire"}, held={"code"}, where="tp-x@1/CCP1")
    >>> print(losses.findings[0].message)
    Ce format ne porte pas les remarques (tp-x@1/CCP1).
    """

    def __init__(self, rule: str, remedy: str, file: str | None = None) -> None:
        self._rule, self._remedy, self._file = rule, remedy, file
        self._places: dict[tuple[str, str, str], list[str]] = {}
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._extensions: dict[str, None] = {}

    def fields(self, values: Mapping[str, Any], held: Collection[str], where: str) -> None:
        """Count every field that is set and that the format does not hold."""
        for name in values:
            if name not in held:
                self.add(name, f"Ce format ne porte pas {NAMES.get(name, f'le champ « {name} »')}", where)

    def extension(self, name: str) -> None:
        """Note one field that the format takes only as an extension of ours; all of them make one finding."""
        self._extensions.setdefault(NAMES.get(name, f"le champ « {name} »"))

    def add(self, kind: str, message: str, where: str, remedy: str = "") -> None:
        """Count one loss; ``message`` is a sentence without its full stop, the same for every place."""
        key = (kind, message, remedy or self._remedy)
        self._counts[key] += 1
        if self._counts[key] <= _SHOWN:
            self._places.setdefault(key, []).append(shown(where))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each kind."""
        findings = [
            warning(f"{self._rule}-{key[0].replace('_', '-')}", f"{key[1]} ({told}).", key[2], file=self._file)
            for key, places in self._places.items()
            for told in [_told(places, self._counts[key])]
        ]
        if self._extensions:
            message = f"En extensions, que les autres logiciels ne lisent pas : {', '.join(self._extensions)}."
            findings.append(warning(f"{self._rule}-extensions", message, self._remedy, file=self._file))
        return tuple(findings)


def _told(places: list[str], count: int) -> str:
    """The first places, and how many more there are."""
    rest = count - len(places)
    first = ", ".join(places)
    return first if rest <= 0 else f"{first}, et {rest} autre{'s' if rest > 1 else ''}"
