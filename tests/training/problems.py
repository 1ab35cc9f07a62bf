"""Random models with points of as many features, for the properties of objective and descent."""

import numpy as np
from hypothesis import strategies as st

from logreg.data.dataset import Dataset
from logreg.training.model import Model


@st.composite
def problems(draw, spread=10.0):
    """Draw a data set of 1 to 3 features and a model of it."""
    seed, n_samples, n_features = draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, 12)), draw(st.integers(1, 3))
    rng = np.random.default_rng(seed)
    scale = draw(st.sampled_from([0.1, 1.0, spread]))
    dataset = Dataset(rng.normal(scale=scale, size=(n_samples, n_features)), rng.integers(0, 2, n_samples))
    return dataset, Model(rng.normal(size=n_features), rng.normal())
