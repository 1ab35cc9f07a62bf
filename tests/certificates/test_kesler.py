"""Kesler's construction: the binary verdict where C = 2, a linear programme as a judge, the run that it foretells."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from logreg.certificates.kesler import check_classes, kesler
from logreg.certificates.margin import NotSeparable, max_margin
from logreg.certificates.separability import check_separability, proves
from logreg.data.dataset import Dataset
from logreg.data.multiclass import MulticlassDataset, three_blobs
from logreg.theory.angles import angle_between
from logreg.training.config import TrainingConfig
from logreg.training.softmax import train_softmax

COORDINATES = st.tuples(st.integers(-2, 2), st.integers(-2, 2))


def relabelled(data, index, label):
    y = data.y.copy()
    y[index] = label
    return MulticlassDataset(data.X, y)


@given(st.lists(COORDINATES, min_size=2, max_size=7), st.data())
@settings(max_examples=60)
def test_two_classes_get_the_binary_verdict(points, draw):
    labels = [0, 1, *draw.draw(st.lists(st.integers(0, 1), min_size=len(points) - 2, max_size=len(points) - 2))]
    binary = check_separability(Dataset(points, labels))
    ours = check_classes(MulticlassDataset(points, labels))
    assert (ours.kind, ours.separated) == (binary.kind, binary.separated)


@given(st.lists(COORDINATES, min_size=4, max_size=7), st.data())
@settings(max_examples=60)
def test_three_classes_are_separable_just_where_a_linear_programme_finds_weights(points, draw):
    labels = [0, 1, 2, *draw.draw(st.lists(st.integers(0, 2), min_size=len(points) - 3, max_size=len(points) - 3))]
    data = MulticlassDataset(points, labels)
    rows = [
        np.kron(np.eye(3)[y] - np.eye(3)[k], [*x, 1])
        for x, y in zip(points, labels, strict=True)
        for k in {0, 1, 2} - {y}
    ]
    judge = linprog(np.zeros(9), A_ub=-np.array(rows), b_ub=-np.ones(len(rows)), bounds=(None, None))
    verdict = check_classes(data)
    assert (verdict.kind == "separable") == (judge.status == 0)
    assert proves(verdict, kesler(data))


def test_the_three_clouds_are_told_apart_and_one_wrong_label_mostly_leaves_a_class_that_can_still_be_told():
    assert [check_classes(three_blobs(d)).kind for d in (2.0, 0.8, 0.4)] == ["separable", "separable", "overlapping"]
    data = three_blobs(2.0)
    kinds = Counter(check_classes(relabelled(data, i, (data.y[i] + 1) % 3)).kind for i in range(30))
    assert kinds["overlapping"] == 0
    assert kinds["quasi-separable"] > 15


def test_the_run_of_separable_clouds_turns_to_the_widest_w_and_its_norm_grows_by_the_margin():
    data = three_blobs(2.0)
    widest = max_margin(kesler(data), "none")
    run = train_softmax(data, TrainingConfig(n_steps=20_000))
    norms = {step: run.parameter_norm[run.steps.tolist().index(step)] for step in (100, 1000, 10_000)}
    angles = angle_between(run.weights[:, :, :].reshape(len(run.steps), -1)[1:], widest.weights)
    assert angles[-1] < 3 < angles[10]
    decade = np.log(10) / widest.margin
    assert norms[10_000] - norms[1000] == pytest.approx(decade, rel=0.12)
    assert abs(norms[10_000] - norms[1000] - decade) < abs(norms[1000] - norms[100] - decade)


def test_two_classes_have_half_the_binary_weights_each_way():
    X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]
    binary = max_margin(Dataset(X, y))
    ours = max_margin(kesler(MulticlassDataset(X, y)), "none").weights.reshape(2, 3)
    np.testing.assert_allclose(ours[1] - ours[0], [*binary.weights, binary.bias], rtol=1e-12)
    with pytest.raises(NotSeparable):
        max_margin(kesler(three_blobs(0.4)), "none")
