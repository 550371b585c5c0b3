"""Attempts (*tentatives*): how often somebody tries to sign in, computes or sends files; how many passwords are checked at once.

Kept in the memory of one process: with several of them, each counts its own, and the bound is so many times larger.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import BoundedSemaphore, Lock

from api.store.conflict import Busy

_KEPT = 20_000
_ONE_CUSTOMER = 64


def place_of(host: str) -> str:
    """Where somebody asks from: the address; of IPv6, the network that one customer is given.

    Examples
    --------
    >>> place_of("192.0.2.7"), place_of("2001:db8:1:2:3::4"), place_of("testclient")
    ('192.0.2.7', '2001:db8:1:2::/64', 'testclient')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _ONE_CUSTOMER), strict=False))
    return host


class TooMany(Exception):
    """Too many attempts; ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(str(seconds))


class Attempts:
    """A sliding window for each key.

    Parameters
    ----------
    now : callable
        The clock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, Lock()
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def count(self, key: str, most: int, within: timedelta) -> None:
        """Count an attempt.

        Raises
        ------
        TooMany
            There were ``most`` of them already within that time; this one is not counted.
        """
        now = self._now()
        with self._lock:
            seen = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while seen and seen[0] <= now - within:
                seen.popleft()
            if len(seen) >= most:
                raise TooMany(max(1, round((seen[0] + within - now).total_seconds())))
            seen.append(now)
            if len(self._seen) > _KEPT:
                self._seen.popitem(last=False)

    def forget(self, key: str) -> None:
        """Forget the attempts of a key, since one has succeeded."""
        with self._lock:
            self._seen.pop(key, None)


class Turns:
    """So many at once, and no queue longer than a few seconds."""

    def __init__(self, at_once: int, patience: float = 10) -> None:
        self._free, self._patience = BoundedSemaphore(at_once), patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn.

        Raises
        ------
        Busy
            None came in time.
        """
        if not self._free.acquire(timeout=self._patience):
            raise Busy
        try:
            yield
        finally:
            self._free.release()
