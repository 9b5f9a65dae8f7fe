"""What makes a picture a map: title, sources, scale bar, north arrow, degrees, insets."""
