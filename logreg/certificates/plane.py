"""Exact geometry of the plane: convex hulls, their difference, and where the origin lies in it.

Signed points s_i p_i turn "do the hulls of two classes meet?" into "where is the origin?": the polygon
D = hull(positives) + hull(minus negatives) holds every difference p - q. The origin is outside D when the
classes separate, inside (relative to D's own dimension) when they overlap, and on the rim when they touch.
All coordinates are integers (`logreg.certificates.exact.integer_rows`), so no comparison is ever wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Point = tuple[int, int]


@dataclass(frozen=True)
class Polygon:
    """Hold a strictly convex polygon (or a segment, or a point) counter-clockwise.

    Parameters
    ----------
    vertices : tuple of (int, int)
        Corners from the leftmost (then lowest) one on; no three on a line.
    sources : tuple of tuple of int
        For each corner the indices of the points whose sum it is.
    """

    vertices: tuple[Point, ...]
    sources: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Placement:
    """Say where the origin lies, with the direction or the face that proves it.

    Parameters
    ----------
    where : {"outside", "rim", "inside"}
        Relative to the polygon in its own dimension.
    normal : (int, int) or None
        Outside: the direction of the polygon's nearest point, so normal . d > 0 for all d in it. On the rim:
        normal . d >= 0, and 0 on the smallest face that holds the origin only.
    face : tuple of int
        Corners of the smallest face that holds the origin (all when inside, none when outside).
    """

    where: Literal["outside", "rim", "inside"]
    normal: Point | None
    face: tuple[int, ...]


def cross(a: Point, b: Point) -> int:
    """Return a_x b_y - a_y b_x: positive where b lies counter-clockwise of a."""
    return a[0] * b[1] - a[1] * b[0]


def inner(a: Point, b: Point) -> int:
    """Return a . b."""
    return a[0] * b[0] + a[1] * b[1]


def convex_hull(points: Sequence[Point], indices: Sequence[int]) -> Polygon:
    """Return the hull of some of the points by Andrew's monotone chain, in O(n log n).

    Examples
    --------
    >>> convex_hull([(0, 0), (2, 0), (1, 0), (0, 2), (0, 0)], range(5)).vertices
    ((0, 0), (2, 0), (0, 2))
    """
    first: dict[Point, int] = {}
    for i in indices:
        first.setdefault(points[i], i)
    ordered = sorted(first)
    if len(ordered) > 1:
        ordered = _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]
    return Polygon(tuple(ordered), tuple((first[p],) for p in ordered))


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


def minkowski_sum(first: Polygon, second: Polygon) -> Polygon:
    """Return {a + b : a in first, b in second} by merging the edges of both by angle, in O(n).

    Examples
    --------
    >>> unit = convex_hull([(0, 0), (1, 0)], range(2))
    >>> minkowski_sum(unit, convex_hull([(0, 0), (0, 1)], range(2))).vertices
    ((0, 0), (1, 0), (1, 1), (0, 1))
    """
    a, b = first.vertices, second.vertices
    edges_a, edges_b = _edges(a), _edges(b)
    i = j = 0
    vertices: list[Point] = []
    sources: list[tuple[int, ...]] = []
    while not vertices or i < len(edges_a) or j < len(edges_b):
        p, q = i % len(a), j % len(b)
        vertices.append((a[p][0] + b[q][0], a[p][1] + b[q][1]))
        sources.append(first.sources[p] + second.sources[q])
        turn = _turn(edges_a[i : i + 1], edges_b[j : j + 1])
        # Parallel edges advance together, so that no corner lies inside an edge.
        i, j = i + (turn >= 0), j + (turn <= 0)
    return Polygon(tuple(vertices), tuple(sources))


def _edges(vertices: Sequence[Point]) -> list[Point]:
    if len(vertices) == 1:
        return []
    ends = [*vertices[1:], vertices[0]]
    return [(v[0] - u[0], v[1] - u[1]) for u, v in zip(vertices, ends, strict=True)]


def _turn(a: Sequence[Point], b: Sequence[Point]) -> int:
    """Positive if edge a comes first (or b is used up), negative if b does, 0 if both are parallel."""
    if not a or not b:
        return bool(a) - bool(b)
    # Angles run from just above -90 degrees, where a hull that starts at its leftmost, lowest corner begins.
    late_a, late_b = (e[0] < 0 or (e[0] == 0 and e[1] < 0) for e in (a[0], b[0]))
    return late_b - late_a if late_a != late_b else cross(a[0], b[0])


def place_origin(polygon: Polygon) -> Placement:
    """Decide whether the origin lies outside, on the rim or inside a convex polygon, in O(n).

    Examples
    --------
    >>> place_origin(convex_hull([(1, 1), (3, 1), (1, 3)], range(3)))
    Placement(where='outside', normal=(1, 1), face=())
    """
    vertices = polygon.vertices
    everything = tuple(range(len(vertices)))
    if len(vertices) == 1:
        return Placement("inside", None, everything) if vertices[0] == (0, 0) else Placement("outside", vertices[0], ())
    if len(vertices) == 2:
        return _place_on_segment(vertices[0], vertices[1])
    edges = _edges(vertices)
    sides = [cross(v, e) for v, e in zip(vertices, edges, strict=True)]
    if min(sides) < 0:
        return Placement("outside", nearest_direction(polygon), ())
    touching = [k for k in everything if sides[k] == 0]
    if not touching:
        return Placement("inside", None, everything)
    # At a corner two edges touch: the sum of their normals is zero on that corner alone.
    normal = (-sum(edges[k][1] for k in touching), sum(edges[k][0] for k in touching))
    if len(touching) == 1:
        return Placement("rim", normal, (touching[0], (touching[0] + 1) % len(vertices)))
    return Placement("rim", normal, (vertices.index((0, 0)),))


def _place_on_segment(u: Point, v: Point) -> Placement:
    if cross(u, v) == 0:
        if u == (0, 0):
            return Placement("rim", v, (0,))
        if v == (0, 0):
            return Placement("rim", u, (1,))
        if inner(u, v) < 0:
            return Placement("inside", None, (0, 1))
    return Placement("outside", nearest_direction(Polygon((u, v), ((), ()))), ())


def nearest_direction(polygon: Polygon) -> Point:
    """Return the direction of a polygon's point nearest to the origin, which must lie outside.

    For the difference of two hulls this is the normal of the line of maximal margin between them.

    Examples
    --------
    >>> nearest_direction(convex_hull([(3, -1), (3, 5)], range(2)))
    (6, 0)
    """
    vertices, edges = polygon.vertices, _edges(polygon.vertices)
    best = min(vertices, key=lambda v: inner(v, v))
    over, under = inner(best, best), 1
    for v, e in zip(vertices, edges, strict=False):
        length = inner(e, e)
        side = cross(v, e)
        # The nearest point lies inside an edge where the foot of the perpendicular does.
        if 0 < -inner(v, e) < length and side * side * under <= over * length:
            over, under = side * side, length
            best = (e[1], -e[0]) if side > 0 else (-e[1], e[0])
    return best


def cone_coordinates(vertices: Sequence[Point], target: Point) -> tuple[int, dict[int, int]]:
    """Write a multiple of the target with corners of a face that has the origin inside it.

    Parameters
    ----------
    vertices : sequence of (int, int)
        Corners, counter-clockwise, of a polygon, segment or point with the origin in its relative interior.
    target : (int, int)
        A vector in their span.

    Returns
    -------
    int, dict from corner to int
        c > 0 and non-negative integers with c * target = sum of them times the corners; at most two corners.

    Examples
    --------
    >>> cone_coordinates([(-1, -1), (1, 0), (0, 1)], (3, 2))
    (1, {1: 3, 2: 2})
    """
    if target == (0, 0):
        return 1, {}
    if len(vertices) == 2:
        k = 0 if inner(vertices[0], target) > 0 else 1
        return inner(vertices[k], target), {k: inner(target, target)}
    sides = [cross(v, target) for v in vertices]
    for k in range(len(vertices)):
        after = (k + 1) % len(vertices)
        if sides[k] >= 0 >= sides[after]:
            area = cross(vertices[k], vertices[after])
            return area, {k: -sides[after], after: sides[k]}
    raise ValueError(f"target: expected a vector in the span of a face around the origin, got {target}.")
