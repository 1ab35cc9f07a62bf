"""A figure for a notebook stands alone: title, axes, names, hover, words, and a background of its own."""

import pytest

from logreg import (
    Objective,
    TrainingConfig,
    check_separability,
    make_dataset,
    max_margin,
    optimum,
    plots,
    train,
)
from logreg.figures.theme import DARK, LIGHT

APART, MIXED = (train(make_dataset(name)) for name in ("separable_blobs", "overlapping_blobs"))
BEST = optimum(MIXED.dataset)
NAMES = ("overlapping", "separable")
FIGURES = {
    "plane": (plots.decision_boundary, (APART,), {}),
    "norm": (plots.norm_growth, (APART,), {}),
    "loss": (plots.loss_curve, (APART,), {}),
    "norms": (plots.norm_growth, (MIXED, APART), {"minimum": BEST, "names": NAMES}),
    "losses": (plots.loss_curve, (MIXED, APART), {"minimum": BEST, "names": NAMES}),
}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("draw", "runs", "known"), FIGURES.values(), ids=FIGURES)
def test_a_figure_stands_alone(draw, runs, known, theme):
    layout = draw(*runs, **known, theme=theme.name).layout
    assert layout.title.text
    assert layout.xaxis.title.text
    assert layout.yaxis.title.text
    assert layout.meta["alt"]
    assert layout.height >= 400
    assert layout.paper_bgcolor == layout.plot_bgcolor == theme.background


def test_the_plane_shows_the_probability_with_its_scale_and_says_it_under_the_mouse():
    figure = plots.decision_boundary(APART, step=3)
    field, points = figure.data[0], [trace for trace in figure.data if trace.name in ("class 0", "class 1")]
    assert (field.type, field.showscale, field.opacity) == ("heatmap", True, 1.0)
    assert field.z[0, 0] == pytest.approx(APART.model_at(3).predict_proba([[field.x[0], field.y[0]]])[0])
    assert all(trace.hovertemplate and trace.hoverinfo is None for trace in (field, *points))
    assert figure.layout.title.text.endswith("at step 3")
    assert figure.layout.showlegend


def test_the_plane_draws_the_proof_that_it_is_given():
    def shown(run, proof):
        return {trace.meta["part"] for trace in plots.decision_boundary(run, proof=proof).data if len(trace.x)}

    assert {"band", "support"} <= shown(APART, max_margin(APART.dataset, "free"))
    assert {"hull 0", "hull 1", "common point"} <= shown(MIXED, check_separability(MIXED.dataset))
    assert not {"band", "hull 0"} & shown(APART, None)


@pytest.mark.parametrize(
    ("draw", "known"), [(plots.norm_growth, "‖w*‖ = 2.979"), (plots.loss_curve, "minimum<br>= 0.1422")]
)
def test_two_runs_have_names_at_their_ends_once_and_a_minimum_has_its_line(draw, known):
    figure = draw(MIXED, APART, minimum=BEST, names=NAMES)
    written = [note.text for note in figure.layout.annotations]
    assert {f"<b>{name}</b>" for name in NAMES} | {known} <= set(written)
    assert not [trace for trace in figure.data if "text" in (trace.mode or "")]
    assert figure.layout.margin.r >= 10 * len(NAMES[0])


def test_one_run_has_the_line_of_its_minimum():
    for draw in (plots.norm_growth, plots.loss_curve):
        assert not [trace for trace in draw(MIXED).data if trace.meta["role"] == "optimum"]
        assert [trace for trace in draw(MIXED, minimum=BEST).data if trace.meta["role"] == "optimum"]


@pytest.mark.parametrize(
    ("draw", "wrong", "parameter"),
    [
        (plots.decision_boundary, {"run": MIXED.dataset}, "run"),
        (plots.decision_boundary, {"proof": APART}, "proof"),
        (plots.decision_boundary, {"theme": "blue"}, "theme"),
        (plots.decision_boundary, {"step": 10**6}, "step"),
        (plots.norm_growth, {"run": None}, "run"),
        (plots.norm_growth, {"beside": BEST}, "beside"),
        (plots.loss_curve, {"minimum": 0.1}, "minimum"),
        (plots.loss_curve, {"beside": APART, "names": ("one",)}, "names"),
    ],
)
def test_a_wrong_argument_is_refused_by_its_name(draw, wrong, parameter):
    with pytest.raises((TypeError, ValueError), match=rf"^{parameter}: "):
        draw(**{"run": MIXED} | wrong)


def test_a_penalised_loss_is_called_an_objective_also_beside_another_run():
    points = make_dataset("separable_blobs")
    plain, penalised = train(points), train(points, TrainingConfig(objective=Objective(l2=0.1)))
    for run, beside, name in ((plain, plain, "Loss"), (plain, penalised, "Objective"), (penalised, None, "Objective")):
        assert plots.loss_curve(run, beside).layout.yaxis.title.text.startswith(name)
