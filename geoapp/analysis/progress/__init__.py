"""Targets against what was achieved: the method (``docs/progress.md``), its results, each goal's answer, differences."""
