"""Measurements behind the promises of the README. Ratios and CPU time first: machines are noisy."""
