"""Scripts of the lesson beyond the notes."""

TOSSES = """
from functools import cache
from itertools import product
import numpy as np
from logreg import Dataset, check_separability


@cache
def verdict_of(labels):
    return check_separability(Dataset(points.X[:n], labels)).kind


tossed = [tuple(row[:n]) for row in np.random.default_rng(coins).integers(0, 2, (tosses, 12)).tolist()]
verdict = verdict_of(tossed[-1])
hits = sum(verdict_of(labels) == "separable" for labels in tossed)
found = sum(verdict_of(labels) == "separable" for labels in product((0, 1), repeat=n))
counted = f"counted, {found} of all {2**n}"
"""

DIMENSIONS = '''
from math import comb


def share(n):
    """Return Cover's share of n labels that a hyperplane separates."""
    return 2 * sum(comb(n - 1, k) for k in range(d + 1)) / 2**n


def share_at(n):
    """Return it between whole numbers, on the line between its neighbours."""
    low = int(n)
    return share(low) + (n - low) * (share(low + 1) - share(low))


before, after = share_at(1.8 * (d + 1)), share_at(2.2 * (d + 1))
'''

_PULL = '''
import numpy as np
from logreg import Dataset, log_sigmoid

rows = points.signed_samples(fit_bias=False)


def pull(w, to_scale=True):
    """Return −∇L; or, where only its direction counts, so much of it that it never underflows."""
    logs = log_sigmoid(-(rows @ w))
    return np.exp(logs if to_scale else logs - logs.max()) @ rows / len(rows)
'''

_ADAM = '''

def adam(n_steps, ε):
    """Return the angle of Adam's w, in degrees."""
    w, first, second = np.zeros((3, 2))
    for t in range(1, n_steps + 1):
        g = pull(w)
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
        w = w + 0.001 * first / (1 - 0.9**t) / (np.sqrt(second / (1 - 0.999**t)) + ε)
    return degrees(w)


def degrees(w):
    return np.degrees(np.arctan2(w[1], w[0]))

'''

DIRECTIONS = f"""{_PULL}{_ADAM}
gd, si = np.zeros((2, 2))
for _ in range(t):
    gd, si = gd + pull(gd), si + 0.1 * np.sign(pull(si, to_scale=False))
gd_deg, si_deg, ad_deg = degrees(gd), degrees(si), adam(t, 1e-8)
"""

NORMS = f"""{_PULL}

gd, no = np.zeros((2, 2))
for _ in range(t):
    g = pull(no, to_scale=False)
    gd, no = gd + pull(gd), no + 0.1 * g / np.linalg.norm(g)
gd_norm, no_norm = np.linalg.norm(gd), np.linalg.norm(no)
"""

EPSILON = f"""{_PULL}{_ADAM}
last, without = adam(100_000, ε), adam(100_000, 0)
"""

SIGNAL = '''
import numpy as np
from logreg import Dataset, check_separability, sigmoid


def sample(rng):
    """Draw 20 points, with labels from the model of this strength, and return the verdict on them."""
    X = rng.normal(size=(20, 2))
    return check_separability(Dataset(X, rng.uniform(size=20) < sigmoid(s * X[:, 0]))).kind


verdict = sample(np.random.default_rng(0))
rng = np.random.default_rng([0, 20])
percent = 100 * sum(sample(rng) == "separable" for _ in range(250)) / 250
'''

CLASSES = """
from logreg import MulticlassDataset, TrainingConfig, train_softmax

run = train_softmax(points, TrainingConfig(n_steps=t))
norm, loss = run.weight_norm[-1], run.loss[-1]
"""
