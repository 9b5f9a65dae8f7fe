"""Print sheets: `scene` lays out, `paint` paints."""
