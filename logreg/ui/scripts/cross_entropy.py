"""Scripts of the lesson on cross-entropy."""

REPORT = """
from math import log
from logreg import Dataset, Model, Objective, loss

at_1 = Model([log(p / (1 - p))])  # says p at x = 1
one, zero = (loss(at_1, Dataset([[1.0]], [label]), Objective(fit_bias=False)) for label in (1, 0))
"""

TRUTH = """
from logreg import Dataset, Objective, optimum

ones = round(100 * q)  # of 100 samples in one place
samples = Dataset([[1.0]] * 100, [1] * ones + [0] * (100 - ones))
best_entropy = optimum(samples, Objective(fit_bias=False)).predict_proba([[1.0]])[0]
best = "p = 0" if q < 0.5 else "p = 1" if q > 0.5 else "any p, all cost the same"  # of |y − p|
"""

ENTROPY = '''
from math import log


def cross_entropy(p):
    """Return what reporting p costs on average where a share q of the labels is 1."""
    return -sum(share * log(said) for share, said in ((q, p), (1 - q, 1 - p)) if share)


H = cross_entropy(q)
KL = cross_entropy(p) - H
'''

MARGINS = """
from logreg import Dataset, TrainingConfig, train

model = train(points, TrainingConfig(n_steps=step)).model
margins = points.signs * model.decision_function(points.X)
least, largest = margins.min(), margins.max()
"""

BARS = """
from math import log
from logreg import Dataset, TrainingConfig, log_sigmoid, train

model = train(points, TrainingConfig(n_steps=step)).model
bars = -log_sigmoid(points.signs * model.decision_function(points.X))  # what each point costs
mean = bars.mean()
wrong = (bars >= log(2) * (1 - 1e-12)).sum()  # on the line too, but for rounding
"""
