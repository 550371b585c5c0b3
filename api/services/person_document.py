"""Everything that is kept about a person, on paper (*communication du dossier*): the values of the export, in an order to be read.

References
----------
Regulation (EU) 2016/679, articles 12 (in an intelligible form) and 15 (access).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import Field

from api.services.person_wording import ACTS, STATES, WORKS, actor, day, named_in, profile_facts, word
from referentials.library import Library
from referentials.provenance import Value
from reports import cells
from reports.document import Document
from reports.language import Language, number, say, speaking
from reports.paper import Facts, Paper, Section, Table, Text
from reports.wording import date_in_letters


class Kept(Value):
    """Everything that is kept about a person, as :func:`api.store.whole_file.whole_file` gives it."""

    content: dict[str, Any] = Field(description="Le dossier, table par table.")


def person_document(
    kept: Mapping[str, Any], on: date, library: Library, language: Language = Language.FRENCH
) -> Document:
    """The whole file of a person as a document.

    Parameters
    ----------
    kept : mapping
        What :func:`api.store.whole_file.whole_file` gives.
    on : date
        The day that the document bears.
    library : Library
        Where references find their titles.
    """
    with speaking(language):
        paper = Paper(
            kind=say("Tout ce qui est gardé de vous"),
            title=_name(kept) or say("Dossier sans nom"),
            subtitle=say("Le {day}", day=date_in_letters(on)),
            language=language,
            day=on,
            reference=kept["person"]["id"],
            opening=(
                Text(text=say("Ce document contient tout ce que le service garde de vous, à ce jour."), strong=True),
                Text(
                    text=say(
                        "Vous pouvez en demander la correction ou la suppression à qui vous suit, ou le faire vous-même."
                    )
                ),
            ),
            sections=tuple(_sections(kept, library)),
        )
        return Document(paper=paper, data=Kept(content=dict(kept)), main=say("Journal"))


def _name(kept: Mapping[str, Any]) -> str:
    identity = kept["identity"] or {}
    return " ".join(part for name in ("given_name", "family_name") if (part := identity.get(name)))


def _sections(kept: Mapping[str, Any], library: Library) -> Iterator[Section]:
    yield _identity(kept)
    yield _consents(kept)
    yield _profile(kept, library)
    named = named_in(library)
    yield _table(
        "plans",
        say("Plans"),
        (say("Cible"), say("État"), say("Calculé le"), say("Dernier changement")),
        [
            (named(p["target"]), word(STATES, p["state"]), day(p["created_at"]), day(p["updated_at"]))
            for p in kept["plans"]
        ],
    )
    yield _table(
        "justificatifs",
        say("Justificatifs"),
        (say("Fichier"), say("Ce qu'il prouve"), say("Taille (octets)"), say("Déposé le")),
        [
            (e["name"], named(e["about"]) if e["about"] else "", number(e["size"]), day(e["created_at"]))
            for e in kept["evidence"]
        ],
    )
    yield _works(kept)
    own = kept["person"]["account_id"]
    yield _table(
        "journal",
        say("Journal"),
        (say("Jour"), say("Acte"), say("Par qui")),
        [(day(line["at"]), word(ACTS, line["action"]), actor(line["actor"], own)) for line in kept["trail"]],
    )


def _identity(kept: Mapping[str, Any]) -> Section:
    identity, person = kept["identity"] or {}, kept["person"]
    names = {
        "given_name": say("Prénom"),
        "family_name": say("Nom"),
        "email": say("Adresse électronique"),
        "phone": say("Téléphone"),
    }
    known = [cells.fact(title, identity.get(name) or say("non dit")) for name, title in names.items()]
    work = {"service": say("Service"), "area": say("Territoire"), "trade": say("Métier")}
    known += [cells.fact(title, person[name]) for name, title in work.items() if person.get(name)]
    known.append(cells.fact(say("Dossier ouvert le"), day(person["created_at"])))
    known.append(cells.fact(say("Dernière activité"), day(person["active_at"])))
    followed = kept["organisations"].get(person["organisation_id"], say("aucun"))
    known.append(cells.fact(say("Organisme qui vous suit"), followed))
    return Section(id="identite", title=say("Qui vous êtes"), blocks=(Facts(facts=tuple(known)),))


def _consents(kept: Mapping[str, Any]) -> Section:
    return _table(
        "accords",
        say("Ce que vous avez accepté"),
        (say("À quelle fin"), say("Avec qui"), say("Version du texte"), say("Donné le"), say("Retiré le")),
        [
            (
                c["purpose"],
                kept["organisations"].get(c["organisation_id"], ""),
                c["text_version"],
                day(c["created_at"]),
                day(c["withdrawn_at"]),
            )
            for c in kept["consents"]
        ],
    )


def _profile(kept: Mapping[str, Any], library: Library) -> Section:
    profile = kept["profile"]["document"] if kept["profile"] else {}
    facts = tuple(cells.fact(title, cells.lines(items)) for title, items in profile_facts(profile, named_in(library)))
    blocks = (Facts(facts=facts),) if facts else (Text(text=say("Rien n'est noté.")),)
    return Section(id="profil", title=say("Ce que vous détenez et pouvez donner"), blocks=blocks)


def _works(kept: Mapping[str, Any]) -> Section:
    jobs = [(word(WORKS, j["kind"]), word(STATES, j["state"]), day(j["created_at"])) for j in kept["jobs"]]
    steps = [
        (
            say("étape {number} d'un travail", number=number(s["number"])),
            word(STATES, s["state"]),
            day(s["finished_at"]),
        )
        for s in kept["steps"]
    ]
    return _table(
        "travaux",
        say("Travaux dont vous faites partie"),
        (say("Travail"), say("État"), say("Demandé ou fait le")),
        [*jobs, *steps],
    )


_SHEET = 31
"""The longest name of a sheet in a workbook."""


def _table(identifier: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    if not rows:
        return Section(id=identifier, title=title, blocks=(Text(text=say("Rien n'est gardé ici.")),))
    table = Table(
        name=title[:_SHEET],
        caption=title,
        columns=tuple(cells.column(one) for one in columns),
        rows=tuple(tuple(cells.text(one) for one in row) for row in rows),
    )
    return Section(id=identifier, title=title, blocks=(table,))
