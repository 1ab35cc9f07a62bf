"""The angle to the limit over the steps."""

import numpy as np
import pytest

from logreg.certificates.margin import max_margin
from logreg.figures.angles import turning
from logreg.figures.numbers import format_number
from logreg.figures.run_curve import RunCurve
from logreg.figures.steps import STEP_ZERO
from logreg.theory.laws import angle_to_limit
from logreg.training.config import TrainingConfig
from logreg.training.model import Model
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.samples import OVERLAPPING, SEPARABLE, best
from tests.figures.seen import texts, title, traces


@pytest.fixture(scope="module")
def curves():
    found = []
    for name, dataset in (("A: separable", SEPARABLE), ("B: overlapping", OVERLAPPING)):
        run = train(dataset, TrainingConfig(n_steps=3000, objective=Objective(fit_bias=False)))
        limit = max_margin(dataset, "none") if dataset is SEPARABLE else best(dataset)
        angles = [angle_to_limit(Model(w), limit) for w in run.weights]
        found.append(RunCurve(name, run.steps, [np.nan if a is None else a for a in angles]))
    return tuple(found)


@pytest.mark.parametrize("kind", ["log", "linear"])
def test_the_angle_has_one_entry_for_every_record(curves, kind):
    picture = turning(curves, 100, axis=kind)
    for part, curve in zip(("run", "pinned"), curves, strict=True):
        line = traces(picture)["curve", part]
        assert len(line.x) == len(line.y) == len(curve.steps)
        np.testing.assert_array_equal(line.y[1:], np.where(curve.values > 0, curve.values, np.nan)[1:])
        assert np.isnan(line.y[0])  # w = 0 has no direction
        np.testing.assert_array_equal(line.x[1:], curve.steps[1:])


def test_the_angles_meta_is_what_the_stage_needs(curves):
    picture = turning(curves, 100)
    meta = picture.figure.layout.meta
    assert {"log", "linear", "axis", "step", "quantity", "label"} <= set(meta)
    assert (meta["quantity"], meta["label"], meta["unit"], meta["step"]) == ("angle", "Angle to the limit", "°", 100)
    assert picture.figure.layout.yaxis.type == "log"
    assert meta["log"]["xaxis"]["tickvals"][0] == STEP_ZERO


def test_the_cursors_stand_at_the_angles(curves):
    picture = turning(curves, 100)
    for part, curve in zip(("marker", "marker 1"), curves, strict=True):
        marker = traces(picture)["cursor", part]
        assert (marker.x[0], marker.y[0]) == (100, curve.values[curve.record_at(100)])
    assert format_number(float(curves[0].values[100]), 3) in title(picture)
    assert format_number(float(curves[0].values[100]), 3) in turning(curves, 100).alt
    assert "below 0.001°" in turning(curves, 3000).alt


def test_a_run_that_never_leaves_zero_has_no_direction(curves):
    still = RunCurve("B: rests", [0, 1], [np.nan, np.nan])
    assert "B: rests: no direction" in " ".join(texts(turning((curves[0], still), 1)))
    assert "no direction" in turning((still, still), 1).alt


@pytest.mark.parametrize(("step", "kind", "named"), [(-1, "log", "step"), (1e9, "log", "step"), (1, "cube", "axis")])
def test_the_angle_refuses_unknown_steps_and_axes(curves, step, kind, named):
    with pytest.raises(ValueError, match=named):
        turning(curves, step, axis=kind)
