"""A LHEO or EDOF catalogue → one offer per training body (*catalogue de formations*).

Any namespace is read, for it changes with every version. A *formation* is a module; its *actions* are put together when they differ by
place alone, else each is a module of its own. What the file says of hours without saying where stays without modality; names, telephone
numbers and addresses of persons are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from referentials.findings import Finding, Place, error
from referentials.formats.exchange import Record, Upload
from referentials.formats.lheo_codes import (
    LEVELS,
    MIXED,
    ONSITE,
    REMOTE,
    WHOLE,
    amount_of,
    block_of,
    day_of,
    fiche_of,
)
from referentials.formats.losses import Losses
from referentials.formats.names import Names
from referentials.formats.text import identifier_of, plain
from referentials.formats.upload import refused
from referentials.formats.xml import elements
from referentials.loader import OFFER

if TYPE_CHECKING:
    from lxml.etree import _Element

EDOF = "moncompteformation"
"""What the namespace of an EDOF file holds."""

_NOTHING = frozenset(("", "-", "néant", "neant", "aucun", "aucune"))
_MOST = 50_000
_REMEDY = "Complétez l'offre à la main si cela compte pour vous."


def records(upload: Upload, is_edof: bool) -> Iterator[Record | Finding]:
    """The offers of a catalogue, then what could not be taken.

    Raises
    ------
    FileProblem
        The file is no XML, holds no *formation* at all, or is the other one of the two.
    """
    losses = Losses("lheo", _REMEDY, upload.name)
    offers: dict[str, dict[str, Any]] = {}
    names: dict[str, Names] = {}
    count = 0
    for formation in elements(upload.stream, "{*}formation", upload.name):
        count += 1
        if count > _MOST:
            message = f"Le catalogue a plus de {_MOST} formations."
            raise refused(upload, "lheo-trop-gros", message, "Demandez un export par organisme ou par région.")
        reader = _Formation(formation, losses, upload.name)
        if reader.is_edof is not is_edof:
            named = "edof" if reader.is_edof else "lheo"
            raise refused(
                upload, "lheo-ou-edof", f"Ce catalogue est au format {named.upper()}.", f"Donnez le format « {named} »."
            )
        title = reader.text("intitule-formation")
        if not title:
            yield reader.problem("Cette formation n'a pas d'intitulé : elle est laissée de côté.")
            continue
        body, offer_id = reader.body()
        offer = offers.setdefault(offer_id, _offer(offer_id, body, reader, upload.name))
        offer["modules"] += reader.modules(title, names.setdefault(offer_id, Names()))
        yield from reader.problems
    if not count:
        message = "Le fichier ne contient aucune formation : ce n'est pas un catalogue LHEO ni EDOF."
        raise refused(upload, "lheo-catalogue", message, "Demandez l'export du catalogue au format LHEO ou EDOF.")
    for offer in offers.values():
        _name_prerequisites(offer, losses)
        if offer["modules"]:
            yield Record(OFFER.name, offer, Place(file=upload.name, path=offer["id"]))
    yield from losses.findings


def _offer(identifier: str, body: dict[str, Any], reader: _Formation, file: str) -> dict[str, Any]:
    standard = "EDOF" if reader.is_edof else "LHEO"
    return {
        "id": identifier,
        "title": f"Catalogue {standard} : {body['name']}",
        "body": body,
        "modules": [],
        "sources": [{"id": "catalogue", "title": f"Catalogue {standard} « {file} »"[:300]}],
        "confidence": "secondary",
    }


def _name_prerequisites(offer: dict[str, Any], losses: Losses) -> None:
    """Turn the module numbers that a module asks for into references."""
    known = {module["id"] for module in offer["modules"]}
    for module in offer["modules"]:
        asked = module.pop("requires", [])
        found = [f"{offer['id']}:{one}" for one in asked if one in known and one != module["id"]]
        if found:
            module["requires"] = {"all_of": found}
        for one in (one for one in asked if one not in known):
            losses.add("prealable", "Des modules préalables ne sont pas dans le fichier", f"{module['id']} : {one}")


class _Formation:
    """One *formation* of the file."""

    def __init__(self, element: _Element, losses: Losses, file: str) -> None:
        self._element, self._losses, self._file = element, losses, file
        self.problems: list[Finding] = []
        self.is_edof = EDOF in str(element.tag)
        self._own = identifier_of(self.text("identifiant-module") or element.get("numero") or "")
        self._where = self._own or f"ligne {element.sourceline}"

    def text(self, name: str, inside: _Element | None = None) -> str:
        """The text of the first element of that name; nothing for a dash or for « aucun »."""
        found = (self._element if inside is None else inside).find(f".//{{*}}{name}")
        told = plain("".join(map(str, found.itertext()))) if found is not None else ""
        return "" if told.lower().rstrip(".") in _NOTHING else told

    def problem(self, message: str) -> Finding:
        remedy = "Corrigez cela dans le système d'origine, ou complétez l'offre à la main."
        line: Any = self._element.sourceline
        return error("lheo-formation", message, remedy, file=self._file, line=line, path=self._where)

    # -- the body

    def body(self) -> tuple[dict[str, Any], str]:
        """The training body, and the identifier of its offer."""
        found = self._element.find("{*}organisme-formation-responsable")
        siret = "".join(self.text("SIRET", found).split()) if found is not None else ""
        name = (self.text("nom-organisme", found) or self.text("raison-sociale", found)) if found is not None else ""
        if siret and not (len(siret) == 14 and siret.isascii() and siret.isdigit()):
            self.problems.append(self.problem(f"Le SIRET « {siret[:40]} » n'a pas 14 chiffres : il n'est pas repris."))
            siret = ""
        values: dict[str, Any] = {"name": name or (f"Organisme {siret}" if siret else "Organisme non nommé")}
        place = found.find("{*}coordonnees-organisme") if found is not None else None
        location = (
            {"postcode": self.text("codepostal", place), "city": self.text("ville", place)} if place is not None else {}
        )
        location = {key: value for key, value in location.items() if value}
        values |= ({"siret": siret} if siret else {}) | ({"location": location} if location else {})
        return values, f"of-{siret}" if siret else f"of-{identifier_of(name) or 'non-nomme'}"

    # -- modules

    def modules(self, title: str, names: Names) -> list[dict[str, Any]]:
        """The modules of this formation, under identifiers that no other module has."""
        base = {"title": title} | self._whole()
        groups: list[dict[str, Any]] = []
        for action in self._element.iterfind("{*}action") or ():
            values = self._action(action)
            sessions = values.pop("sessions")
            same = next((one for one in groups if _without_sessions(one) == values), None)
            if same is None:
                same = values | {"sessions": []}
                groups.append(same)
            same["sessions"] += sessions
        own = self._own or identifier_of(title)[:60].strip("-._") or "module"
        result = []
        for rank, group in enumerate(groups or [{"sessions": []}], 1):
            wanted = own if len(groups) < 2 else f"{own}-{rank}"
            identifier = names.free(wanted)
            if identifier != wanted:
                self._losses.add("numero", "Des formations ont le même numéro : il est complété", identifier)
            result.append({"id": identifier} | base | _merged(group, base, title))
        return result

    def _whole(self) -> dict[str, Any]:
        """What holds for every action: what is prepared, what comes before, the aim."""
        fiches = [
            fiche
            for name, register in (("code-RNCP", "RNCP"), ("code-RS", "RS"))
            for one in self._element.iterfind(f"{{*}}certification/{{*}}{name}")
            if (fiche := fiche_of(one.text or "", register))
        ]
        blocks = self._blocks(fiches[0] if len(fiches) == 1 else None)
        lines = [self.text("objectif-formation")]
        if fiches and not blocks:
            lines.append(WHOLE + ", ".join(fiche.upper() for fiche in fiches))
        level = LEVELS.get(self.text("code-niveau-sortie"))
        lines += [f"Niveau {level} à la sortie."] if level else []
        inside = [
            identifier_of(one.text or "") for one in self._element.iterfind(".//{*}sous-module/{*}reference-module")
        ]
        lines += [f"Contient les modules : {', '.join(inside)}."] if inside else []
        for name, called in (("contenu-formation", "Les contenus"), ("resultats-attendus", "Les résultats attendus")):
            if self.text(name):
                self._losses.add(name, f"{called}, en texte libre, ne sont pas repris", self._where)
        before = [
            identifier_of(one.text or "") for one in self._element.iterfind("{*}modules-prerequis/{*}reference-module")
        ]
        values: dict[str, Any] = {"prepares": blocks, "requires": before, "note": "\n".join(filter(None, lines))}
        if self.is_edof:
            values["funding"] = {"cpf": True}
        return {key: value for key, value in values.items() if value}

    def _blocks(self, fiche: str | None) -> list[str]:
        codes = [one.text or "" for one in self._element.iter("{*}code-bloc")]
        codes += [one.text or "" for one in self._element.iter("{*}extra") if one.get("info") == "code-bloc"]
        found = [block_of(code, fiche) for code in codes]
        for code in (code for code, block in zip(codes, found, strict=True) if block is None):
            self._losses.add("bloc", "Des codes de bloc ne sont pas ceux du répertoire national", code)
        return list(dict.fromkeys(block for block in found if block))

    def _action(self, action: _Element) -> dict[str, Any]:
        way = self.text("modalites-enseignement", action)
        hours, notes = self._hours(action, way)
        values: dict[str, Any] = {"sessions": self._sessions(action), "note": notes}
        if hours:
            values["hours"] = hours
        if (price := self._price(action)) is not None:
            values["price"] = price
        if (language := self.text("langue-formation", action)) and language.isalpha():
            values["languages"] = [language.lower()[:2]]
        if asked := self.text("conditions-specifiques", action):
            values["note"] = [*notes, f"Conditions : {asked}"]
        if self.text("modalites-entrees-sorties", action) == "1" and values["sessions"]:
            days = [(one["start"], one["end"]) for one in values["sessions"]]
            values["available"] = {"from": min(start for start, _end in days), "to": max(end for _start, end in days)}
            values["sessions"] = []
        return values

    def _hours(self, action: _Element, way: str) -> tuple[dict[str, float], list[str]]:
        centre, firm, total = (
            amount_of(self.text(f"nombre-heures-{name}", action)) for name in ("centre", "entreprise", "total")
        )
        notes = ["Entièrement à distance."] if way == REMOTE else ["En présence et à distance."] if way == MIXED else []
        if centre is None and firm is None:
            return ({"unspecified": total} if total else {}), notes
        if firm:
            notes.append(f"Dont {firm:g} h en entreprise.")
        unspecified = (firm or 0) + (0 if way == ONSITE else centre or 0)
        hours = {"onsite": centre if way == ONSITE else 0, "unspecified": unspecified}
        return {key: value for key, value in hours.items() if value}, notes

    def _price(self, action: _Element) -> float | None:
        """The whole price with taxes: stated, or made of the price without them and of their rate."""
        fees = {one.get("info"): amount_of(one.text or "") for one in action.iter("{*}extra")}
        stated = amount_of(self.text("prix-total-TTC", action))
        stated = fees.get("frais-ttc") if stated is None else stated
        before, rate = fees.get("frais-ht"), fees.get("taux-tva")
        if stated is None and before is not None and rate is not None:
            return round(before * (1 + rate / 100), 2)
        if stated is None and (before is not None or self.text("prix-horaire-TTC", action)):
            self._losses.add(
                "prix", "Des prix sont donnés à l'heure ou sans leur taxe : ils ne sont pas repris", self._where
            )
        return stated

    def _sessions(self, action: _Element) -> list[dict[str, Any]]:
        place = self.text("ville", inside) if (inside := action.find("{*}lieu-de-formation")) is not None else ""
        result = []
        for rank, session in enumerate(action.iterfind("{*}session"), 1):
            start, end = (day_of(self.text(f"periode/{{*}}{name}", session)) for name in ("debut", "fin"))
            if start is None or end is None or end < start:
                self.problems.append(
                    self.problem(f"Les dates de la session {rank} ne se lisent pas : elle est laissée de côté.")
                )
                continue
            values = {"id": identifier_of(session.get("numero") or "") or f"s{rank}", "start": start, "end": end}
            result.append(values | ({"place": place} if place else {}))
        return result


def _without_sessions(group: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in group.items() if key != "sessions"}


def _merged(group: dict[str, Any], base: dict[str, Any], title: str) -> dict[str, Any]:
    """An action's own values, with the note of the whole before its own; each session under one identifier."""
    note = "\n".join(filter(None, [base.get("note"), *group.get("note", ())]))
    names = Names()
    sessions = [session | {"id": names.free(session["id"])} for session in group["sessions"]]
    values = {key: value for key, value in group.items() if key not in ("note", "sessions")}
    values |= {"sessions": sessions} if sessions else {}
    if not (note or base.get("prepares")):
        note = f"Formation du catalogue : {title}"
    return values | ({"note": note} if note else {})
