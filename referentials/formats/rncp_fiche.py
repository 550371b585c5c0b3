"""One fiche → the values of a referential (*fiche → référentiel*), in the words of our own files.

What the fiche states is taken as it is, and what it does not state stays out. Three readings are ours, and say so: competencies are split
from a text, every block that is not optional is asked for the whole, and prerequisites stay a text that nobody has turned into a requirement.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from referentials.findings import Finding, warning
from referentials.formats.rncp_source import Export, RawBlock, RawFiche
from referentials.formats.rncp_split import Item, split_spaced
from referentials.formats.rncp_succession import Succession
from referentials.formats.text import code_of, plain, spaced
from referentials.model import Kind
from referentials.provenance import Confidence
from referentials.registers import FICHE, identifier_of

SOURCE = "fiche"
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LEVEL = re.compile(r"NIV\s?([3-8])", re.IGNORECASE)
_OPTIONAL = re.compile(r"\bfacultati(?:f|ve)\b", re.IGNORECASE)
_NOTHING_ASKED = re.compile(
    r"(?:sans objet|néant|aucune?|(?:aucun|pas de|sans) pré-?requis(?: particulier)?)[ .]*", re.IGNORECASE
)
_STARTS = (
    ("DATE_EFFET", "date d'effet"),
    ("DATE_DECISION", "date de la décision d'enregistrement"),
    ("DATE_DE_PUBLICATION", "date de publication"),
)
_EVERY_BLOCK = "La fiche ne dit pas quels blocs il faut : nous lisons qu'il les faut tous, sauf ceux dits facultatifs."
_KINDS = (
    ("TP", r"MINIST\S+ (?:CHARGE )?DU TRAVAIL", Kind.TITRE_PROFESSIONNEL),
    ("BPJEPS|CPJEPS|DEJEPS|DESJEPS|BAPAAT", r"", Kind.DIPLOME_JEPS),
    ("CAP|BEP|BP|BMA|BAC PRO|MC[45]", r"MINIST\S+ DE L.? ?EDUCATION NATIONALE", Kind.DIPLOME_EDUCATION_NATIONALE),
    ("CAPA|BPA|BTSA|BAC PRO", r"MINIST\S+ .*AGRICULTURE", Kind.DIPLOME_AGRICOLE),
    ("BTS|BUT|DUT|DEUST|LICENCE|Licence Professionnelle|MASTER|DOCTORAT", r"", Kind.DIPLOME_SUPERIEUR),
)
"""Abbreviations of diplomas that leave no doubt, with the certifier that they need for that; any other is a certification as such."""


class Read(NamedTuple):
    """The values of a referential, and what could not be taken as it was."""

    values: Mapping[str, Any]
    findings: tuple[Finding, ...]


def referential(fiche: RawFiche, succession: Succession, export: Export) -> Read:
    """The values of the referential that a fiche describes."""
    days, findings = _days(fiche)
    blocks, about_blocks = _rs_block(fiche) if fiche.is_rs else _blocks(fiche)
    asked = [block["code"] for block in blocks if not block.get("optional")]
    values = {
        "id": identifier_of(fiche.number),
        "version": FICHE,
        "title": fiche.title,
        "kind": kind(fiche).value,
        "issuer": " ; ".join(fiche.certifiers),
        "level": int(found[1]) if (found := _LEVEL.fullmatch(fiche.level or "")) else None,
        "codes": _codes(fiche),
        "valid": _kept({**validity(days), "active": fiche.active}),
        "replaces": [identifier_of(number) for number in succession.replaces(fiche.number)],
        "replaced_by": [identifier_of(number) for number in succession.replaced_by(fiche.number)],
        "sources": [source(fiche, export, SOURCE)],
        "confidence": Confidence.OFFICIAL.value,
        "note": _EVERY_BLOCK if asked and not fiche.is_rs else None,
        "award": {"all_of": asked} if asked else None,
        "entry": _entry(fiche.entry),
        "vae": fiche.vae,
        "blocks": blocks,
    }
    return Read(_kept(values), (*findings, *about_blocks))


def source(fiche: RawFiche, export: Export, identifier: str | None = None) -> dict[str, Any]:
    """Where what a fiche says comes from."""
    return _kept({"id": identifier, "title": export.title, "reference": fiche.number, "checked_on": export.on})


def kind(fiche: RawFiche) -> Kind:
    """The family of a certification, where its abbreviation and its certifiers leave no doubt."""
    if fiche.is_rs:
        return Kind.CERTIFICATION_RS
    return _family(fiche.abbreviation, fiche.certifiers) if fiche.abbreviation else Kind.CERTIFICATION_RNCP


@lru_cache(maxsize=1_000)
def _family(abbreviation: str, certifiers: tuple[str, ...]) -> Kind:
    for names, certifier, family in _KINDS:
        known = not certifier or any(re.match(certifier, name) for name in certifiers)
        if known and re.fullmatch(names, abbreviation):
            return family
    return Kind.CERTIFICATION_RNCP


def validity(days: Mapping[str, str]) -> dict[str, Any]:
    """The period of a fiche; its beginning is the first known of three days, and the note says which."""
    start = next(((days[tag], name) for tag, name in _STARTS if tag in days), (None, None))
    end, until = days.get("DATE_FIN_ENREGISTREMENT"), days.get("DATE_LIMITE_DELIVRANCE")
    return _kept(
        {
            "from": start[0],
            "to": end,
            "award_until": until if until and until > (end or "") else None,
            "note": f"Début : {start[1]}." if start[1] else None,
        }
    )


def _days(fiche: RawFiche) -> tuple[dict[str, str], list[Finding]]:
    """The days of a fiche in ISO form, and a finding for each that is none."""
    days, findings = {}, []
    for tag, text in (fiche.dates or {}).items():
        if day := _day(text):
            days[tag] = day
        else:
            message = f"« {text[:40]} » n'est pas une date (JJ/MM/AAAA) pour {tag} : cette date reste inconnue."
            findings.append(_warning("rncp-date", message, "Lisez la fiche sur le site de France compétences.", fiche))
    return days, findings


@lru_cache(maxsize=10_000)
def _day(text: str) -> str | None:
    """A day in ISO form; ``None`` when the text is none."""
    found = _DAY.match(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else None
    except ValueError:
        return None


def _codes(fiche: RawFiche) -> dict[str, Any]:
    own = {"rs" if fiche.is_rs else "rncp": [fiche.number]}
    return _kept({**own, "nsf": list(fiche.nsf), "rome": list(fiche.rome), "formacode": list(fiche.formacode)})


def _entry(text: str | None) -> dict[str, Any] | None:
    """What is asked at the door: a text to read, unless it says that nothing is."""
    if text is None:
        return None
    return {"known": bool(_NOTHING_ASKED.fullmatch(text)), "description": text}


# -- blocks ---------------------------------------------------------------------------------------------------------


def _rs_block(fiche: RawFiche) -> tuple[list[dict[str, Any]], list[Finding]]:
    """A fiche of the *répertoire spécifique* is one container of competencies: it becomes one block, under its own number."""
    block = RawBlock(fiche.number, fiche.title, fiche.capacities)
    return [_block(block, fiche.number, with_codes=False)], []


def _blocks(fiche: RawFiche) -> tuple[list[dict[str, Any]], list[Finding]]:
    found: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for rank, block in enumerate(sorted(fiche.blocks, key=lambda block: block.code), start=1):
        code = _free(code_of(block.code) or f"bloc-{rank}", found)
        if code != block.code:
            said = f"un code mal formé ou déjà pris, « {block.code[:40]} »" if block.code else "un code vide"
            message = f"Un bloc de {fiche.number} a {said} : nous l'appelons {code}."
            findings.append(_warning("rncp-code-de-bloc", message, "Vérifiez ce bloc sur la fiche officielle.", fiche))
        found[code] = _block(block, code, with_codes=block.code.startswith(fiche.number))
    return list(found.values()), findings


def _free(code: str, taken: Container[str]) -> str:
    """A code that no other block of the fiche has."""
    if code not in taken:
        return code
    return next(one for number in range(2, 1_000) if (one := f"{code}.{number}") not in taken)


def _block(block: RawBlock, code: str, *, with_codes: bool) -> dict[str, Any]:
    title = block.title or ""
    optional = "facultati" in title.lower() and _OPTIONAL.search(title)
    listed = spaced(block.competencies) if block.competencies else ""
    return _kept(
        {
            "code": code,
            "title": block.title,
            "codes": [block.code] if with_codes else [],
            "competencies": list(competencies(listed)) if listed else None,
            "raw_competencies": listed,
            "assessment": {"form": block.assessment} if block.assessment else None,
            "prerequisites": block.prerequisites,
            "optional": True if optional else None,
        }
    )


def competencies(text: str) -> Iterator[dict[str, Any]]:
    """The competencies that a text lists (one without odd spaces or HTML), with the codes that it gives them, else ``C1``, ``C2``…"""
    items, confidence = split_spaced(text)
    own = [item.code for item in items]
    codes = own if all(own) and len(set(own)) == len(own) else [f"C{rank}" for rank in range(1, len(own) + 1)]
    doubt = {} if confidence is Confidence.OFFICIAL else {"confidence": confidence.value}
    for item, code in zip(items, codes, strict=True):
        title = _title(item) if item.heading else item.title
        found: dict[str, Any] = {"code": code, "title": title}
        if item.elements:
            found["elements"] = list(item.elements)
        found |= doubt
        if item.heading and title == item.title:
            found["note"] = f"Sous le titre « {item.heading} »."
        yield found


def _title(item: Item) -> str:
    """The wording; one that starts with a small letter goes on with its heading."""
    return f"{item.heading} : {item.title}" if item.title[0].islower() else item.title


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that say something."""
    return {name: value for name, value in values.items() if value or value is False}


def _warning(rule: str, message: str, remedy: str, fiche: RawFiche) -> Finding:
    return warning(rule, plain(message), remedy, file=fiche.where.file, line=fiche.where.line, path=fiche.where.path)
