"""Where an office suite is installed, it opens the text document and the workbook and prints them."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.reports.exporters.exports import hostile, written

OFFICE = shutil.which("soffice")


def printed(data: bytes, suffix: str, folder: Path) -> str:
    """What the office suite prints of a file, on one line."""
    assert OFFICE
    (folder / f"made.{suffix}").write_bytes(data)
    settings = f"-env:UserInstallation={(folder / 'settings').as_uri()}"
    command = [OFFICE, settings, "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"made.{suffix}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    pages = PdfReader(io.BytesIO((folder / "made.pdf").read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


@pytest.mark.skipif(OFFICE is None, reason="no office suite is installed")
def test_the_text_document_is_printed_with_its_pages_counted(tmp_path: Path) -> None:
    shown = printed(written("docx", 40), "docx", tmp_path)
    assert "Page 1 sur" in shown
    assert shown.count("Semaines") >= 2  # the head of the table, again on the next page
    assert "au moins 500 h" in shown


@pytest.mark.skipif(OFFICE is None, reason="no office suite is installed")
def test_a_workbook_of_formulas_prints_them_as_texts(tmp_path: Path) -> None:
    shown = printed(hostile("xlsx", "minus"), "xlsx", tmp_path)
    assert "-2+3" in shown
    assert "#NAME?" not in shown
