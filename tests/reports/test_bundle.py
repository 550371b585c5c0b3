"""Many documents make one archive, with a word for each."""

import io
from zipfile import ZipFile

from reports.bundle import bundle, safe_name
from reports.exporters import exporter
from tests.reports.sample_paper import HOSTILE, document, hostile_document


def test_a_word_comes_as_each_document_is_done() -> None:
    archive, done = io.BytesIO(), []
    for name in bundle((document(rows) for rows in range(1, 4)), exporter("csv"), archive):
        done.append(name)
    assert done == [
        "devenir-formatrice-pour-adultes-plan-000042.csv",
        "devenir-formatrice-pour-adultes-plan-000042-2.csv",
        "devenir-formatrice-pour-adultes-plan-000042-3.csv",
    ]
    with ZipFile(archive) as files:
        assert files.namelist() == done
        assert files.testzip() is None


def test_the_same_documents_give_the_same_bytes() -> None:
    def made() -> bytes:
        archive = io.BytesIO()
        assert len(list(bundle([document()], exporter("html"), archive))) == 1
        return archive.getvalue()

    assert made() == made()


def test_names_are_safe_whatever_the_titles() -> None:
    archive = io.BytesIO()
    names = list(bundle((hostile_document(text) for text in HOSTILE.values()), exporter("json"), archive))
    assert len({name.casefold() for name in names}) == len(names) == len(HOSTILE)
    assert all(name.isascii() and len(name) < 100 and not set(name) & set('/\\:*?"<>| ') for name in names)


def test_a_name_kept_for_a_machine_is_not_given() -> None:
    assert [safe_name(text) for text in ("nul", "COM1", "compte")] == ["document-nul", "document-com1", "compte"]
