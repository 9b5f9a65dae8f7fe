"""Briefings: a view, several views or a map book as an editable Word or PowerPoint file."""
