"""What proves a verdict, and what does not: float views, tampered witnesses, models."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.certificates.separability import check_separability, proves, separated_by
from logreg.data.dataset import Dataset
from logreg.training.model import Model
from tests.certificates.verdicts import AND, UCLA_QUASI, XOR, exact_rows, grid_data, witness_holds


def test_float_views_prove_ordinary_cases_in_float_arithmetic() -> None:
    rng = np.random.default_rng(1)
    y = np.arange(80) % 2
    for shift, kind in ((8.0, "separable"), (0.0, "overlapping")):
        dataset = Dataset(rng.normal(size=(80, 2)) + shift * y[:, None], y)
        found, A = check_separability(dataset), dataset.signed_samples()
        assert found.kind == kind
        if kind == "separable":
            margins = A @ [*found.weights, found.bias] / np.linalg.norm(found.weights)
            assert margins.min() == pytest.approx(found.margin, rel=1e-9)
        else:
            assert found.multipliers.min() > 0
            assert np.abs(found.multipliers @ A).max() <= 1e-12 * (found.multipliers @ np.abs(A)).max()
            assert not found.multipliers.flags.writeable


@pytest.mark.parametrize("dataset", [AND, XOR, UCLA_QUASI])
def test_a_tampered_witness_proves_nothing(dataset: Dataset) -> None:
    found = check_separability(dataset)
    changes: list[dict[str, object]] = [
        {"kind": "overlapping" if found.kind != "overlapping" else "separable"},
        {"separated": ()} if found.separated else {"separated": (0,)},
        {"separated": (*found.separated, dataset.n_samples)},
    ]
    if found.exact_weights is not None:
        changes += [
            {"exact_weights": tuple(-w for w in found.exact_weights)},
            {"exact_bias": 99},
            {"exact_weights": None},
        ]
    if found.exact_multipliers is not None:
        first, *others = found.exact_multipliers
        changes += [{"exact_multipliers": (first + 1, *others)}, {"exact_multipliers": None}]
        changes += [{"exact_multipliers": (0,) * dataset.n_samples}, {"exact_multipliers": tuple(others)}]
    for change in changes:
        assert not proves(dataclasses.replace(found, **change), dataset), change


def test_above_the_plane_scales_and_offsets_do_not_decide() -> None:
    rng = np.random.default_rng(2)
    y = np.arange(60) % 2
    overlap = rng.normal(size=(60, 4))
    for X, kind in (
        (overlap * [1e-200, 1, 1e200, 1e5], "overlapping"),
        (overlap * 1e300, "overlapping"),
        (overlap + 1e8, "overlapping"),
        ((overlap + 12 * y[:, None]) * [1e-200, 1, 1e200, 1e5], "separable"),
        (1e8 + overlap + 12 * y[:, None], "separable"),
    ):
        dataset = Dataset(X, y)
        found = check_separability(dataset)
        assert found.kind == kind
        assert witness_holds(found, dataset)


def test_the_verdict_needs_no_scipy() -> None:
    code = (
        "import sys; from logreg import Dataset, check_separability; "
        "[check_separability(Dataset([[0] * d, [1] * d], [0, 1])) for d in (2, 4)]; sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(grid_data(size=2, most=7), st.lists(st.integers(-4, 4), min_size=3, max_size=3), st.booleans())
def test_a_model_proves_a_verdict_just_where_it_has_every_sample_on_its_side(
    dataset: Dataset, numbers: list[int], fit_bias: bool
) -> None:
    model = Model(numbers[:2], numbers[2] if fit_bias else 0.0)
    u = numbers if fit_bias else numbers[:2]
    right = all(sum(map(Fraction.__mul__, row, map(Fraction, u))) > 0 for row in exact_rows(dataset, fit_bias))
    found = separated_by(model, dataset, fit_bias=fit_bias)
    assert (found is not None) == right
    assert found is None or (found.kind == "separable" and proves(found, dataset))


def test_a_models_margin_is_that_of_its_direction_with_the_line_moved_halfway() -> None:
    found = separated_by(Model([2.0, 0.0], -1.0), Dataset([[0.0, 5.0], [4.0, -5.0]], [0, 1]))
    assert found is not None
    assert found.margin == 2.0
    assert separated_by(Model([1.0, 0.0], 9.0), Dataset([[0.0, 5.0]], [1])).margin == 9.0
