"""Logistic regression in plain NumPy: the public names, in the order of the data's path."""

from logreg.dataset import Dataset
from logreg.datasets import DATASETS, DatasetSpec, centred, flip_label, make_dataset
from logreg.knobs import Knob
from logreg.csv_files import read_csv, to_csv
from logreg.model import Model, gradient, hessian, log_sigmoid, loss, sigmoid, smoothness
from logreg.trajectory import StopReason, Trajectory
from logreg.trainer import TrainingConfig, train
from logreg.separability import Separability, SeparabilityUnresolved, check_separability, proves
from logreg.margin import MarginOutOfReach, MaxMargin, NotSeparable, max_margin
from logreg.optimum import NoFiniteOptimum, OptimumOutOfReach, is_unique, optimum
from logreg.flow import FlowEnd, FlowResult, continue_run, gradient_flow
from logreg.asymptotics import Asymptotics, asymptotics
from logreg.theory import angle_to_limit, first_reliable_step, predicted_loss, predicted_norm, slope_per_decade
from logreg.directions import LeastCost, direction_cost, least_cost
from logreg.landscape import LossGrid, RayBalance, RayLoss, loss_along_ray, loss_grid, point_pulls, ray_balance
from logreg.penalty import (
    HeldOut,
    PenaltyPath,
    angle_off_path,
    held_out,
    on_path,
    penalty_of_norm,
    penalty_path,
    sklearn_penalty,
    train_and_held_out,
)

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
    "predicted_norm",
    "predicted_loss",
    "first_reliable_step",
    "slope_per_decade",
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
    "penalty_path",
    "PenaltyPath",
    "penalty_of_norm",
    "sklearn_penalty",
    "on_path",
    "angle_off_path",
    "held_out",
    "HeldOut",
    "train_and_held_out",
]
