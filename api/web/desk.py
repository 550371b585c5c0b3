"""What is being computed for pages (*calculs en cours*), plans above all: asked once, waited for a little, shown when it is ready.

::

    a question → its answer, if it is there or comes soon
               → None: it is being computed; whoever asks again gets it, or stops it

The same question has the same answer, so two people who ask it share the work. An answer stays a few minutes in memory, beside nothing
that tells whose it is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from contextvars import copy_context
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event, Lock
from time import monotonic
from typing import Any, Generic, TypeVar

_KEPT = 200
_MINUTES = 10
_THREADS = 16

Gone = Callable[[], bool]
Answer = TypeVar("Answer")


@dataclass
class Task(Generic[Answer]):
    """One question that is being answered, or was; it holds on to its ``work``, so that a key may name the library by its identity."""

    answer: Future[Answer]
    work: Callable[[Gone], Answer]
    begun: float = field(default_factory=monotonic)
    stopped: Event = field(default_factory=Event)

    @property
    def seconds(self) -> float:
        """Since when it is being computed."""
        return monotonic() - self.begun


class Desk:
    """Where questions wait for their answers."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[str, Task[Any]] = OrderedDict()
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="plan")

    def answer(self, key: str, compute: Callable[[Gone], Answer], patience: float) -> Answer | Task[Answer]:
        """The answer to a question, or the task when it is not there after so many seconds.

        Raises
        ------
        Exception
            Whatever the computation raised: it is then forgotten, and can be asked again.
        """
        task = self._task(key, compute)
        try:
            return task.answer.result(timeout=patience)
        except TimeoutError:
            return task
        except BaseException:
            self.forget(key)
            raise

    def has(self, key: str) -> bool:
        """Whether a question was asked already, and its answer is there or on its way."""
        with self._lock:
            return key in self._tasks

    def _task(self, key: str, compute: Callable[[Gone], Answer]) -> Task[Answer]:
        with self._lock:
            self._tidy()
            task = self._tasks.get(key)
            if task is None:
                stopped = Event()
                answer = self._threads.submit(copy_context().run, compute, stopped.is_set)
                task = self._tasks[key] = Task(answer, compute, stopped=stopped)
            self._tasks.move_to_end(key)
            return task

    def _tidy(self) -> None:
        old = [key for key, task in self._tasks.items() if task.answer.done() and task.seconds > 60 * _MINUTES]
        for key in old:
            del self._tasks[key]
        while len(self._tasks) >= _KEPT:
            _key, task = self._tasks.popitem(last=False)
            task.stopped.set()

    def stop(self, key: str) -> None:
        """Stop computing an answer; it is forgotten."""
        with self._lock:
            task = self._tasks.pop(key, None)
        if task is not None:
            task.stopped.set()

    def forget(self, key: str) -> None:
        """Forget an answer, so that the question can be asked again."""
        with self._lock:
            self._tasks.pop(key, None)


def key_of(*parts: str) -> str:
    """What names a question: the same for the same parts, and telling nothing of them."""
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
