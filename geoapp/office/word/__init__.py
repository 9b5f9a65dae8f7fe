"""Word: the briefing, the map book, their styles."""
