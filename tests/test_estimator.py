"""`train` as a scikit-learn classifier: scikit-learn's own checks, and what it says where there is no minimum."""

import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from logreg import Dataset, TrainingConfig, check_separability, make_dataset, max_margin, optimum, proves, train
from logreg.certificates.kesler import kesler
from logreg.data.multiclass import three_blobs
from logreg.estimator import GradientDescentClassifier, SeparableDataWarning

APART, MIXED = make_dataset("separable_blobs", gap=1.0), make_dataset("overlapping_blobs")
pytestmark = pytest.mark.filterwarnings("ignore:Stopped at the limit")  # most runs here are short
KINDS = [("no", "yes"), (False, True), (-1, 1), (3, 7), (1.0, 2.0)]


@pytest.mark.filterwarnings("ignore::logreg.estimator.SeparableDataWarning")
@parametrize_with_checks([GradientDescentClassifier()])
def test_scikit_learns_own_checks_pass(estimator, check):
    check(estimator)


def test_a_fit_is_the_run_of_train_to_the_last_bit():
    fitted = GradientDescentClassifier(learning_rate=0.3, n_steps=50, l2=0.1, penalise_bias=True).fit(MIXED.X, MIXED.y)
    run = train(MIXED, TrainingConfig(0.3, 50, objective=fitted.trajectory_.config.objective))
    assert fitted.trajectory_.config == run.config
    assert (fitted.coef_[0] == run.weights[-1]).all()
    assert fitted.intercept_[0] == run.bias[-1]
    assert (fitted.n_iter_, fitted.n_features_in_) == (50, 2)
    assert (fitted.predict(MIXED.X) == run.model.predict(MIXED.X)).all()


@pytest.mark.parametrize("kinds", KINDS)
def test_labels_of_any_two_kinds_give_the_same_fit(kinds):
    labels = np.array(kinds)[MIXED.y]
    fitted = GradientDescentClassifier().fit(MIXED.X, labels)
    assert fitted.classes_.tolist() == list(kinds)
    assert (fitted.coef_ == GradientDescentClassifier().fit(MIXED.X, MIXED.y).coef_).all()
    assert set(fitted.predict(MIXED.X).tolist()) == set(kinds)
    assert fitted.score(MIXED.X, labels) == fitted.trajectory_.accuracy[-1]


def test_separable_classes_are_named_with_their_margin_and_the_norm_where_the_steps_ended():
    with pytest.warns(SeparableDataWarning) as caught:
        fitted = GradientDescentClassifier(n_steps=300).fit(APART.X, APART.y)
    said, norm = str(caught[0].message), fitted.trajectory_.weight_norm[-1]
    assert f"separable with margin {max_margin(APART, bias='free').margin:.4g}: the loss has no finite minimum" in said
    assert f"‖w‖ = {norm:.4g} is where n_steps stopped it, at step 300" in said
    assert "max_iter" not in said
    assert caught[0].filename == __file__
    assert proves(fitted.separability_, fitted.trajectory_.dataset)


def test_quasi_separable_classes_are_named_too():
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.0], [2.0, 1.0]])
    with pytest.warns(SeparableDataWarning, match="quasi-separable, 1 of 4 samples apart with margin 1: the loss has"):
        GradientDescentClassifier().fit(X, [0, 0, 1, 1])


def test_a_run_that_float64_ended_is_not_said_to_be_ended_by_the_step_limit():
    with pytest.warns(SeparableDataWarning, match="float64 stopped it"):
        GradientDescentClassifier(learning_rate=1e6, n_steps=1000).fit([[-1000.0], [1000.0]], [0, 1])


@pytest.mark.parametrize("settings", [{"l2": 0.1}, {"l2": 1e-9}])
def test_with_a_penalty_there_is_a_minimum_and_nothing_is_warned_of(settings):
    fitted = GradientDescentClassifier(**settings).fit(APART.X, APART.y)
    assert fitted.separability_.kind == "separable"


def test_overlapping_classes_are_fitted_to_the_minimum_without_a_word():
    fitted = GradientDescentClassifier(n_steps=20_000).fit(MIXED.X, MIXED.y)
    assert fitted.coef_[0] == pytest.approx(optimum(MIXED).weights, rel=1e-9)


def test_it_agrees_with_scikit_learn_on_the_penalised_optimum():
    C = 0.5
    ours = GradientDescentClassifier(l2=1 / (C * MIXED.n_samples), n_steps=20_000).fit(MIXED.X, MIXED.y)
    theirs = LogisticRegression(C=C, tol=1e-10, max_iter=10_000).fit(MIXED.X, MIXED.y)
    assert ours.coef_ == pytest.approx(theirs.coef_, rel=1e-5)
    assert ours.intercept_ == pytest.approx(theirs.intercept_, rel=1e-4)


