"""What belongs to Beyond the notes alone: labels tossed by buttons, with their tally."""
