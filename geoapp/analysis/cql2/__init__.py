"""Filters in CQL2: read, resolved against places, evaluated."""
