"""Files of a view: what is in them, and one module per family of formats."""
