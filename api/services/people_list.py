"""A workbook of people → those who may be followed, and all that is wrong (*liste de personnes*).

Whoever did not agree, or names what the library has not, stays out, with the sheet, the row, the column and what to do; the others may come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from api.services.situation import Situation, situated
from pathways.holdings import ProfileProblem, held
from pathways.profile import Profile
from pathways.target import aim
from referentials.absence import NotInForce, UnknownReference
from referentials.document import Document
from referentials.findings import FileProblem, Finding, Severity
from referentials.formats.exchange import Record, Upload
from referentials.formats.workbook import read_people
from referentials.formats.workbook_form import Refusal
from referentials.library import Library
from referentials.provenance import Day, Value
from referentials.refusals import refusals

MOST_PEOPLE = 5_000
"""How many people one workbook brings."""

_NAMES = ("given_name", "family_name", "email", "phone")
_TO_FIX = "Corrigez la cellule ; la recherche des référentiels donne les références connues."


class ListedPerson(Value):
    """Somebody of a workbook."""

    row: int = Field(description="La ligne de la feuille Personnes.")
    identity: dict[str, str | None] = Field(description="Prénom, nom, courriel, téléphone.")
    agreed_on: Day = Field(description="Le jour où la personne a donné son accord.")
    agreed_text: str = Field(description="Le texte qu'elle a lu.")
    target: str | None = Field(None, description="Ce qu'elle vise.")
    situation: Situation = Field(Situation(), description="Où elle travaille, par de grandes étiquettes.")
    profile: Profile = Field(description="Ce qu'elle a et peut donner, sans identité.")

    @property
    def name(self) -> str:
        """The name that the person goes by; the code of the row for whoever has none."""
        names = (self.identity.get("given_name"), self.identity.get("family_name"))
        return " ".join(part for part in names if part) or self.profile.id


class PeopleFile(NamedTuple):
    """What a workbook says: who may come in, and what is wrong or worth knowing."""

    people: tuple[ListedPerson, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps somebody out."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def read_file(upload: Upload, library: Library, today: date) -> PeopleFile:
    """Read a workbook.

    Raises
    ------
    FileProblem
        Nothing of it can be used.
    """
    people: list[ListedPerson] = []
    findings: list[Finding] = []
    for one in read_people(upload, _against(library, today)):
        if isinstance(one, Record):
            people.append(_listed(one))
        elif one.rule != "classeur-deja-vu":  # whoever is there twice is told with those who are followed already
            findings.append(one)
    return PeopleFile(tuple(people[:MOST_PEOPLE]), tuple(findings))


def _listed(record: Record) -> ListedPerson:
    values = record.values
    return ListedPerson(
        row=record.where.line or 0,
        identity={name: values["identity"].get(name) for name in _NAMES},
        agreed_on=values["agreed_on"],
        agreed_text=values["agreed_text"],
        target=values.get("target"),
        situation=Situation(**situated(values)),
        profile=values["profile"],
    )


# -- what is known against a row ------------------------------------------------------------------------------------------


def _against(library: Library, today: date) -> Callable[[Mapping[str, Any]], Iterator[Refusal]]:
    def refused(values: Mapping[str, Any]) -> Iterator[Refusal]:
        yield from _agreement(values, today)
        yield from _profile(values, library)
        yield from _target(values, library, today)

    return refused


def _agreement(values: Mapping[str, Any], today: date) -> Iterator[Refusal]:
    """Nobody is followed who did not agree, on a day, after having read something."""
    given = values.get("agreed_on")
    if values.get("agreed") is not True:
        message = "sans l'accord de la personne, son dossier ne peut pas être ouvert"
        yield Refusal(("agreed",), "accord", message, "Demandez-lui son accord, puis écrivez « oui ».")
    if given is None:
        remedy = "Écrivez ce jour : JJ/MM/AAAA."
        yield Refusal(("agreed_on",), "accord", "il manque le jour où l'accord a été donné", remedy)
    elif _day(given) > today:
        yield Refusal(("agreed_on",), "accord", "ce jour n'est pas encore venu", "Vérifiez l'année.")
    if not str(values.get("agreed_text") or "").strip():
        remedy = "Écrivez son nom ou sa version : « note du 3 mars 2026 », par exemple."
        yield Refusal(("agreed_text",), "accord", "il manque le texte que la personne a lu", remedy)


def _day(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(str(given))


def _profile(values: Mapping[str, Any], library: Library) -> Iterator[Refusal]:
    given = values["profile"]
    try:
        held(Profile.model_validate(given), library, date.max)
    except ValidationError as problem:
        for one in refusals(problem, given, ("profile",), Profile, Document(values)):
            yield Refusal(_path(one), one.rule, one.message, one.remedy)
    except ProfileProblem as problem:
        for message in problem.messages:
            yield Refusal(_place_of(message, given), "profil-reference", message, _TO_FIX)


def _path(finding: Finding) -> tuple[Any, ...]:
    from referentials.formats.workbook_assembly import steps

    return tuple(steps(finding.where.path))


def _place_of(message: str, profile: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where the reference that a message quotes stands."""
    for kind, items in profile.get("holds", {}).items():
        for rank, item in enumerate(items):
            ref = item if isinstance(item, str) else item.get("ref", "")
            if f"« {ref} »" in message:
                return ("profile", "holds", kind, rank, "ref")
    return ("profile", "id")


def _target(values: Mapping[str, Any], library: Library, today: date) -> Iterator[Refusal]:
    ref = values.get("target")
    if not ref:
        return
    try:
        aim(library, ref, today)
    except (UnknownReference, NotInForce, FileProblem, ValueError) as problem:
        yield Refusal(("target",), "cible", str(problem), _TO_FIX)
