"""Figures: pure functions from data to Plotly figures, the last stop before a page."""

from logreg.figures.angles import turning, turning_alt
from logreg.figures.comparison import RunCurve, two_losses, two_losses_alt, two_norms, two_norms_alt
from logreg.figures.compass import direction_circle, direction_circle_alt, pulls, pulls_alt
from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.numbers import format_number
from logreg.figures.one_weight import one_weight_loss, one_weight_loss_alt
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.rays import balance, balance_alt, loss_ray, loss_ray_alt
from logreg.figures.regimes import three_regimes, three_regimes_alt
from logreg.figures.steps import step_axis, step_position
from logreg.figures.taming import (
    early_stopping,
    early_stopping_alt,
    held_out_curves,
    held_out_curves_alt,
    penalty_dial,
    penalty_dial_alt,
    penalty_losses,
    penalty_losses_alt,
)
from logreg.figures.theme import DARK, LIGHT, Theme, theme_for
from logreg.figures.weight_space import landscape, landscape_alt, landscape_levels, landscape_window
from logreg.figures.window import data_window

__all__ = [
    "DARK",
    "LIGHT",
    "RunCurve",
    "Theme",
    "balance",
    "balance_alt",
    "data_window",
    "decision_boundary",
    "decision_boundary_alt",
    "direction_circle",
    "direction_circle_alt",
    "early_stopping",
    "early_stopping_alt",
    "format_number",
    "held_out_curves",
    "held_out_curves_alt",
    "landscape",
    "landscape_alt",
    "landscape_levels",
    "landscape_window",
    "loss_curve",
    "loss_curve_alt",
    "loss_ray",
    "loss_ray_alt",
    "norm_growth",
    "norm_growth_alt",
    "one_weight_loss",
    "one_weight_loss_alt",
    "penalty_dial",
    "penalty_dial_alt",
    "penalty_losses",
    "penalty_losses_alt",
    "pulls",
    "pulls_alt",
    "step_axis",
    "step_position",
    "theme_for",
    "three_regimes",
    "three_regimes_alt",
    "turning",
    "turning_alt",
    "two_losses",
    "two_losses_alt",
    "two_norms",
    "two_norms_alt",
]
