"""Logistic regression in plain NumPy, from the data to the verdict, the run and the optimum."""

from logreg.dataset import Dataset

__all__ = ["Dataset"]
