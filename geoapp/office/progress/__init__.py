"""Progress in briefings: what a view of results against goals says in sentences."""
