"""Every picture, of every kind of data, in both appearances: what the stage and a reader can rely on."""

import json
import re

import numpy as np
import pytest

from logreg.certificates.margin import max_margin
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import train_and_held_out
from logreg.figures.balance import balance
from logreg.figures.comparison import turning, two_losses, two_norms
from logreg.figures.compass import direction_circle
from logreg.figures.early_stopping import early_stopping
from logreg.figures.held_out import held_out_confidence, held_out_losses
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.one_weight import one_weight_loss
from logreg.figures.penalty import penalty_dial, penalty_losses
from logreg.figures.picture import Picture, picture
from logreg.figures.plane import decision_boundary
from logreg.figures.pulls import pulls
from logreg.figures.rays import loss_ray
from logreg.figures.regimes import three_regimes
from logreg.figures.series import Series
from logreg.figures.theme import DARK, LIGHT
from logreg.figures.weight_space import landscape, landscape_levels, landscape_window
from logreg.theory.asymptotics import asymptotics
from logreg.theory.held_out import held_out
from logreg.theory.landscape import loss_grid
from logreg.theory.regularisation import regularisation_path
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.samples import DATA, norm, target

OF_THE_PLANE = {"scaleanchor", "scaleratio"}
CONFIG = TrainingConfig(n_steps=200, objective=Objective(fit_bias=False))
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def of_weights(dataset, theme):
    """Return the pictures of weight space of a data set."""
    model, law = target(dataset), asymptotics(dataset, fit_bias=False)
    path, free = train(dataset, CONFIG).weights, law.direction is not None
    grid = loss_grid(dataset, landscape_window([path]), (20, 25))
    levels, known = (
        landscape_levels([grid]),
        {"optimum": None if free else model, "ray": law.direction if free else None},
    )
    return [
        loss_ray(dataset, model, marked=None if free else norm(model), theme=theme),
        balance(dataset, model, name="A", theme=theme),
        direction_circle(dataset, weights=path[-1], name="A", theme=theme),
        pulls(dataset, model, name="A", theme=theme),
        landscape(grid, path, levels=levels, title="A", theme=theme, **known),
    ]


def of_runs(dataset, theme):
    """Return the pictures of the points and the run of a data set."""
    run = train(dataset, CONFIG)
    proof = {"separability": check_separability(dataset)}
    if proof["separability"].kind == "separable" and 0 < dataset.y.sum() < dataset.n_samples:
        proof["max_margin"] = max_margin(dataset, "free")
    norms, losses = (Series("A", run.steps, values) for values in (run.weight_norm, run.loss))
    penalties = regularisation_path(dataset, [0.0, 0.01, 0.1, 1.0], fit_bias=False)
    return [
        decision_boundary(dataset, run.model, **proof, theme=theme),
        decision_boundary(dataset, run.model, compact=True, title="A", flipped=0, theme=theme),
        norm_growth(run, no_minimum="no minimum", pinned=run, theme=theme),
        loss_curve(run, optimum_loss=0.1, theme=theme),
        two_norms((norms, norms), flow_from=10, theme=theme),
        two_norms((norms, norms), anonymous=True, theme=theme),
        two_losses((losses, losses), theme=theme),
        turning((norms, norms), theme=theme),
        penalty_dial(penalties, 0.1, sklearn_l2=0.01, limit_norm=1.0, theme=theme),
        penalty_losses(penalties, 0.1, theme=theme),
        early_stopping(penalties, run, theme=theme),
    ]


def others(theme):
    """Return the pictures with points of their own."""
    sample, fresh = train_and_held_out()
    run = train(sample, CONFIG)
    judged = held_out(run, fresh)
    three = [Dataset([[1.0]] * 3, labels) for labels in ([1, 1, 1], [1, 1, 0])]
    norms = Series("gap", run.steps, run.weight_norm)
    return [
        three_regimes([norms, norms, norms], mark=100, theme=theme),
        held_out_losses(judged, run.steps, theme=theme),
        held_out_confidence(judged, run.steps, theme=theme),
        one_weight_loss(three, ["A", "B"], [None, np.log(2.0)], theme=theme),
    ]


def all_pictures(theme, name):
    return [*of_weights(DATA[name], theme), *of_runs(DATA[name], theme), *others(theme)]


@THEMES
@pytest.mark.parametrize("name", DATA)
def test_every_picture_says_in_words_and_by_meaning_what_it_shows(name, theme):
    for shown in all_pictures(theme, name):
        assert shown.alt.endswith(".")
        assert "nan" not in shown.alt
        assert "<" not in shown.alt, "words hold no markup"
        parts = [(trace.meta["role"], trace.meta["part"]) for trace in shown.figure.data]
        assert len(set(parts)) == len(parts)


@THEMES
@pytest.mark.parametrize("name", DATA)
def test_every_picture_has_ranges_and_a_height_but_no_width_and_is_plain_json(name, theme):
    for shown in all_pictures(theme, name):
        layout = shown.figure.layout
        for axis in (layout.xaxis, layout.yaxis):
            low, high = axis.range
            assert low < high
        assert layout.width is None
        assert layout.height > 0
        assert layout.font.color == theme.text
        json.loads(shown.figure.to_json())


@THEMES
def test_every_colour_in_a_picture_comes_from_its_theme(theme):
    known = {c.lower() for c in (*vars(theme).values(), *theme.classes) if isinstance(c, str)}
    seen = set()
    for shown in all_pictures(theme, "separable"):
        plain = [trace.to_plotly_json() for trace in shown.figure.data if trace.type != "contour"]  # shades between two
        used = set(
            re.findall(
                '"(#[0-9a-f]{6})"', json.dumps([plain, shown.figure.layout.to_plotly_json()], default=str).lower()
            )
        )
        assert used
        assert used <= known
        seen |= used
    assert theme.run_b.lower() in seen


def test_what_a_stage_plays_is_told_from_what_stands_still():
    kinds = [shown.figure.layout.meta for shown in all_pictures(LIGHT, "overlapping")]
    assert [("quantity" in meta) + ("static" in meta) + ("field" in meta) for meta in kinds] == [1] * len(kinds)


def test_large_random_data_can_be_drawn_in_few_bytes():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2)) * 50
    dataset = Dataset(X, (X @ [1.0, 2.0] + 60 * rng.normal(size=200) > 0).astype(int))
    for shown in of_weights(dataset, LIGHT)[:-1]:
        assert len(shown.figure.to_json()) < 120_000


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt"):
        picture([], {}, " ")
    with pytest.raises(ValueError, match="alt"):
        Picture((), {}, "")
