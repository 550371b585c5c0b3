"""Several pairs at once (*correspondances en lot*): a line, a column, the suggestions of a block; shown exactly, then confirmed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.mapping import suggestions
from api.services.mapping_changes import Changes, Pair, refused, still_to_do, write_mapping
from api.store.conflict import Conflict
from api.web.messages import go
from api.web.own_offer import own_row, revision_in
from api.web.page import Page, pages, show
from api.web.pages.mon_offre_correspondances import SentWidely
from api.web.pages.offre import Asked, OfferName, referential
from api.web.views.mapping import PairLine, Shown, matrix_address, pair_in, pair_lines, problems, reason
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
Score = Annotated[int, Query(ge=0, le=100)]


class TrialPage(Page):
    """Exactly what an operation would add and take away."""

    template: ClassVar[str] = "pages/offre/correspondances_essai.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    revision: int = Field(description="La révision de l'offre sur laquelle portent les changements.")
    key: str = Field(description="La version du référentiel.")
    block: str = Field(description="Le bloc montré ; vide : tous.")
    back: str = Field(description="L'adresse de la matrice.")
    added: tuple[PairLine, ...] = Field(description="Ce qui serait coché.")
    removed: tuple[PairLine, ...] = Field(description="Ce qui serait décoché.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    problem: Said = Field(description="Ce qui empêche d'enregistrer ; vide : rien.")


@router.get("/offre/{name}/correspondances/lot")
def try_operation(
    request: Request,
    permit: Writing,
    name: OfferName,
    cible: Asked,
    faire: Asked = "",
    bloc: Asked = "",
    module: Asked = "",
    competence: Asked = "",
    seuil: Score = 30,
) -> Response:
    """Show what an operation would change."""
    library, version = permit.library, referential(permit, cible, {})
    if version is None:
        return go(matrix_address(name, cible), permit.services)
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        offer, no = offering.offer_of(row), refused(room, row.id)
    shown = Shown(library, offer, version, bloc, 1)
    why: dict[Pair, str] = {}
    if faire == "suggestions":
        why = _suggested(shown, no, seuil)
        changes = Changes(added=tuple(why))
    else:
        changes = _line(shown, faire, module, competence)
    return _trial(request, permit, (row.revision, offer), shown, still_to_do(changes, offer, library), why)


def _suggested(shown: Shown, no: frozenset[Pair], least: int) -> dict[Pair, str]:
    """The suggestions of the block that have a score, each with its reason."""
    blocks = tuple(f"{shown.version.key}/{one.code}/" for one in shown.blocks)
    found = (
        near
        for one in shown.offer.modules
        for near in suggestions(shown.library, shown.version, one, {pair.ref for pair in no if pair.module == one.id})
    )
    return {
        Pair(one.module, one.ref): reason(one) for one in found if one.score >= least and one.ref.startswith(blocks)
    }


def _line(shown: Shown, act: str, module: str, ref: str) -> Changes:
    """A line of the block, or a column of every module, filled or emptied."""
    of_line = [Pair(module, full) for full in _refs(shown.version, shown)]
    pairs = of_line if act.endswith("ligne") else [Pair(one.id, ref) for one in shown.offer.modules]
    known = frozenset(pair for pair in pairs if pair in _boxes(shown))
    return Changes(removed=tuple(sorted(known))) if act.startswith("vider") else Changes(added=tuple(sorted(known)))


def _refs(version: Referential, shown: Shown) -> list[str]:
    codes = {one.code for one in shown.blocks}
    return [ref for ref, one in version.competencies() if ref.split("/")[1] in codes and one.title]


def _boxes(shown: Shown) -> frozenset[Pair]:
    """Every pair that a page of the matrix may tick, on whatever page its module is."""
    pages_of = range(1, len(shown.offer.modules) // 100 + 2)
    return frozenset(pair for page in pages_of for pair in shown._replace(page=page).pairs())


def _trial(
    request: Request,
    permit: Permit,
    current: tuple[int, Offer],
    shown: Shown,
    changes: Changes,
    why: dict[Pair, str],
    *,
    conflict: bool = False,
    problem: str = "",
) -> Response:
    revision, offer = current
    page = TrialPage(
        address=offer_address(offer.id),
        name=offer.title,
        revision=revision,
        key=shown.version.key,
        block=shown.block,
        back=matrix_address(offer.id, shown.version.key, shown.block),
        added=pair_lines((shown.library, offer), changes.added, why),
        removed=pair_lines((shown.library, offer), changes.removed),
        conflict=conflict,
        problem=problem,
    )
    return show(request, permit.services, permit.actor, page, status=409 if conflict else 422 if problem else 200)


@router.post("/offre/{name}/correspondances/lot")
def keep_operation(request: Request, permit: Writing, name: OfferName, form: SentWidely) -> Response:
    """Make exactly the changes that were shown."""
    library, version = permit.library, referential(permit, form.text("cible"), form.errors)
    if version is None:
        return go(matrix_address(name), permit.services)
    changes = Changes(*(tuple(filter(None, map(pair_in, form.texts(field)))) for field in ("cocher", "decocher")))
    try:
        if changes:
            with permit.writing() as room, showing(offering.offer_of):
                write_mapping(room, library, name, revision_in(form), changes)
    except Conflict:
        return _refused(request, permit, name, version, form.text("bloc"), changes, conflict=True)
    except FileProblem as problem:
        told = problems(problem.findings)
        return _refused(request, permit, name, version, form.text("bloc"), changes, problem=told)
    return go(matrix_address(name, version.key, form.text("bloc")), permit.services, "correspondances-gardees")


def _refused(
    request: Request,
    permit: Permit,
    name: str,
    version: Referential,
    block: str,
    changes: Changes,
    *,
    conflict: bool = False,
    problem: str = "",
) -> Response:
    """What is left to do of the changes, on what stands now."""
    library: Library = permit.library
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        offer = offering.offer_of(row)
    left = still_to_do(changes, offer, library)
    shown = Shown(library, offer, version, block, 1)
    return _trial(request, permit, (row.revision, offer), shown, left, {}, conflict=conflict, problem=problem)
