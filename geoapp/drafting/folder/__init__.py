"""A draft on disk: what the rules made, what people decided, the files they review, the way into ``layers/``."""
