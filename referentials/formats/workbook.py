"""Workbooks (*classeurs Excel*) of offers, referentials, rights and people, in and out, with a template of each.

One workbook holds things of one kind, which its sheets tell. What is wrong is told by sheet, row and column, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from referentials.absence import UnknownReference
from referentials.findings import FileProblem, Finding, error, warning
from referentials.formats.exchange import PERSON, Record, Standard, Upload, Written
from referentials.formats.losses import Losses
from referentials.formats.upload import referentials_of, refused
from referentials.formats.workbook_assembly import Assembly
from referentials.formats.workbook_filling import Filling, tell_losses
from referentials.formats.workbook_form import Form, Refusal
from referentials.formats.workbook_offer import FORM as OFFERS
from referentials.formats.workbook_people import FORM as PEOPLE
from referentials.formats.workbook_recognition import FORM as RECOGNITIONS
from referentials.formats.workbook_referential import FORM as REFERENTIALS
from referentials.formats.workbook_source import Page, pages
from referentials.formats.workbook_values import folded
from referentials.formats.workbook_writer import GUIDE, LISTS, workbook
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer
from referentials.rights import Recognition
from referentials.writer import plain

__all__ = ["PERSON", "STANDARD", "people_workbook", "read_people", "template"]

FORMS: Mapping[str, Form] = {form.id: form for form in (OFFERS, REFERENTIALS, RECOGNITIONS, PEOPLE)}
"""The kinds of workbook, by the name of their template."""

_REMEDY = "Gardez aussi le fichier YAML, qui ne perd rien."


# -- in


def read(upload: Upload) -> Iterator[Record | Finding]:
    """What a workbook holds; what is wrong comes after what can be used.

    Raises
    ------
    FileProblem
        It is no workbook of ours, or nothing of it can be used.
    """
    found = list(pages(upload))
    yield from _read(upload, _form_of(upload, found), found)


def read_people(
    upload: Upload, refusals: Callable[[Mapping[str, Any]], Iterator[Refusal]]
) -> Iterator[Record | Finding]:
    """The people of a workbook, less those against whom ``refusals`` tells something, each at its cell.

    Raises
    ------
    FileProblem
        It is no workbook of people, or nothing of it can be used.
    """
    found = list(pages(upload))
    if _form_of(upload, found) is not PEOPLE:
        message = "Ce classeur ne contient pas de personnes."
        raise refused(
            upload, "classeur-autre", message, f"Choisissez un classeur avec une feuille « {PEOPLE.root.title} »."
        )
    yield from _read(upload, PEOPLE._replace(refusals=refusals), found)


def _read(upload: Upload, form: Form, found: Sequence[Page]) -> Iterator[Record | Finding]:
    assembly = Assembly(form, upload.name)
    assembly.read(found)
    given = 0
    for record in assembly.records():
        given += 1
        yield record
    findings = [*_unknown_sheets(upload, form, found), *assembly.findings]
    if not given:
        raise FileProblem(findings if any(map(_forbids, findings)) else [_empty(upload, form)])
    yield from findings


def _forbids(finding: Finding) -> bool:
    return finding.severity == "error"


def _form_of(upload: Upload, found: Sequence[Page]) -> Form:
    """The kind of workbook that its sheets tell."""
    forms = [form for form in FORMS.values() if any(folded(page.title) == folded(form.root.title) for page in found)]
    if len(forms) == 1:
        return forms[0]
    wanted = ", ".join(f"« {form.root.title} »" for form in forms or FORMS.values())
    if forms:
        message = f"Le classeur contient plusieurs sortes de choses : {wanted}."
        raise refused(upload, "classeur-melange", message, "Faites un classeur pour chacune.")
    message = f"Le classeur n'a aucune des feuilles {wanted}, ou elle est vide."
    remedy = f"Partez d'un modèle : passerelles export workbook --template {OFFERS.id} -o modele.xlsx."
    raise refused(upload, "classeur-inconnu", message, remedy)


def _unknown_sheets(upload: Upload, form: Form, found: Sequence[Page]) -> Iterator[Finding]:
    for page in found:
        if form.sheet(page.title) is None and folded(page.title) not in (folded(GUIDE), folded(LISTS)):
            message = f"La feuille « {page.title[:60]} » n'est pas connue : elle n'est pas lue."
            remedy = f"Feuilles lues : {', '.join(sheet.title for sheet in form.sheets)}."
            yield warning("classeur-feuille-inconnue", message, remedy, file=upload.name, path=page.title[:60])


def _empty(upload: Upload, form: Form) -> Finding:
    message = f"La feuille « {form.root.title} » n'a aucune ligne remplie."
    remedy = "Une ligne qui commence par « # » est un exemple, et n'est pas lue."
    return error("classeur-vide", message, remedy, file=upload.name, path=form.root.title)


# -- out


def write(library: Library, refs: Sequence[str]) -> Written:
    """The workbook of offers, of referentials or of rights: things of one kind.

    Raises
    ------
    UnknownReference
        A name is none of them.
    FileProblem
        They are of several kinds.
    """
    items = [_item(library, text) for text in dict.fromkeys(refs)]
    forms = list(dict.fromkeys(_FORM_OF[type(item)].id for item in items))
    if len(forms) != 1:
        message = "Un classeur ne contient qu'une sorte de choses : offres, référentiels ou passerelles."
        raise FileProblem([error("classeur-melange", message, "Demandez un classeur pour chacune.")])
    form = FORMS[forms[0]]
    name = _name(items[0]) if len(items) == 1 else form.id
    return _written(form, {_name(item): plain(item) for item in items}, name)


_FORM_OF = {Offer: OFFERS, Referential: REFERENTIALS, Recognition: RECOGNITIONS}


def _item(library: Library, text: str) -> Offer | Recognition | Referential:
    for items in (library.offers, library.recognitions):
        for item in items:
            if item.id == text:
                return item
    return referentials_of(library, [text])[0]


def _name(item: Offer | Recognition | Referential) -> str:
    return item.key if isinstance(item, Referential) else item.id


def people_workbook(people: Sequence[Mapping[str, Any]]) -> Written:
    """The workbook of people, each as in a record of kind :data:`PERSON`; it holds names, and goes only to who may see them."""
    return _written(PEOPLE, {str(person["profile"]["id"]): person for person in people}, PEOPLE.id)


def _written(form: Form, things: Mapping[str, Mapping[str, Any]], name: str) -> Written:
    filling = Filling(form, list(things.values()))
    losses = Losses("classeur", _REMEDY)
    tell_losses(filling, things, losses)
    return Written(f"{name}.xlsx", workbook(filling), losses.findings)


def template(name: str) -> Written:
    """An empty workbook of a kind, with a row that shows how to write.

    Raises
    ------
    UnknownReference
        There is no such template.
    """
    if name not in FORMS:
        raise UnknownReference(name, list(FORMS))
    return Written(f"modele-{name}.xlsx", workbook(Filling(FORMS[name], []), example=True))


STANDARD = Standard(
    id="workbook",
    title="Classeurs Excel (offres, référentiels, passerelles, personnes)",
    suffixes=(".xlsx",),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    reads=tuple(form.record for form in FORMS.values()),
    writes=tuple(form.record for form in FORMS.values() if form is not PEOPLE),
    read=read,
    write=write,
    templates=tuple(FORMS),
    template=template,
)
