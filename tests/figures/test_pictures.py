"""The explorer's pictures, of every kind of data, in both appearances; the lessons' are tried in tests/ui."""

import pytest

from logreg.certificates.margin import max_margin
from logreg.certificates.separability import check_separability
from logreg.figures.one_run import loss_curve, norm_growth
from logreg.figures.picture import Picture, picture
from logreg.figures.plane import decision_boundary
from logreg.figures.theme import DARK, LIGHT
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.moving import check_picture
from tests.figures.samples import DATA

CONFIG = TrainingConfig(n_steps=200, objective=Objective(fit_bias=False))
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize("name", DATA)
def test_every_picture_of_the_explorer_stands_alone_and_is_told_from_what_stands_still(name, theme):
    dataset = DATA[name]
    run = train(dataset, CONFIG)
    proof = {"separability": check_separability(dataset)}
    if proof["separability"].kind == "separable" and 0 < dataset.y.sum() < dataset.n_samples:
        proof["max_margin"] = max_margin(dataset, "free")
    for shown in (
        decision_boundary(dataset, run.model, **proof, theme=theme),
        norm_growth(run, no_minimum="no minimum", pinned=run, theme=theme),
        loss_curve(run, optimum_loss=0.1, theme=theme),
    ):
        check_picture(shown, theme)
        assert ("quantity" in shown.layout["meta"]) + ("field" in shown.layout["meta"]) == 1


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt"):
        picture([], {}, " ")
    with pytest.raises(ValueError, match="alt"):
        Picture((), {}, "")
