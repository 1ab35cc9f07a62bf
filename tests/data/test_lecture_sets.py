"""The lecture's own points, held against the numbers that the pages say of them."""

import numpy as np
import pytest

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.lecture_sets import (
    HEADLINE,
    hairs_breadth,
    headline,
    nielsens_neuron,
    online_course,
    online_course_line,
    three_samples,
    train_and_held_out,
)
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import least_cost
from logreg.theory.flow import gradient_flow
from logreg.training.config import TrainingConfig, resolve_learning_rate
from logreg.training.objective import Objective
from logreg.training.trainer import train

PLAIN = TrainingConfig(n_steps=10**5, objective=Objective(fit_bias=False))


def flip(point):
    return headline(HEADLINE.index(point))


def test_the_headline_points_are_eight_and_their_negatives():
    X, y = headline().X, headline().y
    assert (X[8:] == -X[:8]).all()
    assert y.tolist() == [1] * 8 + [0] * 8


def test_a_flip_changes_one_label_and_not_the_learning_rate():
    for i in range(16):
        assert (headline(i).y != headline().y).tolist() == [k == i for k in range(16)]
        assert resolve_learning_rate(headline(i), PLAIN) == resolve_learning_rate(headline(), PLAIN)
    assert resolve_learning_rate(headline(), PLAIN) == pytest.approx(0.5188, abs=5e-5)


@pytest.mark.parametrize("index", [-1, 16])
def test_there_is_no_other_point_to_flip(index):
    with pytest.raises(ValueError, match="0 to 15"):
        headline(index)


def test_the_separable_set_grows_by_the_law():
    run = train(headline(), PLAIN)
    norms = [run.weight_norm[run.index_at(10**k)] for k in (2, 3, 4, 5)]
    assert norms == pytest.approx([2.528, 3.976, 5.566, 7.188], abs=5e-4)
    law = asymptotics(headline(), fit_bias=False).norm_at(run.learning_rate * 10**5)
    assert law == pytest.approx(7.187, abs=5e-4)


@pytest.mark.parametrize(
    ("point", "kind", "norm"),
    [((2.6, 2.4), "overlapping", 0.91496), ((1.2, 3.0), "overlapping", 3.911), ((0.5, 1.5), "quasi-separable", None)],
)
def test_a_flip_decides_the_regime(point, kind, norm):
    assert check_separability(flip(point), fit_bias=False).kind == kind
    if norm is not None:
        best = float(np.linalg.norm(optimum(flip(point), Objective(fit_bias=False)).weights))
        assert best == pytest.approx(norm, rel=2e-4)
        assert best < least_cost(flip(point), fit_bias=False).norm_bound


def test_at_a_thousand_steps_the_two_runs_look_alike():
    norms = [train(data, PLAIN).weight_norm[1000] for data in (headline(), flip((1.2, 3.0)))]
    assert norms == pytest.approx([3.976, 3.782], abs=5e-4)


def test_the_quasi_separable_flip_is_far_ahead_and_separable_with_a_bias():
    run = train(flip((0.5, 1.5)), PLAIN)
    assert run.weight_norm[run.index_at(10**4)] == pytest.approx(12.046, abs=5e-4)
    assert check_separability(flip((0.5, 1.5)), fit_bias=True).kind == "separable"


def test_three_samples_have_their_minimum_at_ln_2_or_nowhere():
    assert optimum(three_samples(flipped=True), Objective(fit_bias=False)).weights[0] == pytest.approx(np.log(2))
    assert check_separability(three_samples(flipped=False), fit_bias=False).kind == "separable"


def test_a_hair_decides_and_no_curve_does():
    gaps = (-0.01, 0.0, 0.01)
    kinds = [check_separability(hairs_breadth(gap), fit_bias=False).kind for gap in gaps]
    assert kinds == ["overlapping", "quasi-separable", "separable"]
    norms = [float(gradient_flow(hairs_breadth(gap), 1e4, fit_bias=False).weight_norm[-1]) for gap in gaps]
    assert norms == pytest.approx([34.10, 34.83, 35.48], abs=5e-3)
    assert np.linalg.norm(optimum(hairs_breadth(-0.01), Objective(fit_bias=False)).weights) == pytest.approx(
        71.16, abs=5e-3
    )


def test_the_hair_runs_without_a_second_weight_or_a_bias():
    model = gradient_flow(hairs_breadth(0.01), 1e4, fit_bias=True).model
    assert model.weights[1] == pytest.approx(0, abs=1e-9)
    assert model.bias == pytest.approx(0, abs=1e-9)


def test_arguments_of_another_kind_are_refused_by_name():
    for name, call in (
        ("flipped", lambda: headline("first")),
        ("flipped", lambda: headline(1.5)),
        ("flipped", lambda: three_samples(None)),
        ("gap", lambda: hairs_breadth("thin")),
    ):
        with pytest.raises(ValueError, match=name):
            call()


def test_the_sample_is_separable_and_its_population_is_not():
    sample, fresh = train_and_held_out()
    assert (sample.n_samples, fresh.n_samples) == (40, 2000)
    assert check_separability(sample, fit_bias=False).kind == "separable"
    assert check_separability(fresh).kind == "overlapping"
    assert np.linalg.norm(fresh.X[fresh.y == 1].mean(axis=0) - 1.2) < 0.1


def test_the_online_courses_sets_are_separable_and_their_published_weights_are_ours():
    run = train(online_course(), TrainingConfig(learning_rate=0.1, n_steps=10**5))
    after = run.model_at(10**4)
    assert [*after.weights, after.bias] == pytest.approx([5.28123, 5.07816, -14.222409982019837], abs=5e-6)
    assert run.parameter_norm[[run.index_at(10**4), -1]] == pytest.approx([15.9986, 25.5166], abs=5e-5)
    limit = max_margin(online_course(), "augmented")
    assert [*limit.weights, limit.bias] == pytest.approx([4 / 3, 4 / 3, -11 / 3])
    assert limit.margin == pytest.approx(0.242536, abs=5e-7)
    assert check_separability(online_course_line()).kind == "separable"
    assert check_separability(nielsens_neuron()).kind == "separable"


def test_on_the_line_the_weights_had_arrived_nowhere():
    run = train(online_course_line(), TrainingConfig(learning_rate=0.1, n_steps=10**6))
    norms = [float(np.linalg.norm(run.model_at(step).parameters)) for step in (8185, 10**5, 10**6)]
    assert norms == pytest.approx([12.71, 25.43, 37.85], abs=5e-3)
