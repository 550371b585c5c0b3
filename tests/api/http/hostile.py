"""Run in a process of its own: everything hostile that the service may be sent, and what refusing each has cost.

    python -m tests.api.http.hostile FOLDER

The answers go to standard output, one JSON object a line: who was asked, the status, seconds of the processor, bytes of memory
that the process had to take more than ever before.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import ALONE, Service
from tests.api.http.small import V1, a_person, a_small_service

JSON, YAML = "application/json", "application/yaml"
COLUMNS = 1_000_000


class Sent(NamedTuple):
    """What is sent where: a body with its type, or a file in a form."""

    name: str
    role: Role
    address: str
    content: bytes
    media_type: str | None = None
    method: str = "POST"


def a_zip_bomb() -> bytes:
    """Two hundred megabytes of nothing in two hundred kilobytes."""
    import io
    from zipfile import ZIP_DEFLATED, ZipFile

    packed, nothing = io.BytesIO(), bytes(10_000_000)
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive, archive.open("offre.yaml", "w") as file:
        for _ in range(20):
            file.write(nothing)
    return packed.getvalue()


def laughs(levels: int = 9) -> bytes:
    """A text of which each line names the one before nine times."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def a_well(levels: int) -> bytes:
    """A draft deeper than any, with its key."""
    return b'{"document":{"id":"x","version":"1","award":' + b'{"all_of":[' * levels + b'"y"' + b"]}" * levels + b"}}"


BOMB = a_zip_bomb()
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'
WIDE_JSON = b"{" + b",".join(b'"c%d":1' % number for number in range(COLUMNS // 6)) + b"}"
WIDE_YAML = b"\n".join(b"c%d: 1" % number for number in range(COLUMNS // 6))
WRONG = b"[" + b"1," * 9_900 + b"1]"
MANY_JSON = b"[" + b"1," * (COLUMNS - 1) + b"1]"
FILES = {
    "a zip bomb": BOMB,
    "entities": ENTITIES,
    "laughs": laughs(),
    "a well": b"[" * 500_000,
    "a million values": b"modules: [" + b"1," * COLUMNS + b"1]",
    "as many columns": WIDE_YAML,
    "as many wrong items as are read": b"modules: [" + b"1," * 59_000 + b"1]",
    "bytes of all sorts": bytes(range(256)),
    "a page": b"<html><script>alert(1)</script></html>",
    "a program": b"\x7fELF",
    "a protected PDF": b"%PDF-1.7\n trailer << /Encrypt 5 0 R >>",
    "nothing": b"",
}
DOCUMENTS = {
    "a well": b'{"document":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    **{f"{levels} levels": a_well(levels) for levels in (70, 400)},
    "a well of lists": b'{"holds":' + b"[" * 400_000,
    "a million values": b'{"document":{"id":"x","version":"1","blocks":' + MANY_JSON + b"}}",
    "as many columns": b'{"document":' + WIDE_JSON + b"}",
    "columns of a profile": WIDE_JSON,
    "a list": MANY_JSON,
    "as many wrong items as are read": b'{"modules":'
    + WRONG
    + b',"holds":{"blocks":'
    + WRONG
    + b'},"document":'
    + WRONG
    + b"}",
    "too many wrong items": b'{"modules":' + MANY_JSON + b',"holds":{"blocks":' + MANY_JSON + b"}}",
    "no number": b'{"document":{"id":NaN}}',
    "a long number": b'{"document":{"id":' + b"9" * 1_000_000 + b"}}",
    "half a letter": b'{"document":{"id":"\\ud800"}}',
    "entities": ENTITIES,
    "a zip bomb": BOMB,
}
TEXTS = {
    name: FILES[name]
    for name in (
        "laughs",
        "a well",
        "a million values",
        "as many columns",
        "as many wrong items as are read",
        "bytes of all sorts",
    )
}


def everything(person: str) -> Iterator[Sent]:
    """All of it, to every door that takes what people write."""
    evidence, profile = f"{V1}/people/{person}/evidence", f"{V1}/people/{person}/profile"
    for name, content in FILES.items():
        yield Sent(name, Role.TRAINING_BODY, f"{V1}/offers/file", content)
        yield Sent(name, Role.ADVISER, evidence, content)
    for name, content in DOCUMENTS.items():
        yield Sent(name, Role.DESIGNER, f"{V1}/drafts", content, JSON)
        yield Sent(name, Role.TRAINING_BODY, f"{V1}/offers", content, JSON)
        yield Sent(name, Role.ADVISER, profile, content, JSON, "PUT")
        yield Sent(name, Role.PROFESSIONAL, f"{V1}/plans/links", content, JSON)
    for name, content in TEXTS.items():
        yield Sent(name, Role.DESIGNER, f"{V1}/drafts", content, YAML)
    yield Sent("a table", Role.DESIGNER, f"{V1}/drafts", b"id;version\n", "text/csv")
    yield Sent("a workbook", Role.TRAINING_BODY, f"{V1}/offers", BOMB, "application/zip")


def memory() -> int:
    """Bytes that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def refused(service: Service, sent: Sent) -> dict[str, Any]:
    """What came of it, and what it cost."""
    client = service.by(sent.role, ALONE if sent.role is Role.PROFESSIONAL else "here")
    headers = {"if-match": '"1"'} | ({"content-type": sent.media_type} if sent.media_type else {})
    form: dict[str, Any] = {"file": ("offre.yaml", sent.content)}
    body: dict[str, Any] = {"content": sent.content} if sent.media_type else {"files": form}
    before, begun = memory(), time.process_time()
    answer = client.request(sent.method, sent.address, headers=headers, **body)
    seconds = time.process_time() - begun
    return {
        "sent": f"{sent.name} as {sent.media_type or 'a file'} to {sent.address.rpartition('/')[2]}",
        "status": answer.status_code,
        "detail": answer.json().get("detail", ""),
        "seconds": round(seconds, 3),
        "bytes": memory() - before,
    }


def main(folder: Path) -> None:
    """Send everything to a new service."""
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    schema.upgrade(store.engine)
    with a_small_service(store, folder) as service:
        person = str(a_person(service.by(Role.ADVISER))["id"])
        for sent in everything(person):
            print(json.dumps(refused(service, sent), ensure_ascii=False), flush=True)
        adviser, everybody = service.by(Role.ADVISER), service.by(Role.DESIGNER)
        kept = {
            "evidence": adviser.get(f"{V1}/people/{person}/evidence").json()["items"],
            "drafts": everybody.get(f"{V1}/drafts").json()["items"],
            "offers": [one for one in everybody.get(f"{V1}/offers").json()["items"] if one["own"]],
        }
        print(json.dumps({"kept": kept}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
