"""Where a command spends its time: run in a process of its own, it prints the processor seconds of each part.

python -m benchmarks.spans FILE plan …      runs ``passerelles plan …``; the parts go to FILE, as JSON

A stack of parts: what begins inside another part stops its clock, so that every second counts once. An import counts for
the package that is imported, whoever asks for it; what runs before this file for the interpreter.
"""

from __future__ import annotations

import time

BEGAN = time.process_time()

import builtins  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from functools import wraps  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

PARTS = {
    "library and files": ("referentials.loader:load_file", "referentials.library:load_file", "api.commands.plan:_read"),
    "rights and gap": ("pathways.planner:position", "pathways.planner:gap"),
    "choice and dates": ("pathways.planner:resolve",),
    "explanations": ("pathways.planner:_in_time",),
    "verifier": ("pathways.planner:_verified",),
    "printing": ("api.commands.plan:_give",),
}
"""The functions that each part of a plan begins with; one that is not there counts for what called it."""


class Spans:
    """Seconds of each part, and the parts that are open."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {"interpreter": BEGAN}
        self._open = ["the rest"]
        self._since = BEGAN

    def _count(self) -> None:
        now = time.process_time()
        part = self._open[-1]
        self.seconds[part] = self.seconds.get(part, 0.0) + now - self._since
        self._since = now

    @contextmanager
    def span(self, part: str) -> Iterator[None]:
        """Everything inside counts for this part, but for what begins another one."""
        self._count()
        self._open.append(part)
        try:
            yield
        finally:
            self._count()
            self._open.pop()

    def close(self) -> dict[str, float]:
        """Every part so far."""
        self._count()
        return self.seconds


def watch_imports(spans: Spans) -> None:
    """Count what is imported for its package."""
    plain = builtins.__import__

    def watching(name: str, *arguments: Any, **named: Any) -> Any:
        level = named.get("level", arguments[3] if len(arguments) > 3 else 0)
        if level or name in sys.modules:
            return plain(name, *arguments, **named)
        with spans.span(f"import {name.partition('.')[0]}"):
            return plain(name, *arguments, **named)

    builtins.__import__ = watching


def watch(spans: Spans, part: str, place: str) -> None:
    """Count a function for a part; what it gives bit by bit is gathered."""
    module, _, name = place.partition(":")
    found = importlib.import_module(module)
    function: Callable[..., Any] | None = getattr(found, name, None)
    if function is None:
        return

    @wraps(function)
    def watched(*arguments: Any, **named: Any) -> Any:
        with spans.span(part):
            given = function(*arguments, **named)
            return list(given) if isinstance(given, Iterator) else given

    setattr(found, name, watched)


def main(file: str, command: list[str]) -> None:
    """Run the command, and write down where its time went."""
    spans = Spans()
    watch_imports(spans)
    for part, places in PARTS.items():
        for place in places:
            watch(spans, part, place)
    from api.cli import main as run

    sys.argv = ["passerelles", *command]
    try:
        run()
    finally:
        Path(file).write_text(json.dumps(spans.close()), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
