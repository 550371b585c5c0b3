"""Long searches: the line that tells how far they are, and what Ctrl-C does before, during and twice."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.terminal.search_line import SearchLine
from pathways.objectives import Objective, ordered
from tests.api.running import plain
from tests.api.small_world import person

ROOT = Path(__file__).resolve().parents[2]

PRESSING = """
import os, signal, sys, time
from api.terminal.interruption import Interruption

def press():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)

with Interruption() as interruption:
    {before}
    print("asked" if interruption.asked() else "not asked", flush=True)
    {after}
print("the end")
"""


def pressed(before: str, after: str = "pass") -> subprocess.CompletedProcess[str]:
    """What a program says whose Ctrl-C is pressed at some points."""
    program = PRESSING.format(before=before, after=after)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system can't hold a signal back")
def test_the_first_interruption_asks_and_the_second_leaves() -> None:
    once = pressed("interruption.search_begins(); press()")
    assert (once.returncode, once.stdout) == (0, "asked\nthe end\n")
    assert "le meilleur parcours trouvé" in once.stderr
    twice = pressed("interruption.search_begins(); press()", "press()")
    assert (twice.returncode, twice.stdout) == (130, "asked\n")


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system can't hold a signal back")
def test_before_a_search_an_interruption_leaves_and_after_it_python_hears_it_again() -> None:
    early = pressed("press()")
    assert (early.returncode, early.stdout) == (130, "")
    assert "Interrompu." in early.stderr
    none = pressed("pass")
    assert (none.returncode, none.stdout) == (0, "not asked\nthe end\n")


@pytest.mark.parametrize(
    ("minimise", "best", "bound", "said"),
    [
        ((Objective.HOURS,), None, (0, 600), "aucun parcours trouvé encore · au moins 10 h"),
        (
            (Objective.HOURS,),
            (0, 780),
            (0, 720),
            "meilleur trouvé : 13 h · aucun sous 12 h · à 9 % au plus du meilleur",
        ),
        ((Objective.COST,), (0, 50000), (0, 0), "meilleur trouvé : 500 € · aucun sous 0 €"),
        ((Objective.WEEKS,), (12,), (10,), "meilleur trouvé : 12 semaines · aucun sous 10 semaines · à 20 % au plus"),
        ((Objective.MODULES,), (3,), (3,), "meilleur trouvé : 3 modules · aucun sous 3 modules · à 0 % au plus"),
        ((Objective.PEAK_LOAD,), (300,), (), "meilleur trouvé : 5 h · aucun sous 0"),
    ],
)
def test_the_line_says_the_best_the_bound_and_the_distance(
    minimise: tuple[Objective, ...], best: tuple[int, ...] | None, bound: tuple[int, ...], said: str
) -> None:
    assert plain(SearchLine(ordered(minimise)).sentence(best, bound)).startswith(said)


def test_in_a_pipe_nothing_is_said_of_the_search(tmp_path: Path) -> None:
    words = ["plan", str(person(tmp_path)), "--target", "tp-fpa", "--no-explain"]
    program = [sys.executable, "-c", "from api.cli import main; main()", *words]
    result = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (("plan", "--help"), {"pathways", "networkx", "numpy", "ortools", "scipy", "rich"}),
        (("gap", "{person}", "--target", "tp-mn"), {"networkx", "numpy", "ortools", "scipy", "rich"}),
        (("plan", "{person}", "--target", "rien"), {"networkx", "ortools", "scipy", "rich"}),
    ],
)
def test_what_is_not_used_is_not_imported(tmp_path: Path, words: tuple[str, ...], heavy: set[str]) -> None:
    given = [word.format(person=person(tmp_path)) for word in words]
    program = f"import sys; sys.argv[1:] = {given!r}\ntry:\n    from api.cli import main; main()\nexcept SystemExit:\n    pass\n"
    program += f"print(sorted({heavy!r} & {{name.partition('.')[0] for name in sys.modules}}), file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.stderr.splitlines()[-1] == "[]"
