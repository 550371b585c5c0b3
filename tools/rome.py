"""The official CSV files of the ROME → ``referentials/data/occupations/rome.yaml``, the trades that ship.

    python tools/rome.py JOUR appellations.csv codes_rome.csv

``JOUR`` (AAAA-MM-JJ) is when the files were read. Kept are the codes that a certification of ours cites, and those that refine one of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from referentials.formats import rome
from referentials.formats.archive import packed
from referentials.formats.exchange import Record, Upload
from referentials.library import Library
from referentials.occupations import SHIPPED

HEAD = """\
# Made by tools/rome.py from the files named below. Do not edit: run it again.
# Données du ROME : France Travail, Licence Ouverte 2.0.
"""


def text_of(day: str, files: Sequence[Path]) -> str:
    """The data file."""
    library = Library.read()
    cited = {code.code for one in library for code in one.codes.rome}
    content = packed({file.name: file.read_bytes() for file in files})
    records = (one for one in rome.read(Upload("rome.zip", BytesIO(content), len(content))) if isinstance(one, Record))
    kept = [one.values for one in records if {one.values["code"], one.values.get("broader")} & cited]
    values = {"source": source(day, files), "occupations": [shaped(one) for one in kept]}
    return HEAD + yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120)


def source(day: str, files: Sequence[Path]) -> dict[str, Any]:
    """Where it was read; the number of the version stands in the names of the files."""
    numbers = sorted({found[1] for file in files if (found := re.search(r"_v(\d+)_", file.name))})
    return {
        "title": f"Répertoire opérationnel des métiers et des emplois (ROME), version {' et '.join(numbers)}, France Travail",
        "checked_on": day,
        "note": "Fichiers CSV publiés sous Licence Ouverte 2.0. Seuls les métiers que citent les certifications de la "
        "bibliothèque, et ceux qui les précisent, sont repris ici ; leurs compétences ne le sont pas.",
    }


def shaped(values: Mapping[str, Any]) -> dict[str, Any]:
    """A trade in few lines: the nomenclature goes without saying, and so does a name that is the title."""
    names = [name for name in values.get("names", ()) if name != values["title"]]
    order = {"code": values["code"], "title": values["title"], "broader": values.get("broader"), "names": names}
    return {name: value for name, value in order.items() if value}


if __name__ == "__main__":
    SHIPPED.parent.mkdir(exist_ok=True)
    SHIPPED.write_text(text_of(sys.argv[1], [Path(name) for name in sys.argv[2:]]), encoding="utf-8")
