"""Published vector layers in documents."""
