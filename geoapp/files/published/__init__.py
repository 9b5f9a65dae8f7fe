"""Published vector layers in files."""
