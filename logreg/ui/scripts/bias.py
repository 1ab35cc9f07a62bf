"""Scripts of the lesson on the bias."""

TIED = """
import numpy as np
from logreg import Dataset

w = np.array([np.cos(np.radians(θ)), np.sin(np.radians(θ))])
margins = points.signed_samples(fit_bias=False) @ w
wrong = (margins <= 1e-12 * np.abs(points.X).max()).sum()  # on the line too, but for rounding
"""

LIFTED = """
import numpy as np
from logreg import Dataset, max_margin

lifted = Dataset(np.column_stack([line.X, np.full(line.n_samples, K)]), line.y)
w, w0 = max_margin(lifted, "none").weights
cut = -w0 * K / w
"""

SHIFTED = """
from logreg import Dataset, Objective, optimum


def right(points, penalise_bias):
    model = optimum(points, Objective(l2=0.01, penalise_bias=penalise_bias))
    return (model.predict(points.X) == points.y).mean()


moved = points.X + [shift * sign for sign in away]
both = right(Dataset(moved, points.y), penalise_bias=True)
free = right(points, penalise_bias=False)  # a free bias goes along: the same wherever the points are
"""

CENTRED = """
from logreg import Dataset, TrainingConfig, train
from logreg import centred as centre


def loss_at_step(points):
    run = train(points, TrainingConfig(n_steps=10_000))
    return run.loss[run.index_at(min(step, run.last_step))]


raw, centred = loss_at_step(points), loss_at_step(centre(points))
"""

RARE = """
from logreg import Dataset, Objective, optimum

model = optimum(points, Objective(l2=λ, penalise_bias=True))
mean_p = model.predict_proba(points.X).mean()
rate = points.y.mean()
"""
