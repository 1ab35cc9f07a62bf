"""What held-out points say is drawn for every record, with the record of the smallest loss marked."""

import numpy as np
import pytest

from logreg.data.lecture_sets import train_and_held_out
from logreg.figures.held_out import held_out_confidence, held_out_losses
from logreg.figures.numbers import format_number
from logreg.theory.held_out import held_out
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from tests.figures.seen import only, texts, title

SAMPLE, FRESH = train_and_held_out()
RUN = train(SAMPLE, TrainingConfig(n_steps=2000, objective=Objective(fit_bias=False)))
JUDGED = held_out(RUN, FRESH)
DRAWINGS = {
    held_out_losses: ("held_out_loss", JUDGED.loss),
    held_out_confidence: ("held_out_confidence", JUDGED.confidence),
}


@pytest.mark.parametrize("draw", DRAWINGS)
def test_held_out_curves_have_an_entry_for_every_record(draw):
    quantity, values = DRAWINGS[draw]
    picture = draw(JUDGED, RUN.steps)
    run, meta = only(picture, "curve", "run"), picture.figure.layout.meta
    np.testing.assert_array_equal(run.y, values)
    assert len(run.x) == RUN.n_records
    assert meta["quantity"] == quantity
    assert {"log", "linear", "label"} <= meta.keys()
    assert only(picture, "cursor", "marker").y[0] == values[-1]
    assert title(picture) == f"{meta['label']} at step 2,000: {format_number(values[-1])}"


def test_the_training_sample_and_the_accuracy_stand_beside_them():
    losses, confidence = held_out_losses(JUDGED, RUN.steps), held_out_confidence(JUDGED, RUN.steps)
    np.testing.assert_array_equal(only(losses, "curve", "training").y, JUDGED.training_loss)
    np.testing.assert_array_equal(only(confidence, "curve", "accuracy").y, JUDGED.accuracy)
    np.testing.assert_array_equal(only(confidence, "curve", "wrong").y, JUDGED.wrong_confidence)


def test_the_smallest_held_out_loss_is_marked():
    picture = held_out_losses(JUDGED, RUN.steps)
    best = only(picture, "best", "marker")
    assert (best.x[0], best.y[0]) == (35, JUDGED.loss.min())
    assert "○ smallest: 0.1309 at step 35" in texts(picture)


def test_steps_that_are_not_one_for_each_record_are_refused():
    for draw in DRAWINGS:
        with pytest.raises(ValueError, match="one length"):
            draw(JUDGED, [0, 1])


def test_the_words_carry_the_numbers_of_the_best_record_and_the_last():
    losses, confidence = held_out_losses(JUDGED, RUN.steps).alt, held_out_confidence(JUDGED, RUN.steps).alt
    assert "Held out, the smallest: 0.1309 at step 35." in losses
    assert (
        f"Training sample (dashed): 0.6931 at step 0, {format_number(JUDGED.training_loss[-1])} at step 2,000."
        in losses
    )
    assert f"Accuracy (dashed): {format_number(JUDGED.accuracy[0])} at step 0" in confidence
    assert "Where it is wrong (dotted): " in confidence
    assert "At step 35, where the cross-entropy is smallest, accuracy is 0.9515 and confidence 0.9490." in confidence
