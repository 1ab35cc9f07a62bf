"""What belongs to the page In code alone: the listing, and the notebook to take along."""
