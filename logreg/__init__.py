"""Logistic regression in plain NumPy: the public names, in the order of the data's path."""

from logreg.data.dataset import Dataset
from logreg.data.registry import DATASETS, DatasetSpec, centred, flip_label, make_dataset
from logreg.data.knobs import Knob
from logreg.data.lecture_sets import train_and_held_out
from logreg.data.csv_files import read_csv, to_csv
from logreg.training.model import Model, log_sigmoid, sigmoid
from logreg.training.objective import Objective, gradient, hessian, loss, smoothness
from logreg.training.descent import descend
from logreg.training.trajectory import StopReason, Trajectory
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.certificates.separability import Separability, check_separability, proves
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
    "check_separability",
    "Separability",
    "proves",
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
