"""PowerPoint: the presentation and its styles."""
