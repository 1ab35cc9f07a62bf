"""Scripts of the lesson on the sigmoid."""

SCORE = """
from logreg import sigmoid

f = w * x + b
p = sigmoid(f)
"""

STEEP = """
from math import log

slope = c / 4  # of s(c·a) at a = 0
width = 2 * log(9) / c  # from s = 0.1 to s = 0.9
"""

PAIR = '''
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, train


def at_step(points):
    """Return ‖w‖ and the largest |f(x)| at the last record up to the step."""
    run = train(points, TrainingConfig(n_steps=100_000, objective=Objective(fit_bias=False)))
    row = run.index_at(min(step, run.last_step))
    return run.weight_norm[row], np.abs(points.X @ run.weights[row]).max()


norm0, far0 = at_step(A)
'''

ON_THE_CURVE = f"{PAIR}norm1, far1 = at_step(B)\n"

LABELS = """
from logreg import log_sigmoid

plus = -log_sigmoid(f)  # log(1 + e^(−y·f)) of y = +1
minus = -log_sigmoid(-f)  # of y = −1
"""

CLOUDS = """
import numpy as np
from logreg import sigmoid

bins = np.linspace(-4, 4, 13)
counts, shares = [], []
for k, (centre, spread) in enumerate([(-1.2, 1.3), (1.2, 0.9)]):
    x = centre + spread * np.random.default_rng([0, k, 0]).standard_normal(n)
    is_one = np.random.default_rng([0, k, 1]).random(n) < sigmoid(1.5 * x)  # one h for both clouds
    counts.append(np.histogram(x, bins)[0])
    ones = np.histogram(x[is_one], bins)[0]
    shares.append(np.divide(ones, counts[k], out=np.full(12, np.nan), where=counts[k] > 0))

apart = abs(counts[0] - counts[1]).sum() / (2 * n)
differ = np.nanmax(abs(shares[0] - shares[1])[3:9], initial=0.0)  # in the six middle bins
"""
