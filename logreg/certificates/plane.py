"""The hull of points of the plane, by its corners: the outline that is drawn around a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[int, int]


def convex_hull(points: Sequence[Point], indices: Iterable[int]) -> list[int]:
    """Return the corners of the hull of some of the points by Andrew's monotone chain, in O(n log n).

    Parameters
    ----------
    points : sequence of (int, int)
        Coordinates: integers, so that no corner is invented or lost.
    indices : iterable of int
        Which points are meant.

    Returns
    -------
    list of int
        Counter-clockwise from the leftmost (then lowest) corner on; no three on a line, no point twice.

    Examples
    --------
    >>> convex_hull([(0, 0), (2, 0), (1, 0), (0, 2), (0, 0)], range(5))
    [0, 1, 3]
    """
    first: dict[Point, int] = {}
    for i in indices:
        first.setdefault(points[i], i)
    ordered = sorted(first)
    if len(ordered) > 1:
        ordered = _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]
    return [first[point] for point in ordered]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for x, y in ordered:
        while len(chain) > 1:
            (ox, oy), (px, py) = chain[-2], chain[-1]
            if (px - ox) * (y - oy) > (py - oy) * (x - ox):
                break
            chain.pop()
        chain.append((x, y))
    return chain
