"""Pages asked for at a steady rate (*pages sous charge*), whether or not the last one has come: what a reader waits for, and what travels.

Twenty pages a second, none of which computes a plan, in turns; each with the answers of somebody who prepares one. Used by ``tools/load.py``.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import httpx2

PAGES = (
    "/",
    "/parcours",
    "/parcours/acquis",
    "/parcours/cible?q=formateur",
    "/parcours/possibilites",
    "/referentiels",
    "/referentiels/tp-fpa@2023",
    "/referentiels/deme/historique",
    "/referentiels/comparer?a=deme@2007&b=bpjeps-tic@2002",
    "/passerelles",
    "/passerelles/deme@2007/bpjeps-tic@2002",
    "/recherche?q=numérique",
    "/aide",
)
RATE = 20
"""Pages asked for each second."""


class Seen(NamedTuple):
    """One page that was asked for: seconds until the whole of it was there, its status, its bytes as they travelled."""

    path: str
    seconds: float
    status: int
    size: int


def steady(address: str, seconds: float) -> list[Seen]:
    """Ask for every page once, which does not count, then for all of them in turns for so long."""
    with httpx2.Client(base_url=address, timeout=60) as client:
        for path in PAGES:
            client.get(path)
    return asyncio.run(_steady(address, seconds))


async def _steady(address: str, seconds: float) -> list[Seen]:
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=httpx2.Limits(max_connections=100)) as client:
        begun = time.monotonic()
        asked = []
        for number in range(round(RATE * seconds)):
            await asyncio.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            asked.append(asyncio.create_task(_seen(client, PAGES[number % len(PAGES)])))
        return list(await asyncio.gather(*asked))


async def _seen(client: httpx2.AsyncClient, path: str) -> Seen:
    begun = time.monotonic()
    async with client.stream("GET", path) as answer:
        size = sum([len(part) async for part in answer.aiter_raw()])
    return Seen(path, time.monotonic() - begun, answer.status_code, size)


def lines(told: Sequence[Seen], seconds: float) -> Iterator[str]:
    """What was measured, in Markdown."""
    rows: dict[str, list[Seen]] = defaultdict(list)
    for one in told:
        rows[one.path].append(one)
    wrong = sum(one.status != 200 for one in told)
    yield f"Pages without a plan to compute, {RATE} a second for {seconds:g} s, whether or not the last one has come; {wrong or 'no'} errors."
    yield ""
    yield "| page | asked | p50 (ms) | p95 (ms) | kB as it travels |"
    yield "|---|---:|---:|---:|---:|"
    for path, seen in (*rows.items(), ("**all**", list(told))):
        cut = statistics.quantiles([one.seconds for one in seen], n=20, method="inclusive")
        most = max(one.size for one in seen) / 1000
        yield f"| {path.replace('|', '')} | {len(seen)} | {1000 * cut[9]:.0f} | {1000 * cut[18]:.0f} | {most:.1f} |"
