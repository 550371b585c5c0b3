"""What holds for every format: it is found by its name, it is written the same every time, and nothing typed acts in it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.exporters import exporter, formats
from reports.language import Language
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import HOSTILE, document

ROOT = Path(__file__).resolve().parents[3]
EVERY = ("csv", "docx", "html", "ics", "json", "pdf", "xlsx")


def test_formats_are_the_modules_of_their_folder() -> None:
    assert formats() == EVERY


def test_naming_the_formats_loads_none_of_what_they_need() -> None:
    heavy = "{'typst', 'docx', 'openpyxl', 'icalendar', 'jinja2'}"
    code = f"import sys; from reports.exporters import formats; formats(); print({heavy} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_loading_a_format_does_not_load_its_library() -> None:
    heavy = "{'typst', 'docx', 'openpyxl', 'icalendar', 'jinja2'}"
    code = (
        "import sys; from reports.exporters import exporter, formats\n"
        f"for name in formats(): exporter(name)\nprint({heavy} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_a_format_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(KeyError):
        exporter("odt")


@pytest.mark.parametrize("name", EVERY)
def test_a_format_says_its_kind_and_its_suffix(name: str) -> None:
    one = exporter(name)
    assert one.suffix == f".{name}"
    assert "/" in one.media_type
    assert one.holds(document())


WRITE_ALL = """
import hashlib
from reports.exporters import exporter, formats
from tests.reports.sample_paper import document
for name in formats():
    print(name, hashlib.sha256(exporter(name).write(document())).hexdigest())
"""


def hashes(seed: str, zone: str) -> dict[str, str]:
    """What another process writes, with its own order of sets and its own time zone."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(
        [sys.executable, "-c", WRITE_ALL], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return dict(line.split() for line in shown.stdout.splitlines())


def test_the_same_document_gives_the_same_bytes_in_another_process_and_time_zone() -> None:
    here = {name: hashlib.sha256(written(name)).hexdigest() for name in EVERY}
    assert hashes("1", "Pacific/Kiritimati") == here
    assert hashes("2", "America/Los_Angeles") == here


@pytest.mark.parametrize("name", ["csv", "docx", "html", "pdf", "xlsx"])
def test_another_row_gives_other_bytes(name: str) -> None:
    assert written(name, 4) != written(name)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_does_not_stop_a_document(name: str, what: str) -> None:
    assert hostile(name, what)


@pytest.mark.parametrize("name", EVERY)
def test_an_english_document_is_written(name: str) -> None:
    assert exporter(name).write(document(language=Language.ENGLISH))
