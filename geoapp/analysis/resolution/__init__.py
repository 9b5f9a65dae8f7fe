"""Which goal applies to a region, what it says of its number, and why."""
