"""Load (*montée en charge*): many people at once on a real server, each thinking between two requests → ``docs/load.md``.

    python tools/load.py                       200 people, three minutes, an SQLite file, two processes that compute
    python tools/load.py --people 50 --seconds 30 --show    less, and nothing written

Every person is an asynchronous client with a chance of their own, drawn from a seed: what each asks for, and how long they think. The
last part asks for the same plan over HTTP and from the engine, in turns, and compares.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx2

from api.store import schema
from api.store.repositories.search import index_shipped
from api.store.scope import Scope
from api.store.tables import Role
from api.store.unit_of_work import Store
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from tools.page_load import Seen, lines, steady

PAGE = Path(__file__).resolve().parent.parent / "docs" / "load.md"
SEED = 2026
ON = date(2026, 11, 22)
TARGETS = ("tp-fpa", "tp-mn", "deme", "bpjeps-tic@2002")
SCOPES = ("library:read", "plans:compute", "people:create", "people:read", "people:write", "plans:read", "plans:write")
PEOPLE = 40
PAIRS = 15


class Kind(NamedTuple):
    """One thing that people ask for, and how often: a share of a hundred."""

    name: str
    share: int


KINDS = (
    Kind("list referentials", 20),
    Kind("read a referential", 20),
    Kind("search", 15),
    Kind("measure a gap", 15),
    Kind("read a file", 10),
    Kind("compute a plan", 8),
    Kind("open a file", 7),
    Kind("compute a plan and keep it", 5),
)


class Asked(NamedTuple):
    """One request: what for, how long it took in seconds, and how it ended (0: the connection failed)."""

    kind: str
    seconds: float
    status: int


class Place(NamedTuple):
    """The server, and who is known there."""

    address: str
    headers: dict[str, str]
    people: list[str]


def prepared(url: str) -> tuple[dict[str, str], list[str]]:
    """A database with an adviser and the people whom they follow."""
    store = Store(url)
    schema.upgrade(store.engine)
    with store.write() as unit:
        index_shipped(unit, Library.read())
        organisation = unit.directory.organisations.add("Essai de charge")
        account = unit.directory.accounts.add(
            "charge@exemple.fr", "Essai", [Role.ADVISER], organisation=organisation.id
        )
        token = unit.directory.tokens.issue(account, "charge", SCOPES, timedelta(days=1)).text
        room = unit.of(Scope(organisation=organisation.id))
        found = [room.people.add().id for _ in range(PEOPLE)]
        for person in found:
            room.people.agree(person, "accompagnement", "1")
            room.profiles.put(person, Profile(id=person))
    store.close()
    return {"Authorization": f"Bearer {token}"}, found


def launched(url: str, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The server, as in production."""
    environment = os.environ | {
        "PASSERELLES_DATABASE_URL": url,
        "PASSERELLES_ENVIRONMENT": "production",
        "PASSERELLES_SECRET": "un secret qui ne sert qu'aux essais de charge",
        "PASSERELLES_SOLVER_QUEUE": "32",
    }
    words = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", str(port)]
    return subprocess.Popen(words, env=environment, stderr=log.open("wb"))


