"""Scripts of the lesson on the gradient."""

ARROWS = """
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, point_pulls, train

model = train(points, TrainingConfig(n_steps=step, objective=Objective(fit_bias=False))).model
arrows = point_pulls(points, model, fit_bias=False)  # (y − p)·x/n of each point
total = np.linalg.norm(arrows, axis=1).sum()
length = np.linalg.norm(arrows.sum(axis=0))
"""

CHECK = """
import numpy as np
from logreg import Dataset, Model, Objective, gradient, loss

through_0 = Objective(fit_bias=False)
v = np.array(w)
formula = gradient(Model(v), points, through_0)
chords = [
    (loss(Model(v + e), points, through_0) - loss(Model(v - e), points, through_0)) / (2 * h)
    for e in h * np.eye(len(v))
]
off = np.linalg.norm(chords - formula) / np.linalg.norm(formula)
"""

SLOPE = """
from math import exp
from logreg import sigmoid

slope = sigmoid(a) * sigmoid(-a)
bound = exp(-a) if a >= 0 else sigmoid(a)
"""

NEURON = '''
from logreg import sigmoid


def output(squared):
    """Return what the neuron says of x = 1 after training on y = 0."""
    w, b = start
    for _ in range(epoch):
        a = sigmoid(w + b)
        slope = a * a * (1 - a) if squared else a  # of ½a², or of −log(1 − a)
        w, b = w - 0.15 * slope, b - 0.15 * slope
    return sigmoid(w + b)


se_a, ce_a = output(squared=True), output(squared=False)
'''

TWO_LOSSES = '''
import numpy as np
from logreg import Dataset, sigmoid

rows = points.signed_samples(fit_bias=fit_bias)


def pull(v, squared):
    """Return minus the gradient of the mean loss: ½(p − y)², or the cross-entropy."""
    m = rows @ v
    return sigmoid(-m) * (sigmoid(m) * sigmoid(-m) if squared else 1) @ rows / len(rows)


def train_by(squared):
    v = np.array(start)
    for _ in range(step):
        v = v + η * pull(v, squared)
    return sigmoid(rows @ v).mean(), np.linalg.norm(pull(v, squared))


(se_right, se_steep), (ce_right, ce_steep) = train_by(squared=True), train_by(squared=False)
'''

WHO_PULLS = """
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, sigmoid, train

rows = points.signed_samples(fit_bias=False)
run = train(points, TrainingConfig(n_steps=100_000, objective=Objective(fit_bias=False)))


def shares(model):
    pulls = sigmoid(-rows @ model.weights)
    return pulls / pulls.sum()


now = shares(run.model_at(step))
few = now[np.argsort(-shares(run.model), kind="stable")[:4]].sum()  # those that pull most at the end
arrows = now[:, None] * rows
kept = np.linalg.norm(arrows.sum(axis=0)) / np.linalg.norm(arrows, axis=1).sum()
"""
