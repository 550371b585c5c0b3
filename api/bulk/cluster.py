"""Workers of many machines (*grappe*): Dask distributed, when a setting gives the address of its scheduler.

Each worker must have this very version of Passerelles. A worker that dies or is out of reach costs the chunks that it had in hand, which
the scheduler gives to others; when the scheduler dies, what was in flight is lost, and a second run with a ledger does that alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from api.bulk.engine import engine
from api.bulk.labour import Answer, done_by
from api.bulk.work import Refused, Result, Stop, Work, never
from api.bulk.workforce import LOST

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK = 0.5
"""Seconds between two looks at whether somebody still waits."""

PATIENCE = 15
"""Seconds for the scheduler to answer."""

_AHEAD = 3
"""Chunks in flight for each hand, so that none waits."""


class OutOfReach(Exception):
    """The cluster does not answer, or answers no more."""


class Certificates(NamedTuple):
    """The files of an encrypted cluster; where none is named, Dask reads its own configuration."""

    authority: str = ""
    certificate: str = ""
    key: str = ""


NO_CERTIFICATES = Certificates()


class Cluster:
    """The workers of a scheduler.

    Parameters
    ----------
    address : str
        ``tcp://host:port``, or ``tls://host:port``.
    """

    def __init__(self, address: str, certificates: Certificates = NO_CERTIFICATES) -> None:
        self.address, self._certificates = address, certificates

    @property
    def hands(self) -> int:
        """The threads of all workers, now; at least 1.

        Raises
        ------
        OutOfReach
            The scheduler does not answer.
        """
        with self._client() as client:
            return max(1, _hands(client))

    def do(self, work: Work, ranks: Iterable[int], should_stop: Stop) -> Iterator[Result]:
        """As :meth:`api.bulk.workforce.Workforce.do`.

        Raises
        ------
        OutOfReach
            The scheduler does not answer, or has no worker.
        """
        waiting = list(ranks)
        if waiting:
            with self._client() as client:
                _await_somebody(client)
                try:
                    yield from _Flight(client, work, waiting).results(should_stop)
                except OSError as problem:
                    raise OutOfReach("La grappe ne répond plus.") from problem

    def _client(self) -> Client:
        from distributed import Client

        try:
            return Client(self.address, security=self.security(), timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise OutOfReach(f"La grappe « {self.address} » ne répond pas.") from problem

    def security(self) -> Any:
        """How the connection is encrypted; none where it is not, or as the configuration of Dask says."""
        from distributed import Security

        if not self.address.startswith("tls://"):
            return None
        authority, certificate, key = self._certificates
        given = {"tls_ca_file": authority, "tls_client_cert": certificate, "tls_client_key": key}
        return Security(require_encryption=True, **{name: path for name, path in given.items() if path})


def _await_somebody(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as problem:
        raise OutOfReach("La grappe n'a aucun poste de travail : lancez « dask worker ».") from problem


def _hands(client: Client) -> int:
    return sum(client.nthreads().values())


class _Flight:
    """The chunks of a work that a cluster has in hand."""

    def __init__(self, client: Client, work: Work, ranks: Iterable[int]) -> None:
        self._client, self._work, self._ranks = client, work, iter(ranks)
        key = f"passerelles-setting-{work.key}"
        self._setting = client.submit(_itself, work.setting, key=key)  # made again where its worker is lost
        self._flying: dict[Future, int] = {}
        self._landed: SimpleQueue[Future] = SimpleQueue()

    def results(self, should_stop: Stop) -> Iterator[Result]:
        """What workers give, as it comes."""
        self._send()
        while self._flying and not should_stop():
            future = self._next()
            if future is not None:
                yield _result(self._flying.pop(future), future)
                self._send()
        if self._flying:
            self._client.cancel(list(self._flying))

    def _send(self) -> None:
        for rank in self._ranks_to_send():
            key = f"passerelles-chunk-{self._work.key}-{rank}"
            arguments = (engine(), self._work.task, self._setting, self._work.chunks[rank])
            future = self._client.submit(labour, *arguments, key=key)
            self._flying[future] = rank
            future.add_done_callback(self._landed.put)

    def _ranks_to_send(self) -> Iterator[int]:
        for _ in range(_AHEAD * max(1, _hands(self._client)) - len(self._flying)):
            rank = next(self._ranks, None)
            if rank is None:
                return
            yield rank

    def _next(self) -> Future | None:
        """A chunk that is done; none yet when it is time to look up."""
        with suppress(Empty):
            return self._landed.get(timeout=LOOK)
        if self._client.status != "running":
            raise OutOfReach("La grappe ne répond plus.")
        return None


def _result(rank: int, future: Future) -> Result:
    from distributed import KilledWorker

    if future.cancelled():
        raise OutOfReach("La grappe a perdu une partie du travail.")
    problem = future.exception()
    if problem is None:
        return Result(rank, *future.result())
    if isinstance(problem, Refused):
        raise problem
    if isinstance(problem, KilledWorker):
        return Result(rank, None, LOST)
    if isinstance(problem, ImportError):
        raise Refused("Un poste de la grappe n'a pas Passerelles, ou une autre version.")
    return Result(rank, None, f"{type(problem).__name__}")


# -- on a worker --------------------------------------------------------------------------------------------------------


def _itself(setting: bytes) -> bytes:
    return setting


def labour(name: str, task: str, setting: bytes, chunk: bytes) -> Answer:
    """Do one chunk."""
    return done_by(name, task, setting, chunk, never)
