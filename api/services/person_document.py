"""Everything that is kept about a person, on paper (*communication du dossier*): the values of the export, in an order to be read.

References
----------
Regulation (EU) 2016/679, articles 12 (in an intelligible form) and 15 (access).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from referentials.provenance import Value
from reports import cells
from reports.document import Document
from reports.language import Language
from reports.paper import Fact, Facts, Items, Paper, Section, Table, Text
from reports.wording import date_fr, date_in_letters

_NAMES = {"given_name": "Prénom", "family_name": "Nom", "email": "Adresse électronique", "phone": "Téléphone"}
_STATES = {
    "draft": "brouillon",
    "proposed": "proposé",
    "agreed": "accepté",
    "under_way": "en cours",
    "done": "terminé",
    "abandoned": "abandonné",
}


class Kept(Value):
    """Everything that is kept about a person, as :func:`api.store.whole_file.whole_file` gives it."""

    content: dict[str, Any] = Field(description="Le dossier, table par table.")


def person_document(kept: Mapping[str, Any], on: date) -> Document:
    """The whole file of a person as a document, in French.

    Parameters
    ----------
    kept : mapping
        What :func:`api.store.whole_file.whole_file` gives.
    on : date
        The day that the document bears.
    """
    paper = Paper(
        kind="Tout ce qui est gardé de vous",
        title=_name(kept) or "Dossier sans nom",
        subtitle=f"Le {date_in_letters(on)}",
        language=Language.FRENCH,
        day=on,
        reference=kept["person"]["id"],
        opening=(
            Text(text="Ce document contient tout ce que le service garde de vous, à ce jour.", strong=True),
            Text(
                text="Vous pouvez en demander la correction ou la suppression à qui vous suit, ou le faire vous-même."
            ),
        ),
        sections=tuple(_sections(kept)),
    )
    return Document(paper=paper, data=Kept(content=dict(kept)), main="Journal")


def _name(kept: Mapping[str, Any]) -> str:
    identity = kept["identity"] or {}
    return " ".join(part for name in ("given_name", "family_name") if (part := identity.get(name)))


def _sections(kept: Mapping[str, Any]) -> Iterator[Section]:
    identity = kept["identity"] or {}
    known = [Fact(name=title, cell=cells.text(identity.get(name) or "non dit")) for name, title in _NAMES.items()]
    known.append(Fact(name="Dossier ouvert le", cell=cells.text(_day(kept["person"]["created_at"]))))
    yield Section(id="identite", title="Qui vous êtes", blocks=(Facts(facts=tuple(known)),))
    yield _table(
        "accords",
        "Ce que vous avez accepté",
        ("À quelle fin", "Version du texte", "Donné le", "Retiré le"),
        [
            (_s(c["purpose"]), _s(c["text_version"]), _day(c["created_at"]), _day(c["withdrawn_at"]))
            for c in kept["consents"]
        ],
    )
    profile = kept["profile"]["document"] if kept["profile"] else {}
    yield Section(
        id="profil",
        title="Ce que vous détenez et pouvez donner",
        blocks=(Items(items=tuple(_lines(profile))) if profile else Text(text="Rien n'est noté."),),
    )
    yield _table(
        "plans",
        "Plans",
        ("Cible", "État", "Calculé le", "Dernier changement"),
        [
            (_s(p["target"]), _STATES.get(p["state"], p["state"]), _day(p["created_at"]), _day(p["updated_at"]))
            for p in kept["plans"]
        ],
    )
    yield _table(
        "justificatifs",
        "Justificatifs",
        ("Fichier", "Ce qu'il prouve", "Taille (octets)", "Déposé le"),
        [(_s(e["name"]), _s(e["about"]), _s(e["size"]), _day(e["created_at"])) for e in kept["evidence"]],
    )
    yield _table(
        "travaux",
        "Travaux dont vous faites partie",
        ("Travail", "État", "Demandé ou fait le"),
        [(_s(j["kind"]), _s(j["state"]), _day(j["created_at"])) for j in kept["jobs"]]
        + [(f"étape {s['number']}", _s(s["state"]), _day(s["finished_at"])) for s in kept["steps"]],
    )
    yield _table(
        "journal",
        "Journal : qui a fait quoi dans ce dossier",
        ("Jour", "Acte", "Compte"),
        [(_day(line["at"]), _s(line["action"]), _s(line["actor"])) for line in kept["trail"]],
    )


def _table(identifier: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    if not rows:
        return Section(id=identifier, title=title, blocks=(Text(text="Rien n'est gardé ici."),))
    table = Table(
        name=title.partition(" :")[0][:31],
        caption=title,
        columns=tuple(cells.column(one) for one in columns),
        rows=tuple(tuple(cells.text(one) for one in row) for row in rows),
    )
    return Section(id=identifier, title=title, blocks=(table,))


def _lines(value: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every value of a profile with the names of the fields that lead to it."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _lines(inside, (*path, str(name)))
    elif isinstance(value, list):
        for inside in value:
            yield from _lines(inside, path)
    elif value is not None:
        yield f"{' › '.join(path)} : {value}"


def _s(value: Any) -> str:
    return "" if value is None else str(value)


def _day(moment: str | None) -> str:
    return "" if moment is None else date_fr(datetime.fromisoformat(moment).date())
