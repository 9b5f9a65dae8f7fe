"""Rules that hold the figures of a document against each other. They flag; they change nothing."""
