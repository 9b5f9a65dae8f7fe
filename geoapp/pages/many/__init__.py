"""Pages of a whole country of plans: folded by province, searched, turned page by page, given as tables."""
