"""The data is what the document was made of, for a program."""

import json

from reports.exporters import exporter
from tests.reports.exporters.exports import hostile
from tests.reports.sample_paper import HOSTILE, document


def test_fields_come_in_the_order_of_their_declaration() -> None:
    shown = exporter("json").write(document())
    assert shown == '{\n  "title": "Plan d’essai",\n  "hours": 53.5\n}\n'.encode()


def test_a_hostile_text_comes_back_as_it_was() -> None:
    assert json.loads(hostile("json", "script"))["title"] == HOSTILE["script"]
