"""Scripts of Observation 3: A and B are the two data sets, `objective` is the loss with or without a bias."""

PUSH = '''
from logreg import Dataset, Model, Objective, asymptotics, loss_along_ray, optimum

objective = Objective(fit_bias=fit_bias)


def loss_on_ray(points):
    """Return the loss at length r along (w*, b*), or where there is no minimum along the limit of descent."""
    direction = asymptotics(points, fit_bias=fit_bias).direction
    if direction is None:
        direction = optimum(points, objective).parameters
    found = loss_along_ray(points, Model(direction[:-1], direction[-1]), r)
    return found.loss if found.log10_loss > -307 else f"10^({found.log10_loss})"


said0, said1 = loss_on_ray(A), loss_on_ray(B)
'''

BALANCE = '''
from logreg import Dataset, NoFiniteOptimum, Objective, OptimumOutOfReach, TrainingConfig
from logreg import optimum, ray_balance, train

objective = Objective(fit_bias=fit_bias)


def sides(points):
    """Return what moving on along (w, b) gains at c times the optimum, and what it loses."""
    try:
        place = optimum(points, objective)
    except (NoFiniteOptimum, OptimumOutOfReach):  # then at the end of a long run
        place = train(points, TrainingConfig(n_steps=100_000, objective=objective)).model
    found = ray_balance(points, place, c)
    return found.gains, found.losses


(gains0, losses0), (gains1, losses1) = sides(A), sides(B)
'''

PENALTY = """
import numpy as np
from logreg import Dataset, Objective, loss, optimum

objective = Objective(fit_bias=fit_bias, l2=λ)
best = optimum(A, objective)
norm = np.linalg.norm(best.parameters)  # with a bias ‖(w*, b*)‖
where = f"the minimum is at a length of {norm}"
print(f"there data_loss = {loss(best, A, Objective(fit_bias=fit_bias))}, and with the penalty")
print(f"objective = {loss(best, A, objective)}")
"""

HAIRS_BREADTH = """
import numpy as np
from logreg import Dataset, Objective, gradient_flow, optimum

for name, points in {"overlap": overlap, "touching": touching, "gap": gap}.items():
    flow = gradient_flow(points, 1e6, fit_bias=False)  # needs SciPy; its time is η · step
    norm = np.interp(np.log(1e4), np.log(flow.times[1:]), flow.weight_norm[1:])
    print(f"{name}: at ηt = 10,000 the norm is {norm}")
print(f"The first ends at {np.linalg.norm(optimum(overlap, Objective(fit_bias=False)).weights)}")
"""
