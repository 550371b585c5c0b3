"""A right in a form (*passerelle de droit, dans un formulaire*): from what is typed to the values of a file, and back.

Whether the values make a right is for the reader of files to say: what it finds wrong is told at the field that it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.web.entries import Unreadable
from api.web.sent import Form
from api.web.views.draft_requirement import TypedRequirement, requirement_in, requirement_of, typed_requirement
from referentials.document import Document
from referentials.findings import FileProblem, Finding
from referentials.loader import RECOGNITIONS, load_document
from referentials.provenance import Confidence
from referentials.rights import Effect, Recognition, Waived, Wording
from referentials.writer import plain
from reports.language import say
from reports.library_wording import label
from reports.wording import number

GIVEN = "il-faut"
"""How the fields of the requirement begin."""
_LONGEST = 8_000
_TEXTS = {
    "id": "id",
    "titre": "title",
    "effet": "effect",
    "dispense": "waives",
    "partie": "part",
    "formule": "wording",
    "piece": "proof",
    "confiance": "confidence",
    "note": "note",
    "source-id": "source.id",
    "source-titre": "source.title",
    "source-reference": "source.reference",
    "source-article": "source.article",
    "source-adresse": "source.url",
    "source-note": "source.note",
}
_DAYS = {"du": "in_force.from", "au": "in_force.to", "vu": "in_force.seen", "source-relue": "source.checked_on"}
_OTHERS = {"donne": "grants", "heures": "by.hours", "part": "by.fraction", f"{GIVEN}-autres": "given"}
_TICKS = {"plafond": "by.at_most", "cas-par-cas": "discretionary"}
FIELDS = {**_TEXTS, **_DAYS, **_OTHERS, **_TICKS}
"""The field of the form, and the path in a file."""

Options = tuple[tuple[str, str], ...]


def typed_in(form: Form) -> dict[str, str]:
    """What was typed, by field."""
    return {name: form.whole_text(name, _LONGEST).replace("\r\n", "\n").strip() for name in FIELDS}


def typed_of(right: Recognition) -> dict[str, str]:
    """What the form shows of a right."""
    values = plain(right)
    found = {name: str(_at(values, path) or "") for name, path in _TEXTS.items()}
    window, by = right.in_force, right.by
    days = {"du": window.start, "au": window.end, "vu": window.seen, "source-relue": right.source.checked_on}
    found |= {name: day.isoformat() if day else "" for name, day in days.items()}
    found["donne"] = "\n".join(right.grants)
    found["heures"] = number(by.hours) if by and by.hours is not None else ""
    found["part"] = number(100 * by.fraction) if by and by.fraction is not None else ""
    found |= {"plafond": "oui" if by and by.at_most else "", "cas-par-cas": "oui" if right.discretionary else ""}
    return found | {f"{GIVEN}-autres": ""}


def requirement_shown(right: Recognition) -> TypedRequirement:
    """What the fields of the requirement show of a right."""
    return typed_requirement(plain(right)["given"], ())


def given_in(form: Form) -> TypedRequirement:
    """What was typed of the requirement."""
    return requirement_in(form, GIVEN)


def right_in(form: Form, identifier: str = "") -> Recognition | None:
    """The right that was typed, under a name that it has already; None, and a sentence at each field, when it is none."""
    values = _values(form) | ({"id": identifier} if identifier else {})
    if form.errors:
        return None
    try:
        found: Recognition = load_document(Document([values]), RECOGNITIONS).items[0]
    except FileProblem as problem:
        form.errors.update(at_fields(problem.findings, FIELDS))
        return None
    return found


def _values(form: Form) -> dict[str, Any]:
    typed = typed_in(form)
    values: dict[str, Any] = {"in_force": {}, "source": {}}
    for name, path in _TEXTS.items():
        _put(values, path, typed[name])
    for name, path in _DAYS.items():
        day = form.day(name)
        _put(values, path, day.isoformat() if day else "")
    values["grants"] = [one.strip() for one in typed["donne"].splitlines() if one.strip()]
    _put(values, "discretionary", form.has("cas-par-cas") or "")
    by = _reduction(form)
    if by:
        values["by"] = by
    try:
        values["given"] = requirement_of(given_in(form), {})
    except Unreadable as problem:
        form.errors[f"{GIVEN}-autres"] = str(problem)
    if values.get("given") is None:
        form.errors.setdefault(f"{GIVEN}-autres", say("Dites ce qu'il faut avoir."))
    return values


def _reduction(form: Form) -> dict[str, Any]:
    hours, percent = form.number("heures", most=10_000), form.number("part", most=100)
    found = {"hours": hours, "fraction": None if percent is None else percent / 100}
    by = {name: value for name, value in found.items() if value is not None}
    return by | {"at_most": True} if form.has("plafond") else by


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    """Put a value at a path; nothing where nothing was typed."""
    if value == "":
        return
    *groups, last = path.split(".")
    for name in groups:
        values = values.setdefault(name, {})
    values[last] = value


def _at(values: Mapping[str, Any], path: str) -> Any:
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def at_fields(findings: Iterable[Finding], fields: Mapping[str, str], otherwise: str = "titre") -> dict[str, str]:
    """A sentence at each field that findings are about; at ``otherwise`` for those about none."""
    found: dict[str, str] = {}
    for one in findings:
        path = one.where.path.partition("].")[2] if one.where.path.startswith("[") else one.where.path
        found.setdefault(_field(path, fields) or otherwise, f"{one.message} {one.remedy}")
    return found


def _field(path: str, fields: Mapping[str, str]) -> str:
    near = [
        (len(inside), name) for name, inside in fields.items() if f"{path}.".startswith((f"{inside}.", f"{inside}["))
    ]
    return max(near)[1] if near else ""


def options() -> dict[str, Options]:
    """The closed choices of the form: value, words."""
    none = (("", say("—")),)
    return {
        "effet": tuple((one.value, label(one)) for one in Effect),
        "dispense": (*none, *((one.value, label(one)) for one in Waived)),
        "formule": (*none, *((one.value, label(one)) for one in Wording)),
        "confiance": tuple((one.value, label(one)) for one in Confidence),
    }
