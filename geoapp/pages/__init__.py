"""What the reading pages say."""
