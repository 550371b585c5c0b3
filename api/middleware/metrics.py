"""Metrics (*mesures*): how many requests, how long, how they ended, as Prometheus reads it; no address, no name.

Each process counts its own; with several behind one port, a scrape meets one of them.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one application; whoever has something else to count registers it in ``registry``."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route")
        self.requests = Counter(
            "passerelles_requests", "Requests answered", (*labels, "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "passerelles_request_seconds", "Time to answer", labels, buckets=_SECONDS, registry=self.registry
        )
        self.under_way = Gauge("passerelles_requests_under_way", "Requests being answered", registry=self.registry)
        self.defects = Counter("passerelles_defects", "Requests that met a defect", registry=self.registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; ``route`` is the template, so that identifiers make no series of their own."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)
