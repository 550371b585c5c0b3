"""Names that serve once (*identifiants uniques*): a second one gets a number, in a time that does not grow with how many there are."""

from __future__ import annotations


class Names:
    """The names given so far.

    Examples
    --------
    >>> names = Names()
    >>> names.free("C1"), names.free("C1"), names.free("C1-2"), names.free("C1")
    ('C1', 'C1-2', 'C1-2-2', 'C1-3')
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def free(self, name: str) -> str:
        """The name if nobody has it, else the same with the first free number; it is taken from now on."""
        found = name
        while found in self._numbers:
            self._numbers[name] += 1
            found = f"{name}-{self._numbers[name]}"
        self._numbers[found] = 1
        return found
