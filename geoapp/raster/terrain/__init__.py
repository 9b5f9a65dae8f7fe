"""What follows from height and place: slope and the sun."""
