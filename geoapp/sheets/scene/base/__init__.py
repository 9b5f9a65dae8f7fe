"""What a sheet stands on: the projected land, prepared with the build where the country or a province is drawn."""
