"""What can be proved before any training: verdict, margin, optimum, and the exact arithmetic under them."""
