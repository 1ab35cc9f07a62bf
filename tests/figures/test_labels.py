"""Names beside a plot never lie over one another, nor outside, and stay where there is room."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from logreg.figures.comparison import two_norms
from logreg.figures.labels import push_apart
from logreg.figures.series import Series

STEPS = np.array([0, 1, 10, 100, 1000])
FAR = Series("A: grows", STEPS, [0.0, 0.7, 1.5, 2.5, 4.0], theory=([100, 1000], [2.4, 3.9]))


@given(st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 60)), max_size=6))
@example([(100.0, 20.0)] * 3)
def test_names_never_lie_over_one_another_nor_outside_and_stay_where_there_is_room(boxes):
    wanted, sizes = [w for w, _ in boxes], [s for _, s in boxes]
    places = push_apart(wanted, sizes, 400.0)
    spans = sorted((p - s / 2, p + s / 2) for p, s in zip(places, sizes, strict=True))
    assert all(above[0] >= below[1] - 1e-9 for below, above in pairwise(spans))
    assert all(low >= -1e-9 and high <= 400 + 1e-9 for low, high in spans)
    free = sorted((w - s / 2, w + s / 2) for w, s in boxes)
    if all(b[0] > a[1] for a, b in pairwise(free)) and all(a >= 0 and b <= 400 for a, b in free):
        assert places == pytest.approx(wanted)


@given(st.floats(0, 5), st.floats(0, 5), st.floats(0, 5), st.floats(190, 900))
@example(4.0, 4.0, 4.0, 320.0)
@example(3.99, 4.0, 0.01, 190.0)
@example(3.7, 3.4, 3.6, 190.0)
def test_names_at_the_ends_of_curves_stay_apart_in_pixels_on_a_plot_of_any_height(end, target, theory, plot_height):
    near = Series("B: near", STEPS, [0.0, 0.1, 0.2, 0.3, end], target=target, theory=([10, 1000], [1.0, theory]))
    layout = two_norms((FAR, near)).figure.layout
    low, high = layout.yaxis.range
    scale = plot_height / (high - low)
    middles = sorted((note.y * scale + (note.yshift or 0), note.font.size) for note in layout.annotations)
    assert len(middles) == 5
    for (below, size), (above, other) in pairwise(middles):
        assert above - below >= 0.6 * (size + other)
    assert all(low <= note.y <= high for note in layout.annotations)
