"""The verdict where it is hard: gaps of one float, offsets, degenerate sets, many points, many features."""

from __future__ import annotations

import math

import numpy as np
import pytest

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from tests.certificates.verdicts import TINY, witness_holds


def face_to_face(n_features: int, gap: float) -> Dataset:
    """Two pyramids of any dimension whose bases lie gap apart, or overlap by -gap."""
    corners = np.vstack([np.eye(n_features - 1), -np.ones((1, n_features - 1))])
    tip = np.zeros((1, n_features - 1))
    first = [np.column_stack([np.full(len(part), x), part]) for part, x in ((corners, gap), (tip, 2.0))]
    second = [np.column_stack([np.full(len(part), x), part]) for part, x in ((corners, 0.0), (tip, -1.0))]
    return Dataset(np.vstack([*first, *second]), np.repeat([1, 0], n_features + 1), "face to face")


@pytest.mark.parametrize("n_features", [2, 3, 6])
@pytest.mark.parametrize("gap", [TINY, 1e-300, 1e-15, 1.0])
@pytest.mark.parametrize(("sign", "kind"), [(1, "separable"), (0, "quasi-separable"), (-1, "overlapping")])
def test_gaps_down_to_the_smallest_float_are_told_from_touching_and_overlap(
    n_features: int, gap: float, sign: int, kind: str
) -> None:
    dataset = face_to_face(n_features, sign * gap)
    found = check_separability(dataset)
    assert found.kind == kind
    assert witness_holds(found, dataset)
    if kind == "separable" and n_features == 2:
        assert found.margin == gap / 2
    if kind == "quasi-separable":
        assert found.separated == (n_features, 2 * n_features + 1)


@pytest.mark.parametrize("n_features", [2, 3, 6])
@pytest.mark.parametrize(("steps", "kind"), [(1, "separable"), (0, "quasi-separable"), (-1, "overlapping")])
def test_an_offset_of_1e8_does_not_hide_a_gap_of_1e_minus_8(n_features: int, steps: int, kind: str) -> None:
    near = face_to_face(n_features, steps * 2.0**-26)
    dataset = Dataset(1e8 + near.X, near.y)
    found = check_separability(dataset)
    assert found.kind == kind
    assert witness_holds(found, dataset)


@pytest.mark.parametrize("turn", range(5))
def test_points_on_a_plane_up_to_rounding_are_decided_all_the_same(turn: int) -> None:
    # Where a linear programme sees a tie, rounding made one of the three verdicts true.
    rng = np.random.default_rng(turn)
    X, w, y = rng.normal(size=(40, 5)), rng.normal(size=5), np.arange(40) % 2
    X[:, 0] = -(X[:, 1:] @ w[1:]) / w[0]
    X[:12, 0] += 1e-16 * (2 * y[:12] - 1)
    dataset = Dataset(X[: 12 + 7 * turn], y[: 12 + 7 * turn])
    assert witness_holds(check_separability(dataset), dataset)


@pytest.mark.parametrize(
    ("X", "y", "fit_bias", "kind"),
    [
        ([[1, 1]] * 4, [0, 1, 0, 1], True, "overlapping"),
        ([[1, 1]] * 4, [1, 1, 1, 1], True, "separable"),
        ([[0, 0], [1, 1], [1, 1], [2, 2]], [0, 0, 1, 1], True, "quasi-separable"),
        ([[0, 0], [1, 1], [2, 2], [3, 3]], [0, 1, 0, 1], True, "overlapping"),
        ([[0, 0], [2, 0], [1, 0], [1, 1]], [0, 0, 1, 1], True, "quasi-separable"),
        ([[0, 0], [2, 2], [0, 2], [2, 0], [1, 1]], [0, 0, 0, 0, 1], True, "overlapping"),
        ([[0, 0], [0, 0]], [0, 1], False, "overlapping"),
        ([[0, 0], [1, 1]], [0, 1], False, "quasi-separable"),
        ([[1, 0], [-1, 0], [0, 1]], [1, 1, 1], False, "quasi-separable"),
        ([[1, 0], [-1, 1], [-1, -1]], [1, 1, 1], False, "overlapping"),
        ([[0, 0, 0], [0, 0, 0]], [0, 1], False, "overlapping"),
        ([[0, 0, 0], [1, 1, 2]], [0, 1], False, "quasi-separable"),
        ([[1, 2, 3]] * 3, [0, 0, 0], True, "separable"),
    ],
)
def test_degenerate_sets_are_told_apart(X: list[list[int]], y: list[int], fit_bias: bool, kind: str) -> None:
    dataset = Dataset(X, y)
    found = check_separability(dataset, fit_bias=fit_bias)
    assert found.kind == kind
    assert witness_holds(found, dataset)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_is_separated_by_the_bias_alone(label: int) -> None:
    found = check_separability(Dataset([[1.0, 2.0], [-3.0, 4.0]], [label, label]))
    assert (found.kind, found.exact_weights, found.exact_bias) == ("separable", (0, 0), 2 * label - 1)
    assert found.margin == math.inf


def test_separable_classes_get_the_line_of_widest_margin() -> None:
    # A corner against an edge: the distance from (3, 1) to the line x = 1 is 2.
    found = check_separability(Dataset([[1, 0], [1, 5], [-2, 1], [3, 1], [9, 1]], [0, 0, 0, 1, 1]))
    assert found.margin == 1.0
    assert (found.exact_weights, found.exact_bias) == ((1, 0), -2)


@pytest.mark.parametrize("shape", ["circle", "two circles", "blobs"])
def test_a_thousand_points_are_decided_with_a_witness_that_holds(shape: str) -> None:
    rng = np.random.default_rng(3)
    angle, y = rng.uniform(0, 2 * np.pi, 1000), np.arange(1000) % 2
    X = np.column_stack([np.cos(angle), np.sin(angle)]) if "circle" in shape else rng.normal(size=(1000, 2))
    X[:, 0] += 2.5 * y * (shape == "two circles")
    found = check_separability(Dataset(X, y))
    assert found.kind == ("separable" if shape == "two circles" else "overlapping")
    assert witness_holds(found, Dataset(X, y))
