"""A service on each of the two databases."""

from collections.abc import Iterator

import pytest

from api.store.unit_of_work import Store
from tests.api.http.service import Service, a_service


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    """The application, with an account for every role in two organisations and outside."""
    with a_service(store) as found:
        yield found
