"""What the atlas talks about: regions, plans, targets. Standard library only."""
