"""The model, what it minimises, and the descent that minimises it: from data to a trajectory."""
