"""What the tests of every format do: give a file, take the records as models, write and read again."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from referentials.document import Document
from referentials.findings import Finding
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.library import Library
from referentials.loader import FORMATS, load_document
from referentials.model import Block, Referential
from tests.referentials import strategies

SAMPLES = Path(__file__).parent / "samples"
_KINDS = {kind.name: kind for kind in FORMATS}


def upload(name: str, content: bytes | str) -> Upload:
    """A file that somebody gives."""
    raw = content.encode() if isinstance(content, str) else content
    return Upload(name, io.BytesIO(raw), len(raw))


def of_file(path: Path) -> Upload:
    return upload(path.name, path.read_bytes())


def read(standard: Standard, given: Upload) -> tuple[list[Any], list[Finding]]:
    """The models of a file, each made by the loader as an import makes it, and what could not be taken."""
    assert standard.read is not None
    models: list[Any] = []
    findings: list[Finding] = []
    for one in standard.read(given):
        if isinstance(one, Record):
            kind = _KINDS[one.kind]
            values = json.loads(json.dumps(one.values))
            models += load_document(Document([values] if kind.is_list else values), kind).items
        else:
            findings.append(one)
    return models, findings


def write(standard: Standard, library: Library, *refs: str) -> Written:
    assert standard.write is not None
    written = standard.write(library, refs)
    assert written == standard.write(library, refs)
    return written


def again(standard: Standard, written: Written) -> tuple[list[Any], list[Finding]]:
    return read(standard, upload(written.name, written.content))


def rules(findings: tuple[Finding, ...] | list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def with_own_codes(item: Referential) -> Referential:
    """The same referential, in which a code serves once at each level, and where no code is short for a reference."""
    blocks = [_competencies_once(block) for block in _once(item.blocks or ())]
    return item.model_copy(update={"blocks": None if item.blocks is None else tuple(blocks)})


def _competencies_once(block: Block) -> Block:
    kept = None if block.competencies is None else tuple(_once(block.competencies))
    return block.model_copy(update={"competencies": kept})


def _once(items: Any) -> Iterator[Any]:
    for rank, item in enumerate(items, 1):
        yield item.model_copy(update={"code": f"C{rank}.{item.code[:3]}x".rstrip(".-+_")})


referentials: st.SearchStrategy[Referential] = strategies.referentials.map(with_own_codes)
"""Referentials of any shape, whose codes lead where they say."""
