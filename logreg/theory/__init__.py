"""What published theory says of a run: limits and laws, flow, directions, landscape, penalty."""
