"""Figures: pure functions from data to pictures, each a Plotly figure and the same in words."""
