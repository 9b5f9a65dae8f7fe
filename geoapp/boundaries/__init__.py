"""Where boundaries come from, and which name means which division."""
