"""What belongs to the Explorer alone: its controls, its own points, its table and its sentences."""
