"""The pool: bounded, in time, and whole again after a process died."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.jobs.pool import Abandoned, Full, Gone, Lost, Pool, TooLong, nobody_leaves
from api.store.conflict import Busy
from tests.api.jobs import processes

Made = Callable[..., Pool]


@pytest.fixture
def made() -> Iterator[Made]:
    pools: list[Pool] = []

    def make(**options: Any) -> Pool:
        pools.append(Pool(processes.work, **({"size": 1, "queue": 1, "grace": 5.0} | options)))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def asked(pool: Pool, name: str, value: object = None, seconds: float = 5, gone: Gone = nobody_leaves) -> Any:
    return json.loads(pool.ask(json.dumps([name, value]).encode(), seconds, gone))


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_process_answers_one_request_after_the_other(made: Made) -> None:
    pool = made()
    (first, here), (second, again) = asked(pool, "echo", "é"), asked(pool, "echo", 2)
    assert (first, second) == ("é", 2)
    assert here == again != os.getpid()
    assert pool.state == (0, 0, 0)


def test_a_full_pool_says_so_at_once_and_is_busy_in_the_words_of_the_store(made: Made) -> None:
    pool, leave = made(), threading.Event()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(asked, pool, "spin", 30, 30, leave.is_set)
        until(lambda: pool.state.busy == 1 and pool.state.waiting == 0)
        second = threads.submit(asked, pool, "echo", 1)
        until(lambda: pool.state.waiting == 1)
        with pytest.raises(Full) as refused:
            asked(pool, "echo", 2)
        assert isinstance(refused.value, Busy)
        leave.set()
        with pytest.raises(Abandoned):
            first.result()
        assert second.result()[0] == 1
    assert pool.state == (0, 0, 0)


def test_who_waits_too_long_for_a_process_is_told(made: Made) -> None:
    pool, leave = made(patience=0.2), threading.Event()
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(asked, pool, "spin", 30, 30, leave.is_set)
        until(lambda: pool.state.busy == 1 and pool.state.waiting == 0)
        with pytest.raises(Full):
            asked(pool, "echo")
        leave.set()
        with pytest.raises(Abandoned):
            first.result()


def test_who_leaves_stops_the_work_and_the_process_goes_on_with_the_next(made: Made) -> None:
    pool = made()
    _value, before = asked(pool, "echo")
    with pytest.raises(Abandoned):
        asked(pool, "spin", 60, 60, lambda: True)
    assert asked(pool, "echo")[1] == before


def test_an_answer_that_nobody_took_is_never_given_to_the_next(made: Made) -> None:
    def breaks() -> bool:
        raise RuntimeError("the connection can't be looked at")

    pool = made()
    with pytest.raises(RuntimeError):
        asked(pool, "spin", 0.5, 5, breaks)
    assert asked(pool, "echo", "mine")[0] == "mine"
    assert pool.state == (0, 0, 1)


def test_what_does_not_end_in_time_is_stopped_with_what_it_has(made: Made) -> None:
    pool = made()
    _value, before = asked(pool, "echo")
    assert asked(pool, "spin", 60, seconds=-4.9) == "stopped"
    assert asked(pool, "echo")[1] == before


def test_what_does_not_stop_is_ended_and_its_process_replaced(made: Made) -> None:
    pool = made(grace=0.4)
    _value, before = asked(pool, "echo")
    with pytest.raises(TooLong):
        asked(pool, "deaf", 60, seconds=0.1)
    assert asked(pool, "echo")[1] != before
    assert pool.state.replaced == 1


@pytest.mark.parametrize("act", ["die", "killed"])
def test_a_process_that_dies_is_replaced_and_its_request_is_told(made: Made, act: str) -> None:
    pool = made()
    _value, process = asked(pool, "echo")
    if act == "killed":
        threading.Timer(0.3, os.kill, (process, signal.SIGKILL)).start()
    with pytest.raises(Lost):
        asked(pool, "die" if act == "die" else "spin", 60, 60)
    assert asked(pool, "echo")[1] != process
    assert pool.state == (0, 0, 1)


def test_a_process_that_died_while_it_was_idle_is_noticed(made: Made) -> None:
    pool = made()
    _value, process = asked(pool, "echo")
    os.kill(process, signal.SIGKILL)
    time.sleep(0.3)
    assert asked(pool, "echo")[1] != process


def test_the_processes_end_with_the_pool(made: Made) -> None:
    pool = made()
    _value, process = asked(pool, "echo")
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(Lost):
        asked(pool, "echo")


def test_two_processes_work_at_the_same_time(made: Made) -> None:
    pool = made(size=2)
    pool.warm()
    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(asked, pool, "spin", 0.5) for _ in range(2)]
        until(lambda: pool.state.busy == 2)
        assert [one.result() for one in found] == ["done", "done"]
