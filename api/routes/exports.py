"""Documents without an account (*exports*): a plan, a bridge, the map, a coverage, in every format; nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path, Query, Response

from api import examples
from api.answers import REFUSED, Answering, FormatName, as_file, file_answer
from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay
from api.deps import COMPUTING, Permit, Speaking, allowed
from api.routes.bridges import Start, Starts, Target, Targets
from api.routes.coverage import Offers, Referential
from api.routes.plans import planning
from api.schemas import FormatRow, Listing
from api.schemas_people import PlanExportRequest
from api.services.documents import written
from api.services.knowledge import near
from api.services.maps import kept_survey
from api.services.national_map import file_of
from api.services.plans import plan_paper
from api.services.positions import bridged, covered
from api.services.surveys import Map, Nation
from reports.exporters import exporter, formats
from reports.language import speaking
from reports.map_exports import FORMATS as MAP_FORMATS

router = resource("/exports", "Documents")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
MapFormat = Literal["parquet", "csv", "graphml"]
AS_MAP_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "La carte.",
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in MAP_FORMATS.values()
        },
    }
}


@router.get("", response_model=Listing[FormatRow], summary="Les formats de documents")
def list_formats(permit: Reading) -> Any:
    """Every format that a document can take."""
    found = ((name, exporter(name)) for name in formats())
    return Listing(
        items=tuple(FormatRow(name=name, media_type=one.media_type, suffix=one.suffix) for name, one in found)
    )


@router.post(
    "/plans/{format_name}",
    response_class=Response,
    responses=as_file() | REFUSED,
    summary="Calculer un plan et l'écrire en document",
    dependencies=[COMPUTING],
)
def plan_file(
    permit: Anybody,
    solver: Answering,
    format_name: FormatName,
    language: Speaking,
    asked: Annotated[PlanExportRequest, examples.shown(examples.PLAN_FILE)],
) -> Response:
    """Compute a plan and give it as a document; neither is kept."""
    wanted = planning(permit, solver)
    pathway = wanted.compute(asked.request)
    paper = plan_paper(
        pathway,
        wanted.dated(asked.request),
        permit.library,
        reference=f"{asked.request.profile.id}--{pathway.target.replace('/', '-')}",
        particulars=asked.particulars,
        language=language,
    )
    return file_answer(written(paper, format_name, language))


@router.get(
    "/bridges/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="La fiche d'une passerelle",
    dependencies=[COMPUTING],
)
def bridge_file(
    permit: Reading, format_name: FormatName, language: Speaking, start: Start, target: Target, on: OnDay
) -> Response:
    """One bridge as a document."""
    from reports.bridge_document import bridge_document

    library = permit.library
    found = bridged(start, target, library, on)
    with speaking(language):
        about = near(library, [found.target], [found.start])
        return file_answer(written(bridge_document(found, about), format_name, language))


@router.get(
    "/matrix/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="La carte des passerelles",
    dependencies=[COMPUTING],
)
def matrix_file(
    permit: Reading,
    solver: Answering,
    format_name: FormatName,
    language: Speaking,
    on: OnDay,
    start: Starts = None,
    target: Targets = None,
    everything: Annotated[bool, Query(description="Viser aussi les versions qui ne sont pas en vigueur.")] = False,
) -> Response:
    """All bridges of a day as a document."""
    from reports.matrix_document import matrix_document

    library = permit.library
    wanted = Map(on=on, starts=tuple(start or ()), targets=tuple(target or ()), everything=everything)
    found = solver.survey(wanted, library, permit.actor.organisation)
    with speaking(language):
        return file_answer(written(matrix_document(found, library), format_name, language))


@router.get(
    "/map/{file_kind}",
    response_class=Response,
    responses=AS_MAP_FILE,
    summary="La carte nationale, pour calculer ou dessiner",
    dependencies=[COMPUTING],
)
def national_map_file(
    permit: Reading,
    solver: Answering,
    file_kind: Annotated[MapFormat, Path(description="parquet, csv ou graphml.", examples=["parquet"])],
    language: Speaking,
    on: OnDay,
    chains: Annotated[bool, Query(description="Les enchaînements de droits, plutôt que les passerelles.")] = False,
    everything: Annotated[bool, Query(description="Viser aussi les versions qui ne sont pas en vigueur.")] = False,
) -> Response:
    """The whole national map, one line a passage or a chain."""
    library = permit.library
    found = kept_survey(Nation(on=on, everything=everything), library, solver, permit.actor.organisation)
    return file_answer(file_of(found, library, file_kind, chains=chains, language=language))


@router.get(
    "/coverage/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="La carte d'une offre",
    dependencies=[COMPUTING],
)
def coverage_file(
    permit: Reading,
    format_name: FormatName,
    language: Speaking,
    referential: Referential,
    on: OnDay,
    offer: Offers = None,
) -> Response:
    """What offers cover of a referential, as a document."""
    from reports.coverage_document import coverage_document

    library = permit.library
    found = covered(library, offer or (), referential, on)
    with speaking(language):
        return file_answer(written(coverage_document(found, library), format_name, language))
