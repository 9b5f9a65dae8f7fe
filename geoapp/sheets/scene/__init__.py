"""A view as a list of things to draw, in points; the painters know nothing of planning."""