@pytest.mark.parametrize("separates", [True, False])
def test_in_many_dimensions_the_verdict_is_what_the_run_proves_or_none(separates, monkeypatch):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 60 if separates else 4))
    monkeypatch.setattr("logreg.estimator._EXACT_VERDICT", 0)
    monkeypatch.setattr("logreg.estimator.check_separability", None)  # it would fail if it were asked
    y = rng.permutation(np.arange(80) % 2)
    if separates:
        with pytest.warns(SeparableDataWarning, match="separable with margin at least"):
            fitted = GradientDescentClassifier().fit(X, y)
        assert proves(fitted.separability_, Dataset(X, y))
    else:
        assert GradientDescentClassifier().fit(X, y).separability_ is None
        assert check_separability(Dataset(X, y)).kind == "overlapping"


@pytest.mark.parametrize(
    ("settings", "y", "message"),
    [
        ({}, [0.5, 1.25, 2.0, 1.0], "y: expected labels of classes, got .* Unknown label type"),
        ({}, [10**400, 1, 10**400, 1], "y: expected labels of classes, got"),
        ({}, [1, 1, 1, 1], "y: expected labels of at least two classes, got one class only"),
        ({"l2": -1.0}, [0, 1, 0, 1], "l2: expected"),
        ({"n_steps": -1}, [0, 1, 0, 1], "n_steps: expected"),
        ({"learning_rate": "fast"}, [0, 1, 0, 1], "learning_rate: expected"),
    ],
)
def test_a_wrong_argument_is_named(settings, y, message):
    with pytest.raises(ValueError, match=message):
        GradientDescentClassifier(**settings).fit([[0.0], [1.0], [2.0], [3.0]], y)


def test_numbers_that_float64_cannot_hold_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match=r"^X: expected numbers that float64 can hold, got \[\[10+.*\.$"):
        GradientDescentClassifier().fit([[10**400], [1], [2], [3]], [0, 1, 0, 1])
    fitted = GradientDescentClassifier().fit([[0], [1], [2], [3]], [0, 1, 0, 1])
    with pytest.raises(ValueError, match=r"^X: expected numbers that float64 can hold"):
        fitted.predict([[10**400]])


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_the_probabilities_are_those_of_the_log_odds_and_sum_to_one(x, z):
    fitted = GradientDescentClassifier(n_steps=20).fit(MIXED.X, MIXED.y)
    (share,) = fitted.predict_proba([[x, z]])
    assert share.sum() == pytest.approx(1, abs=1e-15)
    assert (share[1] >= share[0]) == (fitted.decision_function([[x, z]])[0] >= 0)


def test_names_of_features_and_pandas_output_pass_through_a_pipeline():
    table = pd.DataFrame(MIXED.X, columns=["left", "right"])
    pipe = make_pipeline(StandardScaler(), GradientDescentClassifier()).set_output(transform="pandas")
    last = pipe.fit(table, pd.Series(np.where(MIXED.y == 1, "yes", "no")))[-1]
    assert last.feature_names_in_.tolist() == ["left", "right"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(pipe.predict(table)) == {"yes", "no"}


def test_a_search_and_a_calibration_take_it_as_any_classifier():
    search = GridSearchCV(GradientDescentClassifier(), {"l2": [0.01, 10.0], "fit_bias": [True, False]}, cv=3)
    assert search.fit(MIXED.X, MIXED.y).best_params_.keys() == {"l2", "fit_bias"}
    calibrated = CalibratedClassifierCV(GradientDescentClassifier(l2=0.01), cv=3).fit(MIXED.X, MIXED.y)
    assert calibrated.predict_proba(MIXED.X).shape == (MIXED.n_samples, 2)
    assert cross_val_score(GradientDescentClassifier(l2=0.01), MIXED.X, MIXED.y).mean() > 0.6


def test_it_is_cloned_and_pickled_with_its_run():
    fitted = GradientDescentClassifier(n_steps=7, fit_bias=False).fit(MIXED.X, MIXED.y)
    assert clone(fitted).get_params() == fitted.get_params()
    again = pickle.loads(pickle.dumps(fitted))
    assert (again.trajectory_.weights == fitted.trajectory_.weights).all()
    assert fitted.intercept_.tolist() == [0.0]


# ------------------------------------------------------------------ more than two classes

CLASSES = three_blobs(0.4)
COLOURS = np.array(["red", "green", "blue"])  # whose sorted order is another


@pytest.mark.parametrize("C", [np.inf, 0.5])
def test_three_overlapping_classes_agree_with_scikit_learn_on_points_that_neither_has_seen(C):
    l2 = 0.0 if np.inf == C else 1 / (C * CLASSES.n_samples)
    ours = GradientDescentClassifier(n_steps=20_000, l2=l2).fit(CLASSES.X, COLOURS[CLASSES.y])
    theirs = LogisticRegression(C=C, tol=1e-12, max_iter=100_000).fit(CLASSES.X, COLOURS[CLASSES.y])
    held_out = np.random.default_rng(1).normal(scale=2.0, size=(500, 2))
    assert ours.classes_.tolist() == ["blue", "green", "red"]
    assert ours.coef_ == pytest.approx(theirs.coef_, rel=1e-5, abs=1e-6)
    assert ours.predict_proba(held_out) == pytest.approx(theirs.predict_proba(held_out), abs=1e-6)
    assert (ours.predict(held_out) == theirs.predict(held_out)).all()
    assert ours.decision_function(held_out).shape == (500, 3)
    assert ours.separability_.kind == "overlapping"


def test_three_separable_classes_are_named_with_their_margin_and_the_norm():
    apart = three_blobs(2.0)
    with pytest.warns(SeparableDataWarning) as caught:
        fitted = GradientDescentClassifier(n_steps=300).fit(apart.X, apart.y)
    said, margin = str(caught[0].message), fitted.separability_.margin
    assert said.startswith(f"the classes are separable with margin at least {margin:.4g}: the loss has no finite min")
    assert f"‖W‖ = {np.linalg.norm(fitted.coef_):.4g} is where n_steps stopped it, at step 300" in said
    assert 0 < margin <= max_margin(kesler(apart), "none").margin * (1 + 1e-12)
    assert proves(fitted.separability_, kesler(fitted.trajectory_.dataset))
    assert not np.any(fitted.coef_ - fitted.trajectory_.weights[-1][:, :2])


def test_classes_of_which_one_can_be_told_are_named_by_their_pairs():
    X, y = [[0.0], [1.0], [0.5], [2.0], [3.0]], [0, 0, 1, 1, 2]
    with pytest.warns(SeparableDataWarning, match="quasi-separable, 6 of 10 pairs of a sample and another class apart"):
        GradientDescentClassifier().fit(X, y)


@pytest.mark.parametrize(("distance", "kind"), [(2.0, "separable"), (0.4, None)])
def test_of_many_classes_the_verdict_is_what_the_run_proves_or_none(distance, kind, monkeypatch):
    monkeypatch.setattr("logreg.estimator._EXACT_CLASSES", 0)
    data = three_blobs(distance)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SeparableDataWarning)
        fitted = GradientDescentClassifier().fit(data.X, data.y)
    found = fitted.separability_
    assert (found and found.kind) == kind
    assert found is None or proves(found, kesler(data))


