"""Targets against what was achieved: the method (``docs/progress.md``), results, answers per goal, differences."""
