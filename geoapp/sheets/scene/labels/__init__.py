"""Names and values on a sheet: what they may look like and where they fit."""