def awaited(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(1200):
        try:
            if httpx2.get(f"{address}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not start")


# -- people ---------------------------------------------------------------------------------------------------------------


async def person(place: Place, number: int, think: float, until: float, told: list[Asked]) -> None:
    """One person: asks, reads the answer, thinks, asks again."""
    chance = random.Random(SEED + number)
    await asyncio.sleep(chance.uniform(0, think))
    async with httpx2.AsyncClient(base_url=place.address, headers=place.headers, timeout=60, verify=False) as client:
        while time.monotonic() < until:
            (kind,) = chance.choices(KINDS, [kind.share for kind in KINDS])
            begun = time.monotonic()
            try:
                status = (await requested(client, kind.name, place, chance)).status_code
            except httpx2.TransportError:
                status = 0
            told.append(Asked(kind.name, time.monotonic() - begun, status))
            await asyncio.sleep(min(chance.expovariate(1 / think), 4 * think))


async def requested(client: httpx2.AsyncClient, kind: str, place: Place, chance: random.Random) -> httpx2.Response:
    """Send one request."""
    target, someone = chance.choice(TARGETS), chance.choice(place.people)
    demand = {"target": target, "on": ON.isoformat(), "explain": False}
    match kind:
        case "list referentials":
            return await client.get("/api/v1/referentials", params={"limit": 50})
        case "read a referential":
            return await client.get("/api/v1/referentials/tp-fpa@2023")
        case "search":
            return await client.get(
                "/api/v1/search", params={"text": chance.choice(["animer", "numérique", "évaluation"])}
            )
        case "measure a gap":
            return await client.post(
                "/api/v1/gaps", json={"profile": {"id": "x"}, "target": target, "on": ON.isoformat()}
            )
        case "read a file":
            return await client.get(f"/api/v1/people/{someone}")
        case "compute a plan":
            return await client.post("/api/v1/plans", json={"profile": {"id": "x"}, **demand})
        case "open a file":
            return await client.post(
                "/api/v1/people", json={"consents": [{"purpose": "accompagnement", "text_version": "1"}]}
            )
        case _:
            return await client.post(f"/api/v1/people/{someone}/plans", json=demand)


async def crowd(place: Place, people: int, think: float, seconds: float) -> list[Asked]:
    """All of them at once."""
    told: list[Asked] = []
    until = time.monotonic() + seconds
    await asyncio.gather(*(person(place, number, think, until, told) for number in range(people)))
    return told


# -- the plan alone -------------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """Median seconds of the same plan: from the engine, and over HTTP."""

    name: str
    engine: float
    request: float


def compared(place: Place, name: str, explain: bool) -> Pair:
    """The same plan in turns from the engine and over HTTP, nobody else asking; the first two of each do not count."""
    rights = Rights(Library.read())
    question = Question(Profile(id="x"), "tp-fpa", ON, real_only=True, explain=explain)
    values = {"profile": {"id": "x"}, "target": "tp-fpa", "on": ON.isoformat(), "explain": explain}
    engine, request = [], []
    with httpx2.Client(base_url=place.address, headers=place.headers, timeout=60) as client:
        for _ in range(PAIRS):
            begun = time.perf_counter()
            here = plan(question, rights)
            engine.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            there = client.post("/api/v1/plans", json=values)
            request.append(time.perf_counter() - begun)
            if there.json()["objective"] != here.model_dump(mode="json")["objective"]:
                raise SystemExit("the server and the engine do not agree")
    return Pair(name, statistics.median(engine[2:]), statistics.median(request[2:]))


# -- the page -------------------------------------------------------------------------------------------------------------


def page(
    given: argparse.Namespace,
    told: Sequence[Asked],
    pairs: Sequence[Pair],
    seen: Sequence[Seen],
    memory: int,
    busy: float,
) -> str:
    """What was measured, in Markdown."""
    wrong = Counter(one.status for one in told if one.status == 0 or one.status >= 400)
    rows = defaultdict(list)
    for one in told:
        rows[one.kind].append(one.seconds)
    table = [_row(kind.name, rows[kind.name]) for kind in KINDS] + [_row("**all**", [one.seconds for one in told])]
    errors = ", ".join(f"{count} × {status or 'no answer'}" for status, count in sorted(wrong.items())) or "none"
    rate = len(told) / given.seconds
    return "\n".join(
        [
            "# Load",
            "",
            "<!-- Written by tools/load.py: do not edit. -->",
            "",
            f"`make load`: {given.people} people on one server process with its pool of two, an SQLite file, {os.cpu_count()} cores for the",
            f"server *and* for those who ask. Each person thinks {given.think:g} s on average between two requests, for {given.seconds:g} s.",
            f"The machine had {busy:.1f} other processes to run on average when it began.",
            "",
            "| what is asked for | requests | p50 (ms) | p95 (ms) | p99 (ms) |",
            "|---|---:|---:|---:|---:|",
            *table,
            "",
            f"- Errors: {errors}.",
            f"- {rate:.1f} requests per second, all by one worker (`--workers 1`).",
            f"- Memory of the server and its processes at the end: {memory} MB.",
            "",
            "| the same plan, nobody else asking | the engine (ms) | over HTTP (ms) | ratio |",
            "|---|---:|---:|---:|",
            *(
                f"| {one.name} | {1000 * one.engine:.0f} | {1000 * one.request:.0f} | {one.request / one.engine:.2f} |"
                for one in pairs
            ),
            "",
            "In the crowd plans are asked for without explanations (`explain: false`). What people ask for, and how often, stands in `tools/load.py`.",
            "",
            *lines(seen, given.pages),
            "",
        ]
    )


def _row(name: str, seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return f"| {name} | {len(seconds)} | | | |"
    cut = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"| {name} | {len(seconds)} | {1000 * cut[49]:.0f} | {1000 * cut[94]:.0f} | {1000 * cut[98]:.0f} |"


def megabytes(process: int) -> int:
    """Memory of a process and of all that it started, as far as the system tells."""
    children: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        except OSError:
            continue
        children[int(fields["PPid"])].append(int(folder.name))
        sizes[int(folder.name)] = int(fields.get("VmRSS", "0 kB").split()[0])
    waiting, total = [process], 0
    while waiting:
        one = waiting.pop()
        total += sizes.get(one, 0)
        waiting += children[one]
    return total // 1024


def main() -> None:
    """Measure, and write the page."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--people", type=int, default=200)
    words.add_argument("--seconds", type=float, default=180)
    words.add_argument("--think", type=float, default=15)
    words.add_argument("--pages", type=float, default=30, help="seconds of pages at a steady rate")
    words.add_argument("--show", action="store_true", help="print the page, do not write it")
    given, busy = words.parse_args(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/load.sqlite3"
        headers, people = prepared(url)
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            port = door.getsockname()[1]
        server = launched(url, port, Path(folder) / "log")
        place = Place(f"http://127.0.0.1:{port}", headers, people)
        try:
            awaited(place.address)
            pairs = [compared(place, "without explanations", False), compared(place, "with explanations", True)]
            seen = steady(place.address, given.pages)
            told = asyncio.run(crowd(place, given.people, given.think, given.seconds))
            memory = megabytes(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
    text = page(given, told, pairs, seen, memory, busy)
    if given.show:
        print(text)
    else:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
