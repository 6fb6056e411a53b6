"""Draw from weighted lists, quickly and the same in every version of Python.

Only `Random.random` is used: it is the one method whose sequence Python promises to keep.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values with weights, to draw from."""

    def __init__(self, values: Iterable[T], weights: Iterable[float]) -> None:
        self.values = list(values)
        self._sums = list(accumulate(weights))
        if len(self._sums) != len(self.values) or not self.values or self._sums[-1] <= 0:
            raise ValueError(f"{len(self.values)} values with {len(self._sums)} weights")
        self._total = self._sums[-1]

    def draw(self, random: Random) -> T:
        """Return one value.

        >>> Weighted(["a", "b"], [0, 2]).draw(Random(1))
        'b'
        """
        return self.values[bisect(self._sums, random.random() * self._total)]


def falling(values: Sequence[T], offset: float) -> Weighted[T]:
    """Weigh values, the most frequent first, like 1 / (rank + offset): about as names are in life."""
    return Weighted(values, (1 / (rank + offset) for rank in range(len(values))))


def below(random: Random, limit: int) -> int:
    """Return a whole number from 0 to `limit` - 1."""
    return int(random.random() * limit)


def pick(random: Random, values: Sequence[T]) -> T:
    """Return one of the values, all alike."""
    return values[int(random.random() * len(values))]


def between(random: Random, first: int, last: int) -> int:
    """Return a whole number from `first` to `last`."""
    return first + int(random.random() * (last - first + 1))


def day(random: Random, first_year: int, last_year: int) -> str:
    """Return a day, from the first to the 28th of a month, as an ISO date."""
    year = between(random, first_year, last_year)
    return f"{year}-{below(random, 12) + 1:02d}-{below(random, 28) + 1:02d}"


def shuffled(random: Random, values: Iterable[T]) -> list[T]:
    """Return the values in an order of chance."""
    return [value for _, _, value in sorted((random.random(), n, value) for n, value in enumerate(values))]
