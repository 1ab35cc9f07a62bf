"""Kesler's construction: C classes become one, so that verdict, margin and witness are those of two classes.

A point x of class y is right against class k where w_y·x̃ > w_k·x̃: where W, laid out as one long vector, has a
positive product with the vector that holds x̃ at the place of y, −x̃ at that of k, and 0 elsewhere. These vectors are a
data set of class 1 alone, without a bias; what is proved of it is proved of softmax. Its widest margin is that of W,
row by row: there descent goes, and ‖W‖ grows like log(t)/margin (Soudry et al. 2018, theorem 7).
"""

from __future__ import annotations

import numpy as np

from logreg.certificates.exact import dot, integer_rows, sqrt_ratio
from logreg.certificates.separability import Separability, check_separability
from logreg.data.checks import check_type, checked_flag
from logreg.data.dataset import Dataset, FloatArray
from logreg.data.multiclass import MulticlassDataset


def kesler(dataset: MulticlassDataset, *, fit_bias: bool = True) -> Dataset:
    """Write C classes as one: a row for each point and each class that it is not of.

    Parameters
    ----------
    dataset : MulticlassDataset
        Points and labels.
    fit_bias : bool
        Whether each class has a bias.

    Returns
    -------
    Dataset
        n_samples·(C − 1) rows of C·(n_features + fit_bias) numbers, the points' own: nothing is rounded. All of
        class 1.

    References
    ----------
    N. J. Nilsson, Learning Machines (1965), ch. 5; Duda and Hart, Pattern Classification (1973), sec. 5.12.

    Examples
    --------
    >>> kesler(MulticlassDataset([[2.0], [3.0]], [0, 1]), fit_bias=False).X.tolist()
    [[2.0, -2.0], [-3.0, 3.0]]
    """
    check_type(MulticlassDataset, dataset=dataset)
    points = dataset.augmented(fit_bias=checked_flag("fit_bias", fit_bias))
    rows = []
    for point, label in zip(points, dataset.y.tolist(), strict=True):
        for other in range(dataset.n_classes):
            if other != label:
                row = np.zeros((dataset.n_classes, points.shape[1]))
                row[label], row[other] = point, -point
                rows.append(row.ravel())
    return Dataset(rows, np.ones(len(rows)), "pairs of classes")


def check_classes(dataset: MulticlassDataset, *, fit_bias: bool = True) -> Separability:
    """Decide whether some W puts every point on the right side of every other class, and return the proof.

    Parameters
    ----------
    dataset : MulticlassDataset
        Points and labels.
    fit_bias : bool
        Whether each class has a bias.

    Returns
    -------
    Separability
        Of `kesler(dataset)`: exact, and `proves` checks it against that. Only overlapping classes have a finite
        minimum. Quasi-separable is common: it is enough that one class can be told from the others.

    References
    ----------
    Albert and Anderson, On the existence of maximum likelihood estimates in logistic regression models (1984).

    Examples
    --------
    >>> check_classes(MulticlassDataset([[0.0], [1.0], [2.0]], [0, 1, 2])).kind
    'separable'
    """
    return check_separability(kesler(dataset, fit_bias=fit_bias), fit_bias=False)


def classes_separated_by(
    weights: FloatArray, dataset: MulticlassDataset, *, fit_bias: bool = True
) -> Separability | None:
    """Return the verdict that a W itself proves: separable, where it has every point on the side of its class.

    Parameters
    ----------
    weights : ndarray of shape (C, n_features + fit_bias)
        Any finite W, that of a run for example; with a bias it is the last column.
    dataset : MulticlassDataset
        Points and labels.
    fit_bias : bool
        Whether each class has a bias.

    Returns
    -------
    Separability or None
        Of `kesler(dataset)`, with W as the witness; None where W does not separate the classes. In integers, like the
        verdict, but as cheap as a prediction.

    Examples
    --------
    >>> three = MulticlassDataset([[-1.0], [0.0], [1.0]], [0, 1, 2])
    >>> classes_separated_by(np.array([[-2.0, -1.0], [0.0, 0.0], [2.0, -1.0]]), three).kind
    'separable'
    """
    check_type(MulticlassDataset, dataset=dataset)
    points, k = integer_rows(dataset.augmented(fit_bias=checked_flag("fit_bias", fit_bias)))
    whole, _ = integer_rows(dataset.checked_weights(weights, fit_bias=fit_bias))
    margins = []
    for point, label in zip(points, dataset.y.tolist(), strict=True):
        scores = [dot(point, row) for row in whole]
        own = scores.pop(label)
        margins += [own - score for score in scores]
    if min(margins) <= 0:
        return None
    flat = [value for row in whole for value in row]
    return Separability(
        kind="separable",
        fit_bias=False,
        exact_weights=tuple(flat),
        exact_bias=0,
        exact_multipliers=None,
        separated=tuple(range(len(margins))),
        margin=sqrt_ratio(min(margins) ** 2, dot(flat, flat) << 2 * k),
        common_indices=(),
        common_weights=(),
        common_point=None,
    )
