"""Figures for a notebook: each takes what `logreg` returns, and gives one Plotly figure that stands alone.

`figure.show()`, or the figure on the last line of a cell, draws it; `figure.write_html("figure.html")` keeps it. Its
words, for those who cannot see it, are in `figure.layout.meta["alt"]`. Plotly draws: `pip install plotly`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from logreg.certificates.margin import MaxMargin
from logreg.certificates.separability import Separability
from logreg.data.checks import check_type, checked_choice, shown
from logreg.figures import comparison, one_run, plane
from logreg.figures.picture import Picture
from logreg.figures.series import Series
from logreg.figures.theme import PICTURE_HEIGHT, Theme, mixed, theme_for
from logreg.training.model import Model
from logreg.training.objective import loss
from logreg.training.trajectory import Trajectory

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_ROOM = 56  # pixels right of a plot, for the end of a name or the numbers of a colour bar
_LETTER = 10  # pixels, at most, of a bold letter of a title's size


def decision_boundary(
    run: Trajectory,
    *,
    step: int | None = None,
    proof: Separability | MaxMargin | None = None,
    theme: Literal["light", "dark"] = "light",
) -> Figure:
    """Draw the points, the line w·x + b = 0 where p = 1/2, and the probability p of class 1 as a field of colour.

    Parameters
    ----------
    run : Trajectory
        Of two features, from `train`.
    step : int or None
        From 0 to the run's last step, which is the default.
    proof : Separability, MaxMargin or None
        From `check_separability`, it draws the hulls of the classes, and the point that they share; from `max_margin`,
        the line of largest margin with its band and support vectors.
    theme : {"light", "dark"}
        Which colours.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    TypeError
        If `run` is no trajectory, or `proof` neither of the two.
    ValueError
        If the data do not lie in a plane, the run has no such step, or the theme has another name.

    Examples
    --------
    >>> from logreg import make_dataset, max_margin, train
    >>> run = train(make_dataset("separable_blobs", gap=1.0))
    >>> figure = decision_boundary(run, proof=max_margin(run.dataset, "free"))
    >>> figure.layout.title.text
    '4.423·x₁ + 0.3683·x₂ + 0.2144 = 0 at step 1,000'
    >>> figure.data[0].type, figure.data[0].colorbar.title.text
    ('heatmap', 'p')
    """
    check_type(Trajectory, run=run)
    if not isinstance(proof, Separability | MaxMargin | None):
        raise TypeError(f"proof: expected what check_separability or max_margin gives, got {type(proof).__name__}.")
    at = run.last_step if step is None else step
    model, colours = run.model_at(at), _colours(theme)
    known: dict[str, Any] = {"separability" if isinstance(proof, Separability) else "max_margin": proof}
    drawn = plane.decision_boundary(run.dataset, model, step=at, theme=colours, **known)
    figure = _alone(plane.with_field(drawn, model), colours)
    figure.update_layout(title_text=f"{figure.layout.title.text} at step {at:,}", margin_r=_ROOM)
    figure.update_traces(_field(figure.data[0].opacity, colours), {"type": "heatmap"})
    for label in (0, 1):
        said = f"class {label} at (%{{x:.4~g}}, %{{y:.4~g}})<extra></extra>"
        figure.update_traces({"hoverinfo": None, "hovertemplate": said}, {"name": f"class {label}"})
    return figure


def norm_growth(
    run: Trajectory,
    beside: Trajectory | None = None,
    *,
    minimum: Model | None = None,
    names: tuple[str, str] = ("A", "B"),
    theme: Literal["light", "dark"] = "light",
) -> Figure:
    """Draw ‖w‖ over the steps, on a log axis: a line that rises for ever, or a plateau.

    Parameters
    ----------
    run : Trajectory
        From `train`.
    beside : Trajectory or None
        A second run on the same chart.
    minimum : Model or None
        The minimiser of the first run's loss, from `optimum`: its ‖w*‖ is a dashed line.
    names : pair of str
        What the two runs are called, where there are two.
    theme : {"light", "dark"}
        Which colours.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    TypeError
        If `run` or `beside` is no trajectory of two classes, or `minimum` no model.
    ValueError
        If there are not two names, or the theme has another name.

    Examples
    --------
    >>> from logreg import make_dataset, optimum, train
    >>> apart, mixed = (train(make_dataset(name)) for name in ("separable_blobs", "overlapping_blobs"))
    >>> norm_growth(mixed, apart, minimum=optimum(mixed.dataset), names=("mixed", "apart")).layout.title.text
    '‖w‖ at step 1,000: mixed 2.979, apart 4.438'
    """
    _check_curves(run, beside, minimum, names)
    target, colours = None if minimum is None else hypot(*minimum.weights), _colours(theme)
    if beside is None:
        return _alone(one_run.norm_growth(run, optimum_norm=target, theme=colours), colours)
    drawn = comparison.two_norms(_pair("weight_norm", (run, beside), names, target, "‖w*‖"), theme=colours)
    return _named(drawn, names, colours)


def loss_curve(
    run: Trajectory,
    beside: Trajectory | None = None,
    *,
    minimum: Model | None = None,
    names: tuple[str, str] = ("A", "B"),
    theme: Literal["light", "dark"] = "light",
) -> Figure:
    """Draw the loss over the steps, on a log axis where it falls far; a penalty is part of it.

    Parameters
    ----------
    run, beside, minimum, names, theme
        As for `norm_growth`; the dashed line is the loss of the minimiser.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    TypeError, ValueError
        As for `norm_growth`.

    Examples
    --------
    >>> from logreg import make_dataset, train
    >>> loss_curve(train(make_dataset("separable_blobs", gap=1.0))).layout.title.text
    'Loss at step 1,000: 0.004380'
    """
    _check_curves(run, beside, minimum, names)
    target, colours = None if minimum is None else loss(minimum, run.dataset, run.config.objective), _colours(theme)
    if beside is None:
        return _alone(one_run.loss_curve(run, optimum_loss=target, theme=colours), colours)
    pair = _pair("loss", (run, beside), names, target, "minimum")
    drawn = comparison.two_losses(pair, label=one_run.name_of_loss(run, beside), theme=colours)
    return _named(drawn, names, colours)


def _colours(theme: str) -> Theme:
    return theme_for(checked_choice("theme", theme, "light", "dark"))


def _check_curves(run: Trajectory, beside: Trajectory | None, minimum: Model | None, names: tuple[str, str]) -> None:
    check_type(Trajectory, run=run, beside=run if beside is None else beside)
    if minimum is not None:
        check_type(Model, minimum=minimum)
    if not isinstance(names, Sequence) or len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise ValueError(f"names: expected two names, got {shown(names)}.")


def _field(opacity: float, theme: Theme) -> dict[str, Any]:
    """Return the look of a field with a bar: what lay under it is in its colours, since a bar lets nothing through."""
    scale = [[at, mixed(theme.background, str(colour), opacity)] for at, colour in theme.field_scale]
    bar = {"title": {"text": "p"}, "thickness": 14, "outlinewidth": 0}
    said = {"hoverinfo": None, "hovertemplate": "p = %{z:.4~g}<extra></extra>"}
    return {"opacity": 1.0, "colorscale": scale, "showscale": True, "colorbar": bar, **said}


def _pair(
    quantity: str, runs: tuple[Trajectory, Trajectory], names: tuple[str, str], target: float | None, of: str
) -> list[Series]:
    targets = (target, None)
    return [
        Series(name, one.steps.astype(np.float64), getattr(one, quantity), target=at, target_name=of)
        for one, name, at in zip(runs, names, targets, strict=True)
    ]


def _alone(drawn: Picture, theme: Theme) -> Figure:
    """Return the figure on a background of its own, high enough for a page, with its words."""
    figure = drawn.figure
    height = max(figure.layout.height, PICTURE_HEIGHT)
    figure.update_layout(height=height, paper_bgcolor=theme.background, plot_bgcolor=theme.background)
    figure.update_layout(meta={"alt": drawn.alt}, dragmode="zoom", overwrite=True)
    return figure


def _named(drawn: Picture, names: tuple[str, str], theme: Theme) -> Figure:
    """Return the figure with room for the names at the ends of the curves, and none of them twice."""
    figure = _alone(drawn, theme)
    figure.update_traces(mode="markers", selector={"mode": "markers+text"})
    room = _ROOM + _LETTER * max(map(len, names))
    return figure.update_layout(margin_r=max(figure.layout.margin.r, room))
