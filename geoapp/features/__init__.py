"""OGC collections and their features, encoded once at build."""
