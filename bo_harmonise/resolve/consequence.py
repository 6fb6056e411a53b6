"""Find the two parts into which a party would fall, were two of its records judged different."""

from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]


def split(pairs: Sequence[Pair], apart: Pair) -> tuple[set[str], set[str]]:
    """Return the records that would stay with either record of `apart`, `pairs` being strongest first.

    As in clustering, the strongest pairs join first and none that would bring the two together. A record
    that nothing connects to either is in neither part.

    >>> [sorted(part) for part in split([("a", "b"), ("c", "d"), ("b", "c")], ("a", "d"))]
    [['a', 'b'], ['c', 'd']]
    >>> [sorted(part) for part in split([("a", "b")], ("a", "b"))]
    [['a'], ['b']]
    """
    part = {record: {record} for pair in (*pairs, apart) for record in pair}
    left, right = apart
    for one, other in pairs:
        a, b = part[one], part[other]
        if a is b or (left in a and right in b) or (right in a and left in b):
            continue
        a |= b
        for record in b:
            part[record] = a
    return part[left], part[right]


def sides(
    parties: Mapping[str, Sequence[Pair]], joined: Iterable[tuple[str, Pair]]
) -> list[tuple[str, str, str]]:
    """Return (side, party, record) of the two parts of each pair, but for the two records themselves.

    `parties` has the pairs that hold each party together, the strongest first.
    """
    found = []
    for party, pair in joined:
        if party in parties:
            for which, part in zip("lr", split(parties[party], pair), strict=True):
                found += [(f"{pair[0]} {pair[1]} {which}", party, r) for r in sorted(part) if r not in pair]
    return found
