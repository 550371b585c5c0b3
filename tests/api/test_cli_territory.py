"""territory: people of a file counted by area and trade, what they lack beside what is offered; nothing of fewer than five."""

import csv
import json
from pathlib import Path
from typing import Any

from tests.api.running import plain, run
from tests.api.small_world import LONG, SECOND, SHORT, world

FIRST = {"holds": {"blocks": [{"ref": "mini@2024/B1"}]}}


def people(path: Path) -> Path:
    """Twelve in one trade, half of whom have the first block; three in another; four elsewhere; one who aims at nothing known."""
    made: list[dict[str, Any]] = [{"area": "29", "trade": "K1601"} | (FIRST if rank < 6 else {}) for rank in range(12)]
    made += [{"area": "29", "trade": "K1201"} | FIRST for _rank in range(3)]
    made += [{"area": "35", "experience": [{"rome": "K1601", "months": 12}]} for _rank in range(4)]
    made += [{"holds": {"blocks": [{"ref": "nulle-part@1/B1"}]}}]
    path.write_text("\n".join(json.dumps({"id": f"p{rank}"} | one) for rank, one in enumerate(made)), "utf-8")
    return path


def test_what_is_lacking_is_counted_beside_what_is_offered(tmp_path: Path) -> None:
    _profile, *words = world(tmp_path, modules=f"[{SHORT}, {LONG}]")
    file, table = people(tmp_path / "gens.jsonl"), tmp_path / "territoire.csv"
    result = run("territory", file, *words, "--json", "-o", table)
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)
    assert [(one["places"], one["people"]) for one in found["cells"]] == [([{"area": "29", "trade": None}], 15)]
    needs = {one["competency"]: one for one in found["needs"]}
    assert {ref: (one["lacking"], one["people"]) for ref, one in needs.items()} == {
        "mini@2024/B1/C1": (6, 15),
        "mini@2024/B1/C2": (6, 15),
        "mini@2024/B2/C3": (15, 15),
    }
    assert {one["ref"]: one["remote"] for one in needs["mini@2024/B1/C1"]["modules"]} == {
        "atelier:court": True,
        "atelier:long": False,
    }
    assert (found["unmet"], found["idle"], found["unpublished"]) == (["mini@2024/B2/C3"], [], [])
    with table.open(encoding="utf-8-sig") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    assert [len(row) for row in rows] == [9] * 5
    assert rows[1][3:7] == ["29", "autres métiers ensemble", "15", ""]
    assert "35" not in {row[3] for row in rows}


def test_modules_that_nobody_lacks_and_people_too_few_are_told(tmp_path: Path) -> None:
    _profile, *words = world(tmp_path, modules=f"[{SHORT}, {SECOND}]")
    path = tmp_path / "gens.jsonl"
    path.write_text("\n".join(json.dumps({"id": f"p{rank}"} | FIRST) for rank in range(7)), "utf-8")
    told = plain(run("territory", path, *words).stdout)
    assert "territoire non dit : métier non dit : 7 personnes" in told
    assert "Modules dont rien ne manque à personne\n  - Le module court (atelier:court)" in told
    path.write_text(json.dumps({"id": "seul"}), "utf-8")
    alone = run("territory", path, *words, "--json")
    (found,) = json.loads(alone.stdout)
    assert (found["cells"], found["figures"], found["needs"]) == ([], [], [])
    assert "Moins de cinq personnes" in run("territory", path, *words).stdout
    assert run("territory", path, *words, "-o", tmp_path / "a.txt").exit_code == 2
