"""What a newcomer sees first: the front door with its map of coverage, and the help page."""
