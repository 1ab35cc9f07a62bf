"""The constants of the laws: margin, entropy, direction, what stays finite, and the infimum of the loss."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics, row_space
from logreg.theory.flow import gradient_flow
from logreg.training.model import Model, sigmoid
from logreg.training.objective import Objective, loss
from tests.published import AND, SOUDRY, UCLA_COMPLETE, UCLA_QUASI, XOR, headline, iris_petals


def test_tied_support_vectors_get_the_dual_of_largest_entropy_not_a_solvers():
    law = asymptotics(headline(), fit_bias=False)
    assert law.entropy == pytest.approx(np.log(4), abs=1e-12)
    assert law.margin == pytest.approx(np.sqrt(2))
    assert np.flatnonzero(law.shares).tolist() == [0, 1, 8, 9]
    np.testing.assert_allclose(law.shares[law.shares > 0], 0.25)
    # the exact active-set dual uses only as many vectors as it must: H = log 2, a line 0.49 lower
    dual = max_margin(headline(), "none").dual_weights
    p = dual[dual > 0] / dual.sum()
    assert (law.entropy + (p * np.log(p)).sum()) / law.margin == pytest.approx(0.49, abs=0.001)


def test_the_published_quasi_separable_table_has_its_direction_margin_and_infimum():
    law = asymptotics(UCLA_QUASI)
    assert law.kind == "quasi-separable"
    np.testing.assert_allclose(law.direction, np.array([1, 0, -3]) / np.sqrt(10), atol=1e-12)
    assert law.margin == pytest.approx(0.316228, abs=1e-6)
    assert law.inf_loss == pytest.approx(0.188959, abs=1e-6)
    assert law.resting @ law.direction == pytest.approx(0, abs=1e-12)


def test_the_minimiser_over_the_rest_lies_in_its_span_and_minimises():
    law = asymptotics(UCLA_QUASI)
    rest = [2, 3, 4]
    rows = UCLA_QUASI.signed_samples()[rest]
    basis = row_space(rows)
    np.testing.assert_allclose(law.resting @ basis.T @ basis, law.resting, atol=1e-12)
    np.testing.assert_allclose(sigmoid(-(rows @ law.resting)) @ rows, 0, atol=1e-9)


@pytest.mark.parametrize(
    ("data", "fit_bias", "off"),
    [
        (headline(), False, 1e-8),
        (AND, True, 1e-5),
        (UCLA_COMPLETE, True, 1e-4),
        (iris_petals((0, 1)), True, 1e-2),  # a flower 5 % off the margin still pulls
        (headline((0.5, 1.5)), False, 1e-7),
        (headline((0.5, 1.5)), True, 2e-4),
        (UCLA_QUASI, True, 1e-8),
    ],
)
def test_at_1e12_norm_loss_and_slope_are_the_predicted_ones(data, fit_bias, off):
    law, flow = asymptotics(data, fit_bias=fit_bias), gradient_flow(data, fit_bias=fit_bias)
    assert flow.parameter_norm[-1] == pytest.approx(float(law.norm_at(1e12)), rel=off)
    late = flow.times > 0
    before = np.interp(np.log(1e11), np.log(flow.times[late]), flow.parameter_norm[late])
    assert flow.parameter_norm[-1] - before == pytest.approx(law.norm_per_decade, rel=0.02)
    assert (flow.loss[-1] - law.inf_loss) * law.margin**2 * 1e12 == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize(("data", "fit_bias"), [(headline(), False), (UCLA_COMPLETE, True), (AND, True)])
def test_who_still_pulls_late_in_a_flow_are_the_shares(data, fit_bias):
    law, flow = asymptotics(data, fit_bias=fit_bias), gradient_flow(data, fit_bias=fit_bias)
    margins = data.signed_samples(fit_bias=fit_bias) @ (
        [*flow.weights[-1], flow.bias[-1]] if fit_bias else flow.weights[-1]
    )
    residuals = np.exp(margins.min() - margins)
    np.testing.assert_allclose(residuals / residuals.sum(), law.shares, atol=2e-3)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 30), st.integers(1, 4), st.booleans())
def test_the_shares_are_a_dual_solution_of_the_margin(seed, n_samples, n_features, fit_bias):
    rng = np.random.default_rng(seed)
    X = rng.integers(-4, 5, (n_samples, n_features)).astype(float)  # integers: many ties
    data = Dataset(X, X @ rng.normal(size=n_features) > 0)
    law = asymptotics(data, fit_bias=fit_bias)
    if law.kind != "separable":
        return
    assert law.shares.sum() == pytest.approx(1)
    assert (law.shares >= 0).all()
    full = law.shares @ data.signed_samples(fit_bias=fit_bias)
    np.testing.assert_allclose(full, law.margin * law.direction[: len(full)], atol=1e-7)
    p = law.shares[law.shares > 0]
    assert law.entropy == pytest.approx(-(p * np.log(p)).sum(), abs=1e-6)
    dual = max_margin(data, "augmented" if fit_bias else "none").dual_weights
    q = dual[dual > 0] / dual.sum()
    assert law.entropy >= -(q * np.log(q)).sum() - 1e-9


def test_a_support_vector_that_no_dual_can_use_gets_no_share():
    # (1, 1) lies on the margin of (1, 0), but no partner pulls its second coordinate back
    law = asymptotics(Dataset([[1.0, 0.0], [1.0, 1.0], [3.0, -1.0]], [1, 1, 1]), fit_bias=False)
    np.testing.assert_allclose(law.shares, [1, 0, 0], atol=1e-10)
    assert law.entropy == pytest.approx(0, abs=1e-8)
    # the same where the one support vector's own place among them is rounding, not 0
    law = asymptotics(Dataset([[-2.0, -4.0, -3.0], [1.0, -3.0, 0.0]], [1, 1]), fit_bias=False)
    np.testing.assert_allclose(law.shares, [0, 1], atol=1e-10)
    assert law.entropy == pytest.approx(0, abs=1e-8)


def test_a_rest_at_the_origin_adds_log_2_a_point_and_nothing_else():
    law = asymptotics(Dataset([[0.0, 0.0], [1.0, 1.0], [-1.0, -1.0]], [1, 1, 0]), fit_bias=False)
    assert (law.kind, law.margin) == ("quasi-separable", pytest.approx(np.sqrt(2)))
    assert law.inf_loss == pytest.approx(np.log(2) / 3)
    assert not law.resting.any()


@pytest.mark.parametrize(("data", "fit_bias"), [(XOR, True), (headline((1.2, 3)), False), (iris_petals((1, 2)), True)])
def test_overlapping_data_have_their_optimum_and_its_loss_in_place_of_a_law(data, fit_bias):
    law, best = asymptotics(data, fit_bias=fit_bias), optimum(data, Objective(fit_bias=fit_bias))
    assert (law.margin, law.entropy, law.direction, law.norm_per_decade) == (None, None, None, 0.0)
    np.testing.assert_allclose(law.resting, [*best.weights, best.bias], rtol=1e-6, atol=1e-9)
    assert law.inf_loss == pytest.approx(loss(best, data))
    np.testing.assert_allclose(law.norm_at([0, 1, 1e9]), np.linalg.norm(law.resting))
    np.testing.assert_allclose(law.loss_at([0, 1, 1e9]), law.inf_loss)


def test_on_quasi_separable_data_the_loss_stays_above_an_infimum_that_no_model_reaches():
    law = asymptotics(UCLA_QUASI)
    flow = gradient_flow(UCLA_QUASI, 1e9)
    assert law.inf_loss < flow.loss.min()
    far = law.resting + 200 * law.direction
    assert loss(Model(far[:2], far[2]), UCLA_QUASI) == pytest.approx(law.inf_loss, abs=1e-12)


def test_before_the_law_means_anything_the_norm_is_nan_and_the_loss_is_infinite():
    law = asymptotics(SOUDRY, fit_bias=False)
    assert np.isnan(law.norm_at([0.0, 1e-3])).all()
    assert law.loss_at(0.0) == np.inf


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 5))
def test_the_row_space_holds_the_rows_and_has_their_rank(seed, n_rows, size):
    rows = np.random.default_rng(seed).integers(-2, 3, (n_rows, size)).astype(float)
    basis = row_space(rows)
    np.testing.assert_allclose(basis @ basis.T, np.eye(len(basis)), atol=1e-12)
    np.testing.assert_allclose(rows @ basis.T @ basis, rows, atol=1e-12)
    assert len(basis) == np.linalg.matrix_rank(rows)


def test_the_verdict_is_the_certificates():
    for data, fit_bias in ((headline((0.5, 1.5)), False), (headline((0.5, 1.5)), True), (XOR, True)):
        assert asymptotics(data, fit_bias=fit_bias).kind == check_separability(data, fit_bias=fit_bias).kind
