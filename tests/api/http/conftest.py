"""A service on each of the two databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.store.unit_of_work import Store
from tests.api.http.service import Service, a_service
from tests.api.http.small import a_small_service


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    """The application, with an account for every role in two organisations and outside."""
    with a_service(store) as found:
        yield found


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small library is."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture
def small(store: Store, small_folder: Path) -> Iterator[Service]:
    """The application on a small library, which is read in no time."""
    with a_small_service(store, small_folder) as found:
        yield found
