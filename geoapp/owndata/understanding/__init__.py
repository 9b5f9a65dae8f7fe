"""Sheets become tables: where the header is, which column is what, which cells are numbers."""
