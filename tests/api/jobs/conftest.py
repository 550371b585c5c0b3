"""Jobs and plans are tried on both databases, as the store is."""

from tests.api.conftest import clock, kind, server, sqlite_with_tables, store, url

__all__ = ["clock", "kind", "server", "sqlite_with_tables", "store", "url"]
