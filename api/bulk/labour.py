"""What a worker does (*ouvrier*): it sets a task up once, keeps it, and does one chunk after the other.

A worker may be this process, a process of a pool, or one on another machine. What goes wrong is told by its place in the code, without
the values: they may be a person's.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from api.bulk.engine import engine
from api.bulk.work import Do, Refused, Stop, Task

_KEPT = 2
"""How many tasks a process keeps set up."""

_set_up: OrderedDict[tuple[str, bytes], Do] = OrderedDict()
_one_at_a_time = Lock()


class Answer(NamedTuple):
    """What a worker gives back for a chunk: its bytes, or the place of the defect that kept it from giving them."""

    content: bytes | None
    problem: str = ""


def done_by(name: str, task: str, setting: bytes, chunk: bytes, stop: Stop) -> Answer:
    """Do one chunk; in a process with several threads, each has its turn.

    Parameters
    ----------
    name : str
        The engine of whoever asks.

    Raises
    ------
    Refused
        This is another engine, or the task can't be set up here.
    """
    if name != engine():
        message = f"Un poste de travail a une autre version de Passerelles ({engine()} au lieu de {name})."
        raise Refused(f"{message} Installez partout la même, puis relancez.")
    with _one_at_a_time:
        do = _opened(task, setting)
        try:
            return Answer(do(chunk, stop))
        except Exception as defect:
            return Answer(None, place_of(defect))


def task_named(name: str) -> Task:
    """The task of a name, as ``module:function``."""
    module, _colon, function = name.partition(":")
    found: Task = getattr(import_module(module), function)
    return found


def keep(task: str, setting: bytes, do: Do) -> None:
    """Keep a task that is set up, in the place of the one used longest ago."""
    _set_up[_key(task, setting)] = do
    while len(_set_up) > _KEPT:
        _set_up.popitem(last=False)


def _opened(task: str, setting: bytes) -> Do:
    key = _key(task, setting)
    if key not in _set_up:
        keep(task, setting, task_named(task)(setting))
    _set_up.move_to_end(key)
    return _set_up[key]


def _key(task: str, setting: bytes) -> tuple[str, bytes]:
    return task, hashlib.sha256(setting).digest()


def place_of(defect: BaseException) -> str:
    """What went wrong and where, without the values."""
    trace, where = defect.__traceback__, ""
    while trace is not None:
        where, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
    return f"{type(defect).__name__} ({where})"
