"""A few points on which sentences are easily wrong, and a strategy that draws such ones, copied, scaled and moved."""

from hypothesis import strategies as st

SHAPES = {
    "XOR": ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]),
    "XOR around 0": ([[-1, -1], [-1, 1], [1, -1], [1, 1]], [0, 1, 1, 0]),
    "AND": ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]),
    "touching": ([[1, 0], [1, 1], [1, -1], [0, 1], [2, 1], [0, -2]], [0, 1, 0, 0, 1, 0]),
    "meeting at 0": ([[1, 0], [0, 0], [0, 0], [-1, 0]], [1, 1, 0, 0]),
    "quasi": ([[1, 3], [2, 0], [3, -1], [3, 4], [3, 1], [4, 0], [5, 2]], [0, 0, 0, 0, 1, 1, 1]),
    "mirrored": ([[1, 2], [2, 1], [-1, -2], [-2, -1], [3, 1], [-3, -1]], [1, 1, 0, 0, 0, 1]),
    "one class around 0": ([[1, 1], [-2, 1], [1, -3]], [1, 1, 1]),
    "one class and its negative": ([[1, 2], [-1, -2]], [0, 0]),
    "in one place": ([[1, 1], [1, 1], [1, 1]], [0, 1, 1]),
    "at 0": ([[0, 0]], [1]),
    "both at 0": ([[0, 0], [0, 0]], [0, 1]),
    "one point": ([[1, -2]], [0]),
    "one of them at 0": ([[0, 0], [1, 1], [2, 1]], [0, 1, 1]),
    "nearly cancelling": ([[0.1, 0], [0.2, 0], [-0.3, 0], [0, 1], [0, -1], [0, 0]], [1, 1, 1, 0, 0, 0]),
    "collinear": ([[-1, 1], [1, 1], [2, 1], [3, 1]], [0, 1, 0, 1]),
    "collinear through 0": ([[-2, -1], [2, 1], [4, 2]], [0, 1, 0]),
}
SCALES = [(1.0, 0.0)] * 4 + [(1e-6, 0.0), (1e6, 0.0), (100.0, 0.0), (1.0, 100.0)]
"""What coordinates are multiplied by, and what is added."""


@st.composite
def points_and_labels(draw):
    """Draw a few points: a shape of the list, a scatter, points on a line; then copies, a scale, an offset."""
    number = st.integers(-6, 6).map(lambda k: k / 2) | st.floats(-3, 3).map(lambda x: round(x, 3))
    label = st.integers(0, 1)
    scatter = st.lists(st.tuples(number, number, label), min_size=1, max_size=7)
    line = st.lists(st.tuples(number, st.just(1.0), label), min_size=2, max_size=5)
    rows = (
        scatter
        | line
        | st.sampled_from(list(SHAPES.values())).map(lambda s: [(*x, y) for x, y in zip(*s, strict=True)])
    )
    drawn = draw(rows)
    if draw(st.booleans()):
        drawn = [*drawn, draw(st.sampled_from(drawn))]
    scale, offset = draw(st.sampled_from(SCALES))
    return [[scale * x + offset, scale * y + offset] for x, y, _ in drawn], [label for *_, label in drawn]
