"""Data sets, tables and comparisons that the tests of CSV files share."""

import os

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from logreg.data.dataset import Dataset

MANY = 100 if os.environ.get("LONG") else 1  # LONG=1 tries every property with a hundred times the examples
PLAIN = "x1,x2,y\n0.5,-1,0\n2,3e-1,1\n"
POINTS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 12), st.integers(2, 5)),
    elements=st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-3, 3).map(float)),
)


def same(left: Dataset, right: Dataset) -> bool:
    return left.X.tobytes() == right.X.tobytes() and left.y.tolist() == right.y.tolist()


@st.composite
def datasets(draw, points=POINTS, both=False) -> Dataset:
    X = draw(points)
    y = draw(st.lists(st.integers(0, 1), min_size=len(X), max_size=len(X)))
    return Dataset(X, [0, 1, *y[2:]] if both else y)
