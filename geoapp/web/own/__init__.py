"""Readers' own data over HTTP: the page, the tables, who may do what."""
