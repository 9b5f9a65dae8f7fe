"""A file becomes a published layer."""
