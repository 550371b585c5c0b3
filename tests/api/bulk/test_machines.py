"""Many machines, and what may happen to them: whatever is lost, a second run does what is missing, and every plan is there once.

A worker is killed, the link of another is cut, the scheduler is killed. Only the soak has the time: start-ups and silences take a minute.
"""

from datetime import date

import pytest

from api.bulk.cluster import Cluster, OutOfReach
from api.bulk.ledger import StoredLedger
from api.bulk.plans import answers_in, standing_for, work_of
from api.bulk.run import run
from api.bulk.shelf import shelf_of
from api.bulk.work import Work, hash_of
from api.bulk.workforce import Here
from api.store.unit_of_work import Store
from benchmarks.bench_cohort import shipped
from pathways.profile import Profile
from pathways.question import Question
from tests.api.bulk.machines import machines, until
from tests.soaking import IN_THE_SOAK, on_sqlite_unless_soaking

pytestmark = IN_THE_SOAK


def the_plans() -> tuple[Work, int]:
    """The distinct problems of some people before a shipped certification."""
    case = shipped(300)
    problems = list(dict.fromkeys(standing_for(profile, case.target) for profile in case.people()))
    return work_of(problems, Question(Profile(), "", date(2026, 11, 21), explain=False), shelf_of([])), len(problems)


def test_every_plan_is_there_once_whatever_is_lost(store: Store) -> None:
    on_sqlite_unless_soaking(store)
    work, count = the_plans()
    chunks = len(work.chunks)
    assert chunks > 60
    ledger, done = StoredLedger(store), []
    with machines() as team:
        lost = team.hire()
        team.hire()
        until(lambda: Cluster(team.address).hands == 2)

        def told(number: int, _of: int) -> None:
            done.append(number)
            if number == 10:
                team.kill(lost)
                team.hire()
            if number == 25:
                team.cut(1)
            if number == 45:
                team.kill(team.scheduler)

        with pytest.raises(OutOfReach):
            for _result in run(work, Cluster(team.address), ledger, told):
                pass
        kept = ledger.begin(work)
        assert 45 <= len(kept) < chunks, "what was in flight is lost, and nothing else"
        team.schedule()
        team.hire()
        team.hire()
        until(lambda: Cluster(team.address).hands >= 2)
        again = [one.rank for one in run(work, Cluster(team.address), ledger) if one.rank not in kept]
    assert sorted(again) == sorted(set(range(chunks)) - kept), "only what was missing, once each"
    alone = sorted(run(work, Here()))
    with store.read() as unit:
        assert unit.directory.bulk.hash(work.key) == hash_of(one.content or b"" for one in alone)
        assert unit.directory.bulk.ranks(work.key) == frozenset(range(chunks))
    assert sum(len(answers_in(content)) for _rank, content in ledger.kept(work)) == count
