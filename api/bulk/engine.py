"""Which engine computes (*version du moteur*): the version of the program, and a digest of the code and of the data that it ships.

Two machines whose engines have the same name give the same bytes; where the names differ, neither may work for the other.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("referentials", "pathways")
_SOLVERS = ("ortools", "scipy")
_READ = (".py", ".yaml", ".json", ".jsonl")


@cache
def engine() -> str:
    """The name of this engine, as ``0.1.0+1f0c…``; some milliseconds the first time."""
    found = hashlib.sha256()
    for name in _SOLVERS:
        found.update(f"{name} {version(name)}\n".encode())
    house = Path(__file__).resolve().parents[2]
    for package in _PACKAGES:
        for path in sorted(path for path in (house / package).rglob("*") if path.suffix in _READ):
            found.update(f"{path.relative_to(house).as_posix()}\n".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{version('passerelles')}+{found.hexdigest()[:16]}"
