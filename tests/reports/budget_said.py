"""Each wording function about a budget shared out, with what makes it say all that it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pathways.group.budget_answer import Allotment, Compromise, Criterion, Decision, Figures, Outcome, ServiceShare
from pathways.objectives import Objective
from reports import budget_wording as words

WHAT = (Objective.COST, Objective.HOURS)
REACHED = Figures(titles=1, blocks=3, spent=1234.5, least_share="1/3")
CODES = ("no_module:x@1/B1/C1", "budget")
LINES = [
    Allotment(
        person="p",
        outcome=outcome,
        blocks=("x@1/B1", "x@1/B2"),
        price=price,
        more=200,
        instead_of=tuple("abcdefg"[:count]),
        unpriced=("o:m", "o:n")[:count],
        at_least=True,
        missing=CODES,
    )
    for outcome in Outcome
    for price, count in ((900, 1), (900, 7), (99_999, 0))
]
DECISIONS = [
    Decision(
        criterion=criterion,
        resource=resource,
        limit=2000,
        people=count,
        outcomes={},
        reached=REACHED.model_copy(update={"titles": count}),
        bound=bound,
        proved=proved,
        left=10,
        next_title=20,
        next_block=30,
        next_share=40,
        enough=50,
        services=(),
        lines=tuple(LINES[:count]),
    )
    for criterion in Criterion
    for resource in WHAT
    for count, bound, proved in ((1, None, True), (2, REACHED, False), (2, None, False))
]
FRONT = tuple(Compromise(count=count, needed=100 * count, step=step) for count, step in enumerate((0, 100, 100, 300)))


def every(function: Callable[[Decision], Iterable[str]]) -> Iterator[str]:
    """What a function says of each decision."""
    for one in DECISIONS:
        yield from function(one)


BUDGET_SAID: dict[str, Callable[[], Iterable[str]]] = {
    "budget_wording.amount": lambda: [words.amount(12.5, what) for what in WHAT],
    "budget_wording.people": lambda: map(words.people, (0, 1, 2)),
    "budget_wording.blocks": lambda: map(words.blocks, (0, 1, 2)),
    "budget_wording.service": lambda: [words.service(None), words.service("Office")],
    "budget_wording.reached": lambda: every(words.reached),
    "budget_wording.proof": lambda: map(words.proof, DECISIONS),
    "budget_wording.more": lambda: every(words.more),
    "budget_wording.steps": lambda: words.steps(FRONT, Objective.COST, words.people),
    "budget_wording.unread": lambda: map(words.unread, DECISIONS),
    "budget_wording.share": lambda: [
        words.share(ServiceShare(service=name, people=3, served=served, share="1/3"))
        for name in (None, "Office")
        for served in (1, 2)
    ],
    "budget_wording.outcome": lambda: [words.outcome(line, what) for line in LINES for what in WHAT],
    "budget_wording.reasons": lambda: every(lambda one: (text for line in LINES for text in words.reasons(line, one))),
}
