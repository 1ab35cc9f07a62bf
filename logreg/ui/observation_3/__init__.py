"""Observation 3: two data sets that differ in one label, their runs, and what nine scenes show and say of them."""
