"""Targets against what was achieved: the method (``docs/progress.md``), the results it may use, the answer per goal."""