def test_three_classes_pass_through_what_scikit_learn_offers():
    table = pd.DataFrame(CLASSES.X, columns=["left", "right"])
    labels = COLOURS[CLASSES.y]
    pipe = make_pipeline(StandardScaler(), GradientDescentClassifier(l2=0.01)).set_output(transform="pandas")
    assert pipe.fit(table, labels)[-1].feature_names_in_.tolist() == ["left", "right"]
    search = GridSearchCV(pipe, {"gradientdescentclassifier__l2": [0.01, 10.0]}, cv=3).fit(table, labels)
    assert search.predict_proba(table).shape == (30, 3)
    calibrated = CalibratedClassifierCV(GradientDescentClassifier(l2=0.01), cv=3).fit(table, labels)
    assert calibrated.predict_proba(table).sum(axis=1) == pytest.approx(1)
    fitted = GradientDescentClassifier(n_steps=7, fit_bias=False, l2=0.1).fit(CLASSES.X, labels)
    again = pickle.loads(pickle.dumps(fitted))
    assert (again.trajectory_.weights == fitted.trajectory_.weights).all()
    assert fitted.intercept_.tolist() == [0.0, 0.0, 0.0]
    with pytest.raises(TypeError, match="Sparse data was passed"):
        fitted.fit(csr_matrix(CLASSES.X), labels)


def test_importing_logreg_does_not_import_it():
    code = "import sys, logreg; print('logreg.estimator' in sys.modules, 'sklearn' in sys.modules)"
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_scores_beyond_float64_are_infinite_without_a_warning():
    model = GradientDescentClassifier().fit([[0.0], [1.0], [2.0], [2.5], [9.0]], [0, 0, 1, 0, 1])
    assert model.coef_[0, 0] > 1.1
    assert model.decision_function([[1.7e308], [-1.7e308]]).tolist() == [np.inf, -np.inf]
    assert model.predict([[1.7e308], [-1.7e308]]).tolist() == [1, 0]


@pytest.mark.parametrize("kinds", [2, 3])
def test_a_run_that_ends_far_from_the_minimum_says_so_and_one_that_is_there_does_not(kinds):
    X = np.random.default_rng(0).normal(size=(300, 2))
    y = np.arange(300) % kinds
    with pytest.warns(ConvergenceWarning, match=r"limit of 200 steps, where a component .* not convergence\. Scale X"):
        GradientDescentClassifier(n_steps=200).fit(X * [1.0, 200.0] + [0.0, 900.0], y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        GradientDescentClassifier(n_steps=200).fit(X, y)


def test_scores_beyond_float64_are_probabilities_too():
    fitted = GradientDescentClassifier(learning_rate=100.0, n_steps=50, l2=1e-3)
    fitted.fit([[0.0], [1.0], [2.0], [0.5], [1.5], [1.2]], [0, 1, 2, 1, 1, 2])
    sure = fitted.predict_proba([[1.7e308], [-1.7e308]])
    assert sure.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
