"""What the wording of the national map is asked to say, all of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pathways.national_map import Chain, Passage
from pathways.reasons import Caution, Reason
from reports import map_wording


def _passages() -> Iterator[Passage]:
    ends = {"start": "z@1", "target": "x@1"}
    every: tuple[dict[str, Any], ...] = (
        {"whole": True, "reductions": ("r",)},
        {"blocks": ("x@1/B1",), "chained": ("x@1/B1",), "remaining_blocks": 1, "entry_waived": True},
        {"blocks": ("x@1/B1", "x@1/B2"), "chained": ("x@1/B1", "x@1/B2"), "remaining_blocks": 2, "exemptions": ("e",)},
        {"competencies": 1},
        {"competencies": 2},
    )
    yield from (Passage.model_validate(ends | one) for one in every)


def _chains() -> Iterator[Chain]:
    step = Reason(fact="x@1/B1", how="right", by="r", cautions=tuple(Caution))
    for direct, through in (((), ()), (("x@1/B2",), ("y@1", "w@1"))):
        yield Chain(
            start="z@1", target="x@1", facts=("x@1/B1",), direct=direct, through=through, rights=("r",), steps=(step,)
        )


MAP_SAID: Mapping[str, Callable[[], Iterable[str]]] = {
    "map_wording.passage": lambda: map(map_wording.passage, _passages()),
    "map_wording.chain": lambda: map(map_wording.chain, _chains()),
    "map_wording.cautions": lambda: (told for one in _chains() for told in map_wording.cautions(one)),
}
"""Each function, by its name, with all that it can say."""
