"""Drafts that hypothesis draws: right, wrong and odd values, in lists named by codes."""

from typing import Any

from hypothesis import strategies as st

NAMES = ("A", "B", "C", "D")
_leaves = st.one_of(
    st.none(),
    st.integers(0, 2),
    st.text("xy", max_size=2),
    st.booleans(),
    st.just({}),
    st.just([]),
    st.lists(st.text("z", max_size=2), max_size=2),
)


def _listed(values: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), values), unique_by=lambda pair: pair[0], max_size=4)
    return st.one_of(st.none(), pairs.map(lambda found: [{"code": code} | more for code, more in found]))


_competencies = st.fixed_dictionaries({}, optional={"title": _leaves, "criteria": _leaves, "requires": _leaves})
_hours = st.one_of(_leaves, st.fixed_dictionaries({}, optional={"total": _leaves}))
_blocks = st.fixed_dictionaries(
    {}, optional={"title": _leaves, "competencies": _listed(_competencies), "hours": _hours}
)
drafts = st.fixed_dictionaries(
    {"id": st.just("a")},
    optional={
        "title": _leaves,
        "blocks": _listed(_blocks),
        "award": _leaves,
        "valid": st.fixed_dictionaries({}, optional={"from": _leaves, "to": _leaves}),
    },
)
