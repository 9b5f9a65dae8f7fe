"""Progress in files: what a view of results against goals adds to a table."""
