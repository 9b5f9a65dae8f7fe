"""Bytes become sheets of cells. Nothing is understood here, and nothing of a file is ever run."""
