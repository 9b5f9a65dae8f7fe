"""The list of works: a table to be sorted, narrowed and taken along."""
