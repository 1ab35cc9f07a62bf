"""Logistic regression in plain NumPy: the public names, in the order of the data's path."""

from logreg.dataset import Dataset
from logreg.datasets import DATASETS, DatasetSpec, centred, flip_label, make_dataset
from logreg.knobs import Knob
from logreg.csv_files import read_csv, to_csv
from logreg.model import Model, gradient, hessian, log_sigmoid, loss, sigmoid, smoothness
from logreg.trajectory import StopReason, Trajectory
from logreg.trainer import TrainingConfig, train
from logreg.separability import Separability, SeparabilityUnresolved, check_separability, proves
from logreg.margin import MaxMargin, NotSeparable, max_margin
from logreg.optimum import NoFiniteOptimum, OptimumOutOfReach, optimum
from logreg.theory import angle_to_limit

__all__ = [
    "Dataset",
    "DATASETS",
    "DatasetSpec",
    "Knob",
    "make_dataset",
    "flip_label",
    "centred",
    "read_csv",
    "to_csv",
    "sigmoid",
    "log_sigmoid",
    "Model",
    "loss",
    "gradient",
    "hessian",
    "smoothness",
    "TrainingConfig",
    "train",
    "Trajectory",
    "StopReason",
    "check_separability",
    "Separability",
    "SeparabilityUnresolved",
    "proves",
    "max_margin",
    "MaxMargin",
    "NotSeparable",
    "optimum",
    "NoFiniteOptimum",
    "OptimumOutOfReach",
    "angle_to_limit",
]
