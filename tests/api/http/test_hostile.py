"""Everything hostile that may be sent is refused within a second and 150 MB, with a sentence, and nothing of it is kept.

Measured in a process of its own, where nothing traces the memory and nobody else takes any.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECONDS, BYTES = 1.0, 150_000_000


def test_whatever_is_hostile_is_refused_in_a_second_and_little_memory(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.api.http.hostile", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    *refusals, last = (json.loads(line) for line in done.stdout.splitlines())
    assert len(refusals) > 60
    assert [one for one in refusals if one["status"] not in (400, 413, 415, 422) or not one["detail"]] == []
    assert [one for one in refusals if one["seconds"] > SECONDS] == []
    assert [one for one in refusals if one["bytes"] > BYTES] == []
    assert sum(one["bytes"] for one in refusals) < BYTES, "all of them one after the other"
    assert last == {"kept": {"evidence": [], "drafts": [], "offers": []}}
