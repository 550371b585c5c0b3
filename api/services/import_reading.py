"""A file → records with their keys, some hundreds at a time (*lecture*): here for a small file, in a process of its own for a large one.

The process reads and seals while this one checks and writes; what passes between them is plain (``marshal``), and bounded by the pipe::

    python -m api.services.import_reading STANDARD FILE NAME → parts, each with how many bytes were read
"""

from __future__ import annotations

import marshal
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from api.services.import_entries import KEPT, Entry, entry_of
from api.store.keys import Key
from referentials.findings import FileProblem, Finding, error, warning
from referentials.formats import standards
from referentials.formats.exchange import Record, Standard, Upload

LARGE = 8_000_000
"""Bytes from which a process of its own pays."""

CUT = "import-coupe"
"""The rule of a file that ends too soon."""


class Part(NamedTuple):
    """Some records and findings, in the order of the file, and how many bytes were read by then."""

    found: Sequence[Entry | Finding]
    done: int


def parts(standard: Standard, upload: Upload, at_once: int) -> Iterator[Part]:
    """All records and findings; a file that ends too soon ends with a finding.

    Raises
    ------
    FileProblem
        Nothing of it can be used.
    """
    path = getattr(upload.stream, "name", None)
    apart = upload.size >= LARGE and isinstance(path, str) and standards().get(standard.id) is standard
    yield from _apart(standard, upload, Path(str(path)), at_once) if apart else _here(standard, upload, at_once)


def _here(standard: Standard, upload: Upload, at_once: int) -> Iterator[Part]:
    found = _entries(standard, upload)
    while part := list(islice(found, at_once)):
        yield Part(part, upload.stream.tell())


def _entries(standard: Standard, upload: Upload) -> Iterator[Entry | Finding]:
    if standard.read is None:
        raise FileProblem([_not_read(standard)])
    upload.stream.seek(0)
    given, aside = 0, False
    try:
        for one in standard.read(upload):
            if isinstance(one, Finding) or one.kind in KEPT:
                yield _entry(one)
                given += 1
            elif not aside:
                aside = True
                yield _aside(one)
    except FileProblem as problem:
        if not given:
            raise
        yield from problem.findings
        yield _cut(upload)


def _entry(one: Record | Finding) -> Entry | Finding:
    if isinstance(one, Finding):
        return one
    try:
        return entry_of(one)
    except FileProblem as problem:
        return problem.findings[0]


# -- in a process of its own ----------------------------------------------------------------------------------------------


def _apart(standard: Standard, upload: Upload, path: Path, at_once: int) -> Iterator[Part]:
    command = [sys.executable, "-m", __name__, standard.id, str(path.resolve()), upload.name, str(at_once)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    try:
        while (message := marshal.load(process.stdout)) is not None:
            done, plain, refused = message
            if refused is not None:
                raise FileProblem(Finding.model_validate_json(one) for one in refused)
            yield Part([_opened(one) for one in plain], done)
    except EOFError:
        raise ReaderDied(upload.name) from None
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


class ReaderDied(Exception):
    """The process that read the file is no more: too little memory, or a defect."""


def _main(standard: str, path: str, name: str, at_once: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever reads us, and ends us
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    with open(path, "rb") as stream:
        upload = Upload(name, stream, os.fstat(stream.fileno()).st_size)
        try:
            for part in _here(standards()[standard], upload, int(at_once)):
                _send(out, (part.done, [_closed(one) for one in part.found], None))
        except FileProblem as problem:
            _send(out, (0, None, [one.model_dump_json() for one in problem.findings]))
        _send(out, None)


def _send(out: BinaryIO, message: Any) -> None:
    marshal.dump(message, out)
    out.flush()


def _closed(one: Entry | Finding) -> Any:
    if isinstance(one, Finding):
        return one.model_dump_json()
    return tuple(one.key), one.digest, one.raw, one.stood


def _opened(plain: Any) -> Entry | Finding:
    if isinstance(plain, str):
        return Finding.model_validate_json(plain)
    key, digest, raw, stood = plain
    return Entry(Key(*key), digest, raw, stood)


# -- what is told ---------------------------------------------------------------------------------------------------------


def _cut(upload: Upload) -> Finding:
    message = "La lecture s'arrête ici : ce qui vient avant est pris, la suite manque."
    return error(CUT, message, "Procurez-vous le fichier entier, puis importez-le de nouveau.", file=upload.name)


def _not_read(standard: Standard) -> Finding:
    return error("import-impossible", f"Le format « {standard.title} » ne se lit pas ici.", "Il ne fait que s'écrire.")


def _aside(record: Record) -> Finding:
    message = "Ce fichier contient des personnes ou des profils : la bibliothèque ne les garde pas."
    return warning(
        "import-hors-bibliotheque", message, "Lisez un profil avec son propre format.", file=record.where.file
    )


if __name__ == "__main__":
    _main(*sys.argv[1:])
