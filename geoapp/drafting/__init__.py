"""Documents become draft packs: read, drafted by rules, reviewed by a person, published."""
