"""Our own files (*fichiers YAML*), in and out: one file, or a ZIP laid out like ``referentials/data``.

What was asked for under several names goes with the rights and the likenesses that stay wholly among them; nothing asked for means the
whole library. Rules of law are not exchanged: they come with the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from referentials.document import MAX_BYTES, Document
from referentials.findings import FileProblem, Finding, Place, error
from referentials.formats.archive import Bounds, members, packed
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.formats.losses import Losses
from referentials.formats.upload import content_of, referentials_of
from referentials.library import Library
from referentials.loader import (
    CORRESPONDENCES,
    FORMATS,
    OFFER,
    RECOGNITIONS,
    REFERENTIAL,
    RULES,
    SUFFIXES,
    Format,
    recognise,
)
from referentials.model import Kind, Referential
from referentials.offer import Offer
from referentials.reference import parse
from referentials.requirement import references
from referentials.rights import Correspondence, Recognition
from referentials.writer import to_yaml
from referentials.yaml_source import read_bytes

__all__ = ["STANDARD"]

_BOUNDS = Bounds(members=100_000, bytes=1_000_000_000)
_KINDS = (REFERENTIAL.name, RECOGNITIONS.name, CORRESPONDENCES.name, OFFER.name)

Item = Referential | Offer | Recognition | Correspondence


# -- in


def read(upload: Upload) -> Iterator[Record | Finding]:
    """What a file holds, or each file of a ZIP; in a ZIP, a file that can't be read does not stop the others.

    Raises
    ------
    FileProblem
        A file given alone can't be read.
    """
    losses = Losses("yaml", "Aucune action n'est nécessaire.", upload.name)
    for suffix in SUFFIXES:
        for one in members(upload, suffix, _BOUNDS):
            try:
                yield from _records(one, losses)
            except FileProblem as problem:
                if one is upload:
                    raise
                yield from problem.findings
            if one is upload:
                yield from losses.findings
                return
    yield from losses.findings


def _records(upload: Upload, losses: Losses) -> Iterator[Record | Finding]:
    document = read_bytes(content_of(upload, MAX_BYTES), file=upload.name)
    kind = _kind(upload.name, document)
    if kind is RULES:
        losses.add("regles", "Les règles de droit viennent avec le logiciel : elles ne s'importent pas", upload.name)
        return
    values = document.value if isinstance(document.value, list) else [document.value]
    for rank, one in enumerate(values):
        path = (rank,) if isinstance(document.value, list) else ()
        yield Record(kind.name, one, Place(file=upload.name, line=document.line(path)))


def _kind(name: str, document: Document) -> Format:
    folders = PurePosixPath(name.rpartition(" › ")[2]).parts[:-1]
    named = (kind for kind in FORMATS for folder in folders if folder in kind.folders)
    return next(named, None) or _recognised(name, document)


def _recognised(name: str, document: Document) -> Format:
    """What a file holds by its content; refused when most of its keys are no words of ours: it is some other JSON."""
    kind = recognise(document)
    parts = document.value if isinstance(document.value, list) else [document.value]
    keys = [key for part in parts if isinstance(part, Mapping) for key in part]
    ours = {field.alias or own for own, field in kind.item.model_fields.items()}
    if sum(key in ours for key in keys) * 2 < len(keys):
        remedy = "Vérifiez le fichier, ou donnez son format."
        raise FileProblem(
            [error("yaml-etranger", "Le contenu n'est pas celui d'un de nos fichiers.", remedy, file=name)]
        )
    return kind


# -- out


def write(library: Library, refs: Sequence[str]) -> Written:
    """One file for one name; a ZIP for several; the whole library for none."""
    items = _named(library, refs) if refs else _every(library)
    if len(refs) == 1:
        path, content = _file(items[0])
        return Written(PurePosixPath(path).name if isinstance(items[0], Offer) else _name(items[0]), content)
    among = {item.id for item in items if isinstance(item, Referential)}
    named = [*items, *_among(library.recognitions, among), *_among(library.correspondences, among)]
    return Written("bibliotheque.zip", packed(dict(_file(item) for item in {id(one): one for one in named}.values())))


def _named(library: Library, refs: Sequence[str]) -> list[Item]:
    """What references name: offers, rights and likenesses by their identifier, else referentials."""
    known: dict[str, Item] = {}
    for items in (library.correspondences, library.recognitions, library.offers):
        known |= {item.id: item for item in items}
    return [known[text] if text in known else referentials_of(library, [text])[0] for text in dict.fromkeys(refs)]


def _every(library: Library) -> list[Item]:
    """All that is at hand; a right may speak of a referential that another library has."""
    return [*library, *library.offers, *library.recognitions, *library.correspondences]


def _among(items: Iterable[Any], among: set[str]) -> Iterator[Any]:
    """The rights and the likenesses that speak of these referentials alone."""
    for item in items:
        named = [*references(item.given), *item.grants] if isinstance(item, Recognition) else [item.start, item.end]
        if all(getattr(parse(text), "referential", None) in among for text in named):
            yield item


def _name(item: Item) -> str:
    return f"{item.key if isinstance(item, Referential) else item.id}.yaml"


def _file(item: Item) -> tuple[str, bytes]:
    """The path of an item in our layout, and its text."""
    if isinstance(item, Referential):
        folder = REFERENTIAL.folders[item.kind is Kind.CADRE_DE_COMPETENCES]
        return f"{folder}/{item.id}/{item.version}.yaml", to_yaml(item).encode()
    if isinstance(item, Offer):
        return f"{OFFER.folders[0]}/{item.id}/{item.id}.yaml", to_yaml(item).encode()
    kind = RECOGNITIONS if isinstance(item, Recognition) else CORRESPONDENCES
    return f"{kind.folders[0]}/{item.id}.yaml", to_yaml([item]).encode()


STANDARD = Standard(
    id="yaml",
    title="Fichiers YAML de Passerelles",
    suffixes=(".yaml", ".yml", ".json", ".zip"),
    media_type="application/yaml",
    reads=_KINDS,
    writes=_KINDS,
    read=read,
    write=write,
)
