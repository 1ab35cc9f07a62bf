"""What the lessons say, scene by scene, beside a second hand: plain NumPy and fractions, none of our own functions."""
