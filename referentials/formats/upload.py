"""What every format does with the file it gets and the references it is asked for (*fichier reçu, références demandées*)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from referentials.absence import OnlyNamed, UnknownReference
from referentials.findings import FileProblem, error
from referentials.formats.exchange import Upload
from referentials.formats.text import decoded
from referentials.library import Library
from referentials.model import Referential, State


def content_of(upload: Upload, at_most: int) -> bytes:
    """The bytes of a small file.

    Raises
    ------
    FileProblem
        There are more than ``at_most``.
    """
    upload.stream.seek(0)
    content = upload.stream.read(at_most + 1)
    if len(content) > at_most:
        message = f"Le fichier dépasse {at_most // 1_000_000} Mo."
        raise refused(
            upload, "fichier-trop-gros", message, "Exportez un seul référentiel ou une seule offre à la fois."
        )
    return content


def json_of(upload: Upload, at_most: int) -> Any:
    """The plain value of a JSON file.

    Raises
    ------
    FileProblem
        It is too large, or it is not JSON; the line is told.
    """
    text = decoded(content_of(upload, at_most))
    if text.count(",") > _MOST_VALUES:
        message = f"Le fichier contient plus de {_MOST_VALUES} valeurs."
        raise refused(upload, "fichier-trop-gros", message, _LESS)
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        message = f"Le fichier cesse d'être du JSON lisible ligne {problem.lineno} : il est coupé ou abîmé."
        raise refused(upload, "json-illisible", message, _AGAIN, problem.lineno) from None
    except (RecursionError, ValueError):
        raise refused(upload, "json-illisible", "Le fichier emboîte trop de niveaux.", _AGAIN) from None


_MOST_VALUES = 1_000_000
_LESS = "Exportez un seul référentiel ou une seule offre à la fois."
_AGAIN = "Téléchargez-le ou exportez-le de nouveau, puis recommencez."


def refused(upload: Upload, rule: str, message: str, remedy: str, line: int | None = None) -> FileProblem:
    """The refusal of a whole file."""
    return FileProblem([error(rule, message, remedy, file=upload.name, line=line)])


def referentials_of(library: Library, refs: Sequence[str]) -> tuple[Referential, ...]:
    """The versions that references name, each once, in their order; the last one where no version is named.

    Raises
    ------
    UnknownReference
        A reference names nothing, or something else than a referential, or a fiche that nobody read.
    """
    found: dict[str, Referential] = {}
    for text in refs:
        item = library.find(text)
        if not isinstance(item, Referential):
            raise UnknownReference(text, library.near(text.partition("/")[0]))
        if item.state is State.NAMED:
            raise OnlyNamed(item.id)
        found[item.key] = item
    return tuple(found.values())
