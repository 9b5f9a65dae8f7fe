"""Where checked records and geometry are kept."""
