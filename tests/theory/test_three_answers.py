"""Three answers to one question: where they agree, and where they cannot."""

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline, online_course
from logreg.data.registry import make_dataset
from logreg.theory.regularisation import sklearn_penalty
from logreg.theory.three_answers import agreeing_digits, by_hand, by_logreg, by_scikit_learn
from logreg.training.model import Model

MIXED = make_dataset("overlapping_blobs")


@pytest.mark.parametrize("l2", [0.0, 0.05])
def test_where_there_is_a_minimum_all_three_find_it(l2):
    hand, ours, theirs = by_hand(MIXED, 10_000, l2), by_logreg(MIXED, 10_000, l2), by_scikit_learn(MIXED, l2)
    assert agreeing_digits(hand.model, ours.model) >= 12
    assert agreeing_digits(ours.model, theirs.model) >= 6
    assert max(one.slope for one in (hand, ours, theirs)) < 1e-8


@pytest.mark.parametrize("dataset", [headline(), online_course()], ids=["lecture", "course"])
def test_on_separable_points_no_two_stopping_rules_agree(dataset):
    ours, theirs = by_logreg(dataset, 10_000), by_scikit_learn(dataset)
    assert agreeing_digits(ours.model, theirs.model) == 0
    assert np.linalg.norm(theirs.model.weights) > 2 * np.linalg.norm(ours.model.weights)


@pytest.mark.parametrize("dataset", [MIXED, headline()], ids=["mixed", "apart"])
def test_as_it_comes_scikit_learn_answers_the_question_with_c_one(dataset):
    own = by_scikit_learn(dataset, as_it_comes=True)
    asked = by_logreg(dataset, 10_000, sklearn_penalty(dataset))
    assert agreeing_digits(own.model, asked.model) >= 3
    assert agreeing_digits(own.model, by_logreg(dataset, 10_000).model) <= 2


def test_it_refuses_one_class():
    assert by_scikit_learn(Dataset([[0.0], [1.0]], [1, 1])) is None


@pytest.mark.parametrize(("change", "digits"), [(0.0, 16), (9e-4, 3), (5e-10, 9), (1.0, 0), (1e-17, 16), (-3.0, 0)])
def test_digits_are_those_of_the_relative_difference(change, digits):
    assert agreeing_digits(Model([0.0, 2.0]), Model([0.0, 2.0 + 2.0 * change])) == digits
    assert agreeing_digits(Model([0.0]), Model([0.0])) == 16
