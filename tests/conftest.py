"""What every test may ask for: the sample data, and the rhythm of the property tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("ci"), derandomize=False, max_examples=2000)
settings.load_profile("ci")

_constants_of_what_is_imported = providers._get_local_constants


def _constants() -> providers.Constants:
    """None where examples must repeat: which modules are imported so far depends on which tests ran before, in this process."""
    return providers._local_constants if settings.default.derandomize else _constants_of_what_is_imported()  # type: ignore[attr-defined]


providers._get_local_constants = _constants


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample data: ``PASSERELLES_SAMPLES``, else ``../shared`` beside the project."""
    folder = Path(os.environ.get("PASSERELLES_SAMPLES") or ROOT / "../shared").resolve()
    if not folder.is_dir():
        pytest.skip("sample data not found")
    return folder
