"""Points held out, judged by the models of a run."""

import numpy as np
import pytest

from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline, train_and_held_out
from logreg.theory.held_out import held_out
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective, loss
from logreg.training.trainer import train

A = headline()


def run_of(dataset, n_steps):
    return train(dataset, TrainingConfig(n_steps=n_steps, objective=Objective(fit_bias=False)))


def test_held_out_agrees_with_the_model_at_every_record():
    sample, fresh = train_and_held_out()
    run = train(sample, TrainingConfig(n_steps=30))
    judged = held_out(run, fresh)
    for i in range(run.n_records):
        model = run.model_at(int(run.steps[i]))
        p, right = model.predict_proba(fresh.X), model.predict(fresh.X) == fresh.y
        confidence = np.maximum(p, 1 - p)
        np.testing.assert_allclose(judged.loss[i], loss(model, fresh))
        np.testing.assert_allclose(judged.accuracy[i], right.mean())
        np.testing.assert_allclose(judged.confidence[i], confidence.mean())
        np.testing.assert_allclose(judged.wrong_confidence[i], confidence[~right].mean())
    np.testing.assert_array_equal(judged.training_loss, run.data_loss)


def test_where_nothing_is_wrong_there_is_no_confidence_of_the_wrong():
    run = run_of(A, 5)
    assert np.isnan(held_out(run, A).wrong_confidence[1:]).all()
    with pytest.raises(ValueError, match="features"):
        held_out(run, Dataset([[1.0]], [1]))


def test_held_out_accuracy_stands_still_while_cross_entropy_and_confidence_rise():
    sample, fresh = train_and_held_out()
    assert check_separability(sample, fit_bias=False).kind == "separable"
    assert check_separability(fresh, fit_bias=True).kind == "overlapping"
    run = run_of(sample, 100_000)
    judged, late = held_out(run, fresh), run.steps >= 10
    assert run.steps[judged.best] == 35
    assert np.ptp(judged.accuracy[late]) <= 0.0041
    assert (np.diff(judged.loss[judged.best :]) > 0).all()
    assert (np.diff(judged.confidence[1:]) > 0).all()
    np.testing.assert_allclose(judged.loss[[judged.best, -1]], [0.13085, 0.88241], rtol=1e-4)
    np.testing.assert_allclose(judged.accuracy[[judged.best, -1]], [0.9515, 0.9495])
    np.testing.assert_allclose(judged.confidence[[judged.best, -1]], [0.94900, 0.99554], rtol=1e-4)
    np.testing.assert_allclose(judged.wrong_confidence[[judged.best, -1]], [0.75085, 0.95954], rtol=1e-4)
