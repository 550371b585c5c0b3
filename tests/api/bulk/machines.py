"""Machines for the tests: a scheduler here, and workers each in a network namespace of its own, whose link can be cut.

Where namespaces are refused, workers are processes on the loopback, and one that is cut off is one that is suspended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).resolve().parents[3]
PATIENT = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "5s",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
}


def _ip(*words: object) -> None:
    subprocess.run(["ip", *map(str, words)], check=True, capture_output=True)


class Network:
    """A bridge, and namespaces on it."""

    def __init__(self) -> None:
        self._name = f"pt{os.getpid() % 10000}"
        self._net = f"10.{SystemRandom().randrange(128, 250)}.{SystemRandom().randrange(1, 250)}"
        self.spaces: list[str] = []
        self.host = f"{self._net}.1"
        _ip("link", "add", self._name, "type", "bridge")
        _ip("addr", "add", f"{self.host}/24", "dev", self._name)
        _ip("link", "set", self._name, "up")

    def add(self) -> str:
        """A new namespace with its link."""
        number = len(self.spaces) + 1
        space = f"{self._name}n{number}"
        self.spaces.append(space)
        _ip("netns", "add", space)
        _ip("link", "add", f"{space}h", "type", "veth", "peer", "name", f"{space}g")
        _ip("link", "set", f"{space}g", "netns", space)
        _ip("link", "set", f"{space}h", "master", self._name)
        _ip("link", "set", f"{space}h", "up")
        for words in (
            ("addr", "add", f"{self._net}.{number + 1}/24", "dev", f"{space}g"),
            ("link", "set", f"{space}g", "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("netns", "exec", space, "ip", *words)
        return space

    def cut(self, space: str) -> None:
        """Cut the link of a namespace."""
        _ip("link", "set", f"{space}h", "down")

    def remove(self) -> None:
        for space in self.spaces:
            for _trial in range(20):  # the system takes its time to let go of what a killed process was in
                if subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True).returncode == 0:
                    break
                time.sleep(0.1)
        subprocess.run(["ip", "link", "del", self._name], check=False, capture_output=True)


def network() -> Network | None:
    """A network of namespaces; None where they are refused."""
    try:
        found = Network()
    except (OSError, subprocess.CalledProcessError):
        return None
    try:
        found.add()
    except (OSError, subprocess.CalledProcessError):
        found.remove()
        return None
    return found


class Machines:
    """A scheduler and its workers."""

    def __init__(self, net: Network | None) -> None:
        self._net = net
        self._host = net.host if net else "127.0.0.1"
        self._port = SystemRandom().randrange(20000, 30000)
        self.address = f"tcp://{self._host}:{self._port}"
        self.workers: list[tuple[subprocess.Popen[bytes], str | None]] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.schedule()

    def schedule(self) -> subprocess.Popen[bytes]:
        """Start a scheduler."""
        self.scheduler = self._start("scheduler", "--host", self._host, "--port", self._port)
        return self.scheduler

    def hire(self) -> subprocess.Popen[bytes]:
        """Start a worker, on a machine of its own."""
        space = None
        if self._net is not None:
            space = self._net.spaces[0] if not self.workers else self._net.add()
        options = ("--nthreads", 1, "--no-nanny", "--death-timeout", 30)
        worker = self._start("worker", self.address, *options, space=space)
        self.workers.append((worker, space))
        return worker

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process of these, at once."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def cut(self, number: int) -> None:
        """Cut a worker off; it lives, and nobody hears of it any more."""
        worker, space = self.workers[number]
        if self._net is not None and space is not None:
            self._net.cut(space)
        else:
            worker.send_signal(signal.SIGSTOP)

    def leave(self) -> None:
        for process in self._running:
            if process.poll() is None:
                self.kill(process)

    def _start(self, kind: str, *words: object, space: str | None = None) -> subprocess.Popen[bytes]:
        inside: Sequence[str] = ("ip", "netns", "exec", space) if space else ()
        command = [*inside, sys.executable, "-m", "distributed.cli.dask_" + kind, *map(str, words), "--no-dashboard"]
        environment = os.environ | PATIENT | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._running.append(process)
        return process


@contextmanager
def machines() -> Iterator[Machines]:
    """A scheduler, until the end of a block."""
    net = network()
    found = Machines(net)
    try:
        yield found
    finally:
        found.leave()
        if net is not None:
            net.remove()


def until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)
