"""Rules read a document: what is a goal, a figure of the past, a park, a project, and what stays open."""
