"""Records become bytes: maps, GeoJSON, tables."""
