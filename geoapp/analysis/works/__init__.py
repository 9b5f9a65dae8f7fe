"""Works: how large each is, and lists of them."""
