"""Scripts of the lesson on descent: without a bias, from w = 0."""

ONE_STEP = """
import numpy as np
from logreg import Dataset, Model, Objective, gradient, hessian
from logreg import loss as loss_of

through_0 = Objective(fit_bias=False)
start = Model(np.zeros(points.n_features))
w = start.weights - η * gradient(start, points, through_0)
loss = loss_of(Model(w), points, through_0)
gauge = η * np.linalg.eigvalsh(hessian(start, points, through_0))[-1] / 2
"""

GAUGE = """
import numpy as np
from logreg import Dataset, Model, Objective, hessian, sigmoid
from logreg import loss as loss_of

rows = points.signed_samples(fit_bias=False)
w = np.zeros((1, points.n_features))  # one run, as a batch of one
for _ in range(step):
    w = w + η * (sigmoid(-(w @ rows.T)) @ rows / len(rows))
there, through_0 = Model(w[0]), Objective(fit_bias=False)
loss = loss_of(there, points, through_0)
gauge = η * np.linalg.eigvalsh(hessian(there, points, through_0))[-1] / 2
"""

RATES = """
import numpy as np
from logreg import Dataset, Model, Objective, hessian, loss, optimum, sigmoid

through_0 = Objective(fit_bias=False)
best = optimum(points, through_0)
limits, directions = np.linalg.eigh(hessian(best, points, through_0))
rates = np.array([0.02, 0.25, 0.95, 1.05, 2.0]) * 2 / limits[-1]
rows = points.signed_samples(fit_bias=False)

w = np.zeros((5, points.n_features))  # all five at once
for _ in range(t):
    w = w + rates[:, None] * (sigmoid(-(w @ rows.T)) @ rows / len(rows))
for k in range(5):  # the last may never repeat itself: another machine's rounding then leads it elsewhere
    gap = loss(Model(w[k]), points, through_0) - loss(best, points, through_0)
    print(f"η = {rates[k]}: above the least loss by gap{k} = {gap}")
"""

FOR_EVER = """
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, hessian, optimum, train

through_0 = Objective(fit_bias=False)
limit = 2 / hessian(optimum(overlapping, through_0), overlapping, through_0)[0, 0]
left = train(overlapping, TrainingConfig(0.9 * limit, n_steps=t, objective=through_0))
right = train(separable, TrainingConfig(8.0, n_steps=t, objective=through_0))
w, toy = left.weights[-1, 0], right.loss[-1]
print(f"left: w_loss = {left.loss[-1]}")
"""

PERCEPTRON = """
import numpy as np
from logreg import Dataset, sigmoid

rows = points.signed_samples(fit_bias=False)
w, u, off = np.zeros((1, 2)), np.zeros(2), 0.0
for _ in range(n_steps):
    w = w + η * (sigmoid(-(w @ rows.T)) @ rows / len(rows))
    margins = rows @ u
    is_tie = abs(margins) <= 1e-12 * (abs(rows) @ (abs(u) + abs(rows).mean(axis=0)))  # 0 but for rounding
    wrong = np.where(is_tie, 0.5, margins < 0)
    u = u + wrong @ rows / len(rows)
    off = max(off, abs(w / η - u).max())
"""

HINGE = """
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, train

logistic = train(points, TrainingConfig(η, n_steps=step, objective=Objective(fit_bias=False))).weight_norm[-1]

rows, w = points.signed_samples(fit_bias=False), np.zeros(points.n_features)
for _ in range(step):
    w = w + η / len(rows) * ((rows @ w < 1) @ rows)  # only margins below 1 pull
hinge = np.linalg.norm(w)
"""

LARGE_STEPS = '''
import numpy as np
from logreg import Dataset, Objective, TrainingConfig, hessian, loss, optimum, smoothness, train

objective = Objective(fit_bias=False, l2=1e-5)
best = optimum(points, objective)
small = 1 / smoothness(points, objective)
large = 1.9 / np.linalg.eigvalsh(hessian(best, points, objective))[-1]


def gap(η):
    """Return how far above the least the loss is, at the last record up to the step."""
    run = train(points, TrainingConfig(η, n_steps=20_000, objective=objective))
    above = run.loss[run.index_at(min(step, run.last_step))] - loss(best, points, objective)
    return above if above > 1e-15 else "less than rounding"


small_gap, large_gap = gap(small), gap(large)
'''
