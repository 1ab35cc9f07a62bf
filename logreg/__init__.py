"""Logistic regression in plain NumPy: the public names, in the order of the data's path.

Make points or read them (`make_dataset`, `Dataset`, `read_csv`); ask before any training what is certain
(`check_separability`, `max_margin`, `optimum`); `train` by gradient descent; hold the run against theory
(`asymptotics`, `growth`, `gradient_flow`, `regularisation_path`). More than two classes: `MulticlassDataset`,
`train_softmax`, `check_classes`.

X has shape (n_samples, n_features), y holds 0 and 1, and a `Model` is p = σ(w·x + b). The loss is the MEAN
cross-entropy plus l2/2·‖w‖²; there is no penalty unless you ask for one. A wrong argument raises an error that names
it.

`logreg.plots` draws (with Plotly), `logreg.estimator` is a scikit-learn classifier; both are imported by name.

Examples
--------
>>> from logreg import check_separability, make_dataset, train
>>> points = make_dataset("separable_blobs", gap=1.0)
>>> check_separability(points).kind
'separable'
>>> round(float(train(points).weight_norm[-1]), 3)  # ‖w‖ after 1,000 steps; it grows for ever
4.438
"""

from logreg.data.checks import BeyondFloat64
from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS, DatasetSpec, make_dataset
from logreg.data.transforms import centred, flip_label
from logreg.data.knobs import Knob
from logreg.data.lecture_sets import train_and_held_out
from logreg.data.csv_files import read_csv, to_csv
from logreg.data.multiclass import MulticlassDataset
from logreg.training.model import Model, log_sigmoid, sigmoid
from logreg.training.objective import Objective, gradient, hessian, loss, smoothness
from logreg.training.descent import descend
from logreg.training.trajectory import StopReason, Trajectory
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.training.softmax import SoftmaxRun, train_softmax
from logreg.certificates.separability import Separability, check_separability, proves
from logreg.certificates.kesler import check_classes
from logreg.certificates.margin import MarginOutOfReach, MaxMargin, NotSeparable, max_margin
from logreg.certificates.optimum import NoFiniteOptimum, OptimumOutOfReach, is_unique, optimum
from logreg.theory.flow import FlowEnd, FlowResult, continue_run, gradient_flow
from logreg.theory.asymptotics import Asymptotics, asymptotics
from logreg.theory.growth import Growth, growth
from logreg.theory.laws import angle_to_limit, law_error
from logreg.theory.directions import LeastCost, direction_cost, least_cost
from logreg.theory.landscape import LossGrid, RayBalance, RayLoss, loss_along_ray, loss_grid, point_pulls, ray_balance
from logreg.theory.regularisation import (
    RegularisationPath,
    angle_off_path,
    on_path,
    penalty_of_norm,
    regularisation_path,
    sklearn_penalty,
)
from logreg.theory.held_out import HeldOut, held_out

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
    "MulticlassDataset",
    "BeyondFloat64",
    "sigmoid",
    "log_sigmoid",
    "Model",
    "Objective",
    "loss",
    "gradient",
    "hessian",
    "smoothness",
    "descend",
    "TrainingConfig",
    "train",
    "Trajectory",
    "StopReason",
    "train_softmax",
    "SoftmaxRun",
    "check_separability",
    "Separability",
    "proves",
    "check_classes",
    "max_margin",
    "MaxMargin",
    "NotSeparable",
    "MarginOutOfReach",
    "optimum",
    "is_unique",
    "NoFiniteOptimum",
    "OptimumOutOfReach",
    "gradient_flow",
    "continue_run",
    "FlowResult",
    "FlowEnd",
    "asymptotics",
    "Asymptotics",
    "growth",
    "Growth",
    "law_error",
    "angle_to_limit",
    "direction_cost",
    "least_cost",
    "LeastCost",
    "loss_along_ray",
    "RayLoss",
    "ray_balance",
    "RayBalance",
    "point_pulls",
    "loss_grid",
    "LossGrid",
    "regularisation_path",
    "RegularisationPath",
    "penalty_of_norm",
    "sklearn_penalty",
    "on_path",
    "angle_off_path",
    "held_out",
    "HeldOut",
    "train_and_held_out",
]
