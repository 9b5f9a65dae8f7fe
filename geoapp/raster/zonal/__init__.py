"""Numbers of regions from cells."""
