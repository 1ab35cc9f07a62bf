"""Figures: pure functions from data to Plotly figures, the last stop before a page."""

from logreg.figures.curves import loss_curve, loss_curve_alt, norm_growth, norm_growth_alt
from logreg.figures.numbers import format_number
from logreg.figures.plane import decision_boundary, decision_boundary_alt
from logreg.figures.steps import step_axis, step_position
from logreg.figures.theme import DARK, LIGHT, Theme, theme_for
from logreg.figures.window import data_window

__all__ = [
    "DARK",
    "LIGHT",
    "Theme",
    "data_window",
    "decision_boundary",
    "decision_boundary_alt",
    "format_number",
    "loss_curve",
    "loss_curve_alt",
    "norm_growth",
    "norm_growth_alt",
    "step_axis",
    "step_position",
    "theme_for",
]
