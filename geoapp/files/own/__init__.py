"""A reader's own table, given back."""
