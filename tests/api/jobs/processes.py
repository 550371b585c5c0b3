"""Processes of a pool for the tests: what they do stands in the request."""

import json
import os
import time
from multiprocessing.connection import Connection

from api.jobs.process import Stop, answer_all


def work(connection: Connection) -> None:
    answer_all(connection, answer)


def answer(request: bytes, stop: Stop) -> bytes:
    name, value = json.loads(request)
    return json.dumps(ACTS[name](value, stop)).encode()


def spin(seconds: float, stop: Stop) -> str:
    """Take the processor, and stop when asked to."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if stop():
            return "stopped"
    return "done"


def deaf(seconds: float, _stop: Stop) -> str:
    time.sleep(seconds)
    return "done"


def die(_value: object, _stop: Stop) -> str:
    os._exit(9)


ACTS = {"echo": lambda value, stop: [value, os.getpid()], "spin": spin, "deaf": deaf, "die": die}
