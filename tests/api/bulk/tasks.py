"""Tasks for the tests: what they do stands in the setting and in the chunk."""

import hashlib
import os
import signal
import time
from pathlib import Path

from api.bulk.work import Do, Refused, Stop, Work

COUNTING = "tests.api.bulk.tasks:counting"


def counting(setting: bytes) -> Do:
    """What anybody would find: the digest of the setting and of the chunk, after a while."""

    def do(chunk: bytes, stop: Stop) -> bytes:
        time.sleep(float(setting or b"0"))
        return hashlib.sha256(setting + chunk).hexdigest().encode()

    return do


def dying(setting: bytes) -> Do:
    """As ``counting``, but it kills its process: on the chunk ``once``, the first time; on the chunk ``always``, each time."""
    mark = Path(setting.decode())

    def do(chunk: bytes, stop: Stop) -> bytes:
        if chunk == b"always" or (chunk == b"once" and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return chunk.upper()

    return do


def failing(setting: bytes) -> Do:
    """A task that is wrong on one chunk, and can't be set up where it is told so."""
    if setting:
        raise Refused("Rien à faire ici.")

    def do(chunk: bytes, stop: Stop) -> bytes:
        if chunk == b"wrong":
            raise ValueError("the name of somebody")
        return chunk

    return do


def chunks(count: int) -> tuple[bytes, ...]:
    return tuple(b"%d" % number for number in range(count))


def counted(count: int, setting: bytes = b"") -> Work:
    return Work(COUNTING, setting, chunks(count))
