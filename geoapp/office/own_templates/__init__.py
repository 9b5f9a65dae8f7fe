"""The bureau's own templates: where they lie, and what a document or a deck begins with on them."""
