"""Which lines say nearly the same: suggestions for a person who groups them, never more than that.

Texts are compared by the runs of three characters they share, which needs no words and so works for Khmer, which
writes none between them.
"""

from __future__ import annotations

from collections.abc import Sequence

SIMILAR = 0.4  # of the runs that either has, the share that both have


def similar_lines(texts: Sequence[str]) -> list[list[int]]:
    """Groups of places in `texts` that are similar, each with at least two, in the order of their first one."""
    runs = [_runs(text) for text in texts]
    group = list(range(len(texts)))
    for later in range(len(texts)):
        for earlier in range(later):
            if group[earlier] != group[later] and _share(runs[earlier], runs[later]) >= SIMILAR:
                joined, gone = sorted((group[earlier], group[later]))
                group = [joined if number == gone else number for number in group]
    places_of: dict[int, list[int]] = {}
    for place, number in enumerate(group):
        places_of.setdefault(number, []).append(place)
    return [places for places in places_of.values() if len(places) > 1]


def _runs(text: str) -> frozenset[str]:
    folded = f"  {' '.join(text.casefold().split())} "
    return frozenset(folded[place : place + 3] for place in range(len(folded) - 2))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
