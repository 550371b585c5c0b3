"""The history of an offer in words (*historique*): what was done, when, by whom; a key that nobody knows any more is « a change »."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import Field

from api.services.mapping_changes import MAPPED
from api.services.offer_history import REVERTED, UNDONE
from api.store.tables.offer_changes import OfferChange
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say, say_n

Arguments = Mapping[str, Any]
_MOST = 300


class HistoryLine(Value):
    """A change, and what may be done about it."""

    number: int = Field(description="Son numéro.")
    at: Said = Field(description="Quand.")
    by: Said = Field(description="Qui ; vide : un compte qui n'existe plus.")
    told: Said = Field(description="Ce qui a été fait.")


def history_lines(changes: tuple[OfferChange, ...], names: Mapping[str, str]) -> tuple[HistoryLine, ...]:
    """A line for each change, the last one first; ``names`` are those of the accounts."""
    return tuple(
        HistoryLine(number=one.number, at=moment(one.at), by=names.get(one.by, ""), told=told(one.what, one.arguments))
        for one in changes
    )


def told(what: str, arguments: Arguments) -> str:
    """What was done, in a sentence."""
    sentence = _SENTENCES.get(what)
    return sentence(arguments) if sentence else say("Offre modifiée.")


def _undone(given: Arguments) -> str:
    before = str(given.get("what", ""))
    inner = say("Offre modifiée.") if before == UNDONE else told(before, given.get("arguments") or {})
    return say("Annulé : {what}", what=inner)


def _title(given: Arguments) -> str:
    return str(given.get("title", ""))[:_MOST]


def _count(given: Arguments) -> int:
    count = given.get("count", 0)
    return count if isinstance(count, int) else 0


def _mapped(given: Arguments) -> str:
    added, removed = (count if isinstance(count := given.get(name, 0), int) else 0 for name in ("added", "removed"))
    told = (
        say_n("{count} compétence ajoutée", "{count} compétences ajoutées", added) if added else "",
        say_n("{count} compétence retirée", "{count} compétences retirées", removed) if removed else "",
    )
    return say("Correspondances : {changes}.", changes=", ".join(filter(None, told)))


_SENTENCES: dict[str, Callable[[Arguments], str]] = {
    UNDONE: _undone,
    REVERTED: lambda given: say("Remise comme avant le changement {number}.", number=given.get("number", "")),
    "details": lambda _given: say("Nom, organisme ou remarque de l'offre modifiés."),
    "module-added": lambda given: say("Module « {title} » ajouté.", title=_title(given)),
    "module-changed": lambda given: say("Module « {title} » modifié.", title=_title(given)),
    "module-removed": lambda given: say("Module « {title} » supprimé.", title=_title(given)),
    "module-copied": lambda given: say("Module « {title} » dupliqué.", title=_title(given)),
    MAPPED: _mapped,
    "workbook": lambda given: say("Repris du classeur « {file} ».", file=str(given.get("file", ""))[:_MOST]),
    "prices": lambda given: say_n("Prix de {count} module changé.", "Prix de {count} modules changés.", _count(given)),
    "hours": lambda given: say_n(
        "Durée de {count} module changée.", "Durée de {count} modules changée.", _count(given)
    ),
    "sessions": lambda given: say_n(
        "Session ajoutée à {count} module.", "Session ajoutée à {count} modules.", _count(given)
    ),
    "modules-removed": lambda given: say_n("{count} module supprimé.", "{count} modules supprimés.", _count(given)),
}
"""By the key of a change: how it is told. Whoever writes an offer in a new way adds its sentence here."""

KNOWN = frozenset(_SENTENCES)
