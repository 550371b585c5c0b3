"""The log (*journal technique*): one JSON object a line on standard error; a request, how it went, and the traceback of a defect.

No name, no address of a person, no competency, no query string: who did what to what is in the audit trail of the database.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_FIELDS = ("request", "method", "route", "status", "ms", "job", "kind")
"""What a line may tell beside its moment, its level and its event; anything else is left out."""


class JsonLines(logging.Formatter):
    """A record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        told |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[0] is not None:
            told["exception"] = record.exc_info[0].__name__
            told["where"] = _where(record)
        return json.dumps(told, ensure_ascii=False)


def _where(record: logging.LogRecord) -> list[str]:
    """The lines of code that a defect went through, without the values nor the message, which may hold what people typed."""
    import traceback

    assert record.exc_info is not None
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])[-12:]]


def log_to_standard_error() -> None:
    """Have our own logger, and that of the server, write such lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("passerelles", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler] if name != "uvicorn.error" else [], name == "uvicorn.error"
        logger.setLevel(logging.INFO)
