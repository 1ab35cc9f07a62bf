"""Scripts of the lesson on maximum likelihood: `line` has one feature, along the one weight of the screen."""

LIKELIHOOD = """
from logreg import Dataset, log_sigmoid, sigmoid

signed = line.signed_samples(fit_bias=False)[:, 0]  # x of the label 1, −x of the label 0
L_said = L = sigmoid(w * signed).prod()
log_L = log_sigmoid(w * signed).sum()
loss = -log_L / line.n_samples
"""

VANISHING = """
from math import log

product_said = 1.0
for _ in range(n):
    product_said *= factor
log_sum = n * log(factor)
"""

COPIES = """
from logreg import Dataset, Objective, hessian, optimum

through_0 = Objective(fit_bias=False)
best = optimum(line, through_0)
bend = k * line.n_samples * hessian(best, line, through_0)[0, 0]  # of the sum, where the loss is a mean
sd = bend**-0.5
"""

PRIOR = """
from logreg import Dataset, Objective, optimum

sd = (line.n_samples * λ) ** -0.5
best = optimum(line, Objective(fit_bias=False, l2=λ)).weights[0]
"""
