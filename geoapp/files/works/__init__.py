"""Files of the list of works."""
