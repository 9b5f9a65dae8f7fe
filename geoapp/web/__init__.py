"""HTTP: one blueprint per concern."""
