"""Outside standards (*formats d'échange*): which there are; a referential in one of them; what a profile from elsewhere says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Path, Response, UploadFile

from api.answers import file_answer
from api.auth.permissions import Action
from api.contract import resource
from api.deps import UPLOADING, Permit, allowed
from api.routes.imports import FormatForm
from api.schemas import Listing
from api.schemas_imports import ProfileRead, StandardRow
from api.services.documents import File as Document
from api.services.evidence import safe_file_name
from api.services.import_formats import standard_named, template_of, writers
from api.services.import_profiles import read_profiles
from api.services.knowledge import near
from api.services.versions import version_named
from referentials.formats import standards
from referentials.library import Library
from referentials.loader import OFFER, REFERENTIAL

router = resource("", "Échanges")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Reference = Annotated[str, Path(max_length=200, description="La référence d'une version.", examples=["tp-mn@2025"])]
OfferName = Annotated[str, Path(max_length=100, description="L'identifiant de l'offre.", examples=["la-fabrik"])]
StandardName = Annotated[str, Path(max_length=40, description="Le format : voyez /formats.", examples=["case"])]
OfferStandard = Annotated[str, Path(max_length=40, description="Le format : voyez /formats.", examples=["lheo"])]
Fillable = Annotated[str, Path(max_length=40, description="Un format qui a des modèles.", examples=["workbook"])]
TemplateName = Annotated[str, Path(max_length=40, description="Le modèle : voyez /formats.", examples=["offre"])]

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Le fichier ; X-Left-Out dit combien de choses ce format n'a pas pu porter.",
        "headers": {"X-Left-Out": {"schema": {"type": "integer"}, "description": "Nombre de pertes annoncées."}},
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in sorted({one.media_type.partition(";")[0] for one in writers()} - {"application/json"})
        }
        | {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.get("/formats", response_model=Listing[StandardRow], summary="Les formats qui se lisent et qui s'écrivent")
def list_standards(permit: Reading) -> Any:
    """Every outside standard."""
    names = ("id", "title", "suffixes", "media_type", "reads", "writes", "templates")
    found = ({name: getattr(one, name) for name in names} for one in standards().values())
    return Listing(items=tuple(StandardRow(**row) for row in found))


@router.get(
    "/formats/{standard}/templates/{template}",
    response_class=Response,
    responses=_FILE,
    summary="Un fichier vide à remplir, puis à importer",
)
def write_template(permit: Reading, standard: Fillable, template: TemplateName) -> Response:
    """An empty file of a standard, with its titles, its closed lists and an example."""
    wanted = standard_named(standard, writers())
    written = template_of(wanted, template)
    return file_answer(Document(written.name, wanted.media_type, written.content))


@router.get(
    "/referentials/{ref}/as/{standard}",
    response_class=Response,
    responses=_FILE,
    summary="Une version, dans un format que d'autres logiciels lisent",
)
def write_referential(permit: Reading, ref: Reference, standard: StandardName) -> Response:
    """One version as a file of an outside standard."""
    return _file(permit.library, version_named(permit.library, ref).key, standard, REFERENTIAL.name)


@router.get(
    "/offers/{name}/as/{standard}",
    response_class=Response,
    responses=_FILE,
    summary="Une offre, dans un format que d'autres logiciels lisent",
)
def write_offer(permit: Reading, name: OfferName, standard: OfferStandard) -> Response:
    """One offer as a file of an outside standard."""
    return _file(permit.library, name, standard, OFFER.name)


def _file(library: Library, ref: str, standard: str, kind: str) -> Response:
    wanted = standard_named(standard, (one for one in writers() if kind in one.writes))
    assert wanted.write is not None
    written = wanted.write(near(library, [ref], [ref]), [ref])
    answer = file_answer(Document(written.name, wanted.media_type, written.content))
    answer.headers["X-Left-Out"] = str(len(written.left_out))
    return answer


@router.post(
    "/profiles/read",
    response_model=ProfileRead,
    summary="Lire un CV ou des résultats venus d'ailleurs, sans rien garder",
    dependencies=[UPLOADING],
)
def read_profile(
    permit: Anybody,
    file: Annotated[UploadFile, File(description="JSON Resume, Europass, Open Badges, Pix… : voyez /formats.")],
    standard: FormatForm = None,
) -> Any:
    """What a file says that somebody has, as a profile to confirm; nothing is kept."""
    name = safe_file_name(file.filename or "")
    found, profiles, findings = read_profiles(name, file.file, standard or None)
    return ProfileRead(standard=found, profiles=profiles, findings=findings)
