"""Run in a process of its own: workbooks that nobody should open, and what refusing each has cost.

    python -m tests.referentials.formats.hostile_workbooks

One JSON object a line: the name, the rules of the refusal, seconds of the processor, megabytes that the process had to take on top.
"""

import io
import json
import random
import resource
import time
from collections.abc import Iterator

from referentials.findings import FileProblem
from referentials.formats.exchange import Upload
from referentials.formats.workbook import STANDARD
from tests.referentials.formats.sheets import FIRST, MAIN, first_sheet, with_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def hostile() -> Iterator[tuple[str, str, bytes]]:
    """The name of each, the rule that must refuse it, its bytes."""
    whole = with_parts()
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    yield "old", "classeur-ancien", OLE + bytes(5_000)
    yield "password", "classeur-chiffre", OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    yield "text", "classeur-illisible", b"Modules;Prix\n1;2\n"
    yield "empty", "classeur-illisible", b""
    yield "cut", "zip-illisible", whole[: len(whole) // 2]
    yield "damaged", "classeur-abime", whole[:3000] + bytes(100) + whole[3100:]
    yield "macros", "classeur-macros", with_parts(**{"xl/vbaProject.bin": b"x"})
    yield (
        "opendocument",
        "classeur-opendocument",
        with_parts(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    )
    yield (
        "bomb",
        "zip-trop-grand",
        with_parts(sheet=first_sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000)),
    )
    yield (
        "cells",
        "classeur-demesure",
        with_parts(sheet=first_sheet(b"<row>" + b"<c/>" * 700_000 + b"</row>"), noise=noise(400_000)),
    )
    yield "rows", "classeur-demesure", with_parts(sheet=first_sheet(b"<row/>" * 250_000), noise=noise(400_000))
    yield "columns", "classeur-demesure", with_parts(sheet=first_sheet(b'<row r="1"><c r="BDWGO1"><v>1</v></c></row>'))
    yield (
        "far",
        "classeur-demesure",
        with_parts(sheet=first_sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    )
    yield (
        "merged",
        "classeur-demesure",
        with_parts(sheet=MAIN + b'<mergeCell ref="A1:B2"/>' * 500_000 + b"</worksheet>", noise=noise(200_000)),
    )
    yield (
        "texts",
        "classeur-demesure",
        with_parts(texts=b"<sst>" + b"<si><t>a</t></si>" * 250_000 + b"</sst>", noise=noise(200_000)),
    )
    yield (
        "styles",
        "classeur-demesure",
        with_parts(styles=b"<styleSheet>" + b"<xf/>" * 150_000 + b"</styleSheet>", noise=noise(50_000)),
    )
    yield (
        "marks",
        "classeur-demesure",
        with_parts(sheet=MAIN + b"<b/>" * 500_000 + b"</worksheet>", noise=noise(200_000)),
    )
    yield "entities", "classeur-dtd", with_parts(sheet=entity + first_sheet(b"<row><c><v>&a;</v></c></row>"))
    yield "wide entities", "classeur-dtd", with_parts(sheet=(entity + first_sheet(b"")).decode().encode("utf-16"))
    yield "no text there", "classeur-illisible", with_parts(sheet=first_sheet(b'<row><c t="s"><v>99999</v></c></row>'))
    yield "no number", "classeur-illisible", with_parts(sheet=first_sheet(b"<row><c><v>douze</v></c></row>"))
    yield "no sheet", "xml-illisible", with_parts(**{FIRST: b""})


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    warm = with_parts()
    for name, rule, content in [("warm", "classeur-vide", warm), *hostile()]:
        before, start, found = peak(), time.process_time(), ["taken"]
        try:
            assert STANDARD.read is not None
            list(STANDARD.read(Upload("x.xlsx", io.BytesIO(content), len(content))))
        except FileProblem as problem:
            found = sorted({finding.rule for finding in problem.findings})
        seconds = time.process_time() - start
        print(json.dumps({"name": name, "due": rule, "rules": found, "seconds": seconds, "megabytes": peak() - before}))


if __name__ == "__main__":
    main()
