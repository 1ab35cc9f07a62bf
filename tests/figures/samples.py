"""Data sets of every kind that the pictures of weight space are tried on, and where their runs go."""

import numpy as np

from logreg.certificates.optimum import optimum
from logreg.data.dataset import Dataset
from logreg.theory.asymptotics import asymptotics
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.training.trainer import train

POINTS = np.array([(0.5, 1.5), (1.5, 0.5), (1.6, 2.2), (2.2, 1.6), (2.6, 2.4), (1.2, 3), (3, 1.2), (2, 3.1)])


def headline(flipped=None):
    labels = np.repeat([1, 0], 8)
    if flipped is not None:
        labels[flipped] = 0
    return Dataset(np.concatenate([POINTS, -POINTS]), labels)


SEPARABLE, QUASI, OVERLAPPING = headline(), headline(0), headline(4)
XOR = Dataset([[-1, -1], [1, 1], [-1, 1], [1, -1]], [0, 0, 1, 1])
ONE_CLASS = Dataset([[1.0, 0.5], [2.0, 1.0], [0.5, 2.0]], [1, 1, 1])
COLLINEAR = Dataset([[1.0, 1.0], [2.0, 2.0], [1.0, 1.0]], [1, 1, 0])
AT_ORIGIN = Dataset([[0.0, 0.0], [0.0, 0.0]], [0, 1])
DATA = {
    "separable": SEPARABLE,
    "quasi-separable": QUASI,
    "overlapping": OVERLAPPING,
    "XOR": XOR,
    "one class": ONE_CLASS,
    "collinear": COLLINEAR,
    "at the origin": AT_ORIGIN,
}


def best(dataset):
    return optimum(dataset, Objective(fit_bias=False))


def target(dataset):
    """Return the optimum, or where there is none the direction that the run turns to."""
    law = asymptotics(dataset, fit_bias=False)
    return best(dataset) if law.direction is None else Model(law.direction[:2])


def norm(model):
    return float(np.linalg.norm(model.weights))


def path_to(dataset, n_steps=200):
    return train(dataset, TrainingConfig(n_steps=n_steps, objective=Objective(fit_bias=False))).weights
